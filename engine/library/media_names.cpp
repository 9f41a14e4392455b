// A sorted list of extensions.
#include "engine/library/media_names.h"

#include <algorithm>
#include <array>
#include <string>

namespace echofold {
namespace {

constexpr std::array extensions = std::to_array<std::string_view>({
    "3g2",  "3gp",  "3gp2", "3gpp", "3gpp2", "8svx", "aac",  "adts", "aif", "aifc", "aiff", "ape",
    "asf",  "bwf",  "dff",  "dsf",  "f4a",   "f4b",  "f4v",  "flac", "iff", "m1a",  "m2a",  "m4a",
    "m4b",  "m4r",  "m4v",  "mk3d", "mka",   "mkv",  "mov",  "mp+",  "mp1", "mp2",  "mp3",  "mp4",
    "mp4a", "mp4v", "mpa",  "mpc",  "mpp",   "oga",  "ogg",  "ogm",  "ogv", "ogx",  "opus", "qt",
    "rf64", "spx",  "tta",  "w64",  "wav",   "wave", "weba", "webm", "wm",  "wma",  "wmv",  "wv",
});
static_assert(std::is_sorted(extensions.begin(), extensions.end()));

constexpr std::size_t longest = 5;

}  // namespace

bool is_media_name(std::string_view name) noexcept {
  const auto dot = name.rfind('.');
  if (dot == std::string_view::npos || name.size() - dot - 1 > longest) return false;
  std::string extension(name.substr(dot + 1));
  for (char& c : extension)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return std::binary_search(extensions.begin(), extensions.end(), std::string_view(extension));
}

bool has_no_ending(std::string_view name) noexcept {
  const auto dot = name.rfind('.');
  if (dot == std::string_view::npos) return true;
  const std::string_view ending = name.substr(dot + 1);
  return ending.empty() || ending.size() > longest || ending.find(' ') != std::string_view::npos;
}

}  // namespace echofold
