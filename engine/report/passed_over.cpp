// Names a few paths in full, and many paths by their last parts with counts.
#include "engine/report/passed_over.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

#include "index/base/fs/path.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

constexpr std::size_t few = 3, most_names = 6;

using Counts = std::map<std::string, std::uint64_t>;

/// "8 .webm, 4 .mp4": the most frequent first. With `bare_ones` a count of 1 is omitted.
std::string counted(const Counts& counts, const char* before, bool bare_ones) {
  std::vector<std::pair<std::string, std::uint64_t>> names(counts.begin(), counts.end());
  std::stable_sort(names.begin(), names.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string text;
  for (std::size_t i = 0; i < names.size() && i < most_names; ++i) {
    const auto& [name, count] = names[i];
    text += i > 0 ? ", " : "";
    text += name.empty()              ? fmt::format("{} without one", count)
            : count == 1 && bare_ones ? fmt::format("{}{}", before, printable(name))
                                      : fmt::format("{} {}{}", count, before, printable(name));
  }
  if (names.size() > most_names) text += fmt::format(" and {} others", names.size() - most_names);
  return text;
}

/// "a, b, c and 5 more".
std::string listed(const std::vector<std::string>& paths) {
  std::string text;
  for (std::size_t i = 0; i < paths.size() && i < few; ++i) text += (i > 0 ? ", " : "") + printable(paths[i]);
  if (paths.size() > few) text += fmt::format(" and {} more", paths.size() - few);
  return text;
}

std::string trash_text(const PassedOver& passed) {
  const auto& folders = passed.trash_folders;
  Counts names;
  for (const std::string& folder : folders) ++names[std::string(file_name_of(folder))];
  std::string text =
      fmt::format("left out {} trash {} snapshot {}: {} (--include-trash looks into {})", folders.size(),
                  folders.size() == 1 ? "or" : "and", folders.size() == 1 ? "folder" : "folders",
                  folders.size() <= few ? listed(folders) : counted(names, "", true),
                  folders.size() == 1 ? "it" : "them");
  if (passed.trash_tracks > 0)
    text += fmt::format("; {} {} known from there {} as missing", passed.trash_tracks,
                        passed.trash_tracks == 1 ? "track" : "tracks",
                        passed.trash_tracks == 1 ? "counts" : "count");
  return text;
}

/// How the user can have these files read.
std::string way_to_read(const Counts& unlisted) {
  const bool some_have_none = unlisted.contains("");
  const std::size_t endings = unlisted.size() - (some_have_none ? 1 : 0);
  if (endings == 0) return "rename them, or give them by name";
  if (endings > 1) return "`--extension ENDING` takes the files of one ending";
  const auto& [ending, count] = *unlisted.rbegin();
  const std::string flag = fmt::format("`--extension {}` takes ", printable(ending));
  if (some_have_none) return flag + "those that end with ." + printable(ending);
  return flag + (count == 1 ? "it" : "them");
}

std::string unlisted_text(const Counts& unlisted) {
  std::uint64_t files = 0;
  for (const auto& [ending, count] : unlisted) files += count;
  return fmt::format("{} {} left out because of {}: {} ({})", files, files == 1 ? "file was" : "files were",
                     files == 1 ? "its ending" : "their endings", counted(unlisted, ".", false),
                     way_to_read(unlisted));
}

std::string links_text(const std::vector<std::string>& links) {
  return fmt::format("{} {} not followed: {}", links.size(), links.size() == 1 ? "link was" : "links were",
                     listed(links));
}

}  // namespace

std::vector<std::string> passed_over_texts(const PassedOver& passed) {
  std::vector<std::string> texts;
  if (!passed.trash_folders.empty()) {
    texts.push_back(trash_text(passed));
  } else if (passed.trash_tracks > 0) {
    texts.push_back(fmt::format("{} {} known from a trash or snapshot folder {} as missing",
                                passed.trash_tracks, passed.trash_tracks == 1 ? "track" : "tracks",
                                passed.trash_tracks == 1 ? "counts" : "count"));
  }
  if (!passed.unlisted.empty()) texts.push_back(unlisted_text(passed.unlisted));
  if (!passed.links.empty()) texts.push_back(links_text(passed.links));
  return texts;
}

}  // namespace echofold
