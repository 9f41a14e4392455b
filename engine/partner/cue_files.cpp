// Reads FILE lines; nothing is rewritten.
#include "engine/partner/cue_files.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "engine/playlist/code_page.h"
#include "engine/playlist/playlist_lines.h"
#include "engine/playlist/utf16.h"
#include "index/base/error.h"
#include "index/base/fs/input_file.h"
#include "index/base/text/utf8.h"

namespace echofold {
namespace {

constexpr std::size_t longest_bytes = std::size_t{1} << 20;

std::string bytes_of(const std::string& path) {
  try {
    return read_regular(path, longest_bytes);
  } catch (const Error&) {
    return {};
  }
}

/// Tests without opening: the sheet may name anything.
bool is_there(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

/// The name after the last slash or backslash; empty if it is in another folder. A full path from another machine
/// counts only for its name.
std::string name_in(const std::string& entry, const std::string& folder) {
  const std::size_t slash = entry.find_last_of("/\\");
  if (slash == std::string::npos) return entry;
  const std::string before = entry.substr(0, slash);
  const bool drive = before.size() > 1 && before[1] == ':';
  const bool foreign = drive || entry.front() == '\\' || (entry.front() == '/' && !is_there(entry));
  const bool here = before == "." || before == folder;
  return here || foreign ? entry.substr(slash + 1) : "";
}

std::vector<std::string> meanings_of(const std::string& entry, const std::string& folder) {
  std::vector<std::string> names{name_in(entry, folder)};
  if (!is_utf8(entry))
    for (const char* page : code_pages())
      if (const auto text = from_code_page(page, entry)) names.push_back(name_in(*text, folder));
  std::erase(names, std::string());
  return names;
}

}  // namespace

std::vector<std::vector<std::string>> files_of_cue_sheet(const std::string& path) {
  std::string text = bytes_of(path);
  if (const auto order = utf16_order(text)) text = from_utf16(text, *order);
  const std::string folder = path.substr(0, path.rfind('/'));
  std::vector<std::vector<std::string>> files;
  with_new_entries(text, PlaylistKind::cue, [&](const std::string& entry) {
    if (auto names = meanings_of(entry, folder); !names.empty()) files.push_back(std::move(names));
    return entry;
  });
  return files;
}

}  // namespace echofold
