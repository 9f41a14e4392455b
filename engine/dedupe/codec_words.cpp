// A table of the names that are not libav's in capitals.
#include "engine/dedupe/codec_words.h"

#include <array>
#include <string_view>
#include <utility>

#include "index/base/text/printable.h"

namespace echofold {
namespace {

constexpr std::array codec_names = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"vorbis", "Vorbis"},
    {"opus", "Opus"},
    {"wavpack", "WavPack"},
    {"musepack7", "Musepack"},
    {"musepack8", "Musepack"},
    {"wmav1", "WMA 1"},
    {"wmav2", "WMA"},
    {"wmapro", "WMA Pro"},
    {"wmalossless", "WMA lossless"},
    {"ape", "Monkey's Audio"},
    {"eac3", "E-AC-3"},
    {"ac3", "AC-3"},
});

}  // namespace

std::string upper_ascii(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

std::string codec_family(const AudioProperties& properties) {
  if (properties.codec.empty()) return "-";
  for (const auto& [codec, name] : codec_names)
    if (codec == properties.codec) return std::string(name);
  if (properties.codec.starts_with("pcm_")) return "PCM";
  if (properties.codec.starts_with("dsd_")) return "DSD";
  return upper_ascii(printable(properties.codec));
}

}  // namespace echofold
