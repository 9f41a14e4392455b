// Writes losers as a playlist.
#include "engine/report/m3u.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/report/plan_table.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

bool fits_a_line(const std::string& path) {
  return !path.empty() && path.front() != '#' && path.find_first_of("\r\n") == std::string::npos;
}

std::string title_of(const TrackRecord& track) {
  const std::string title =
      track.tags.title.empty() ? track.path.substr(track.path.rfind('/') + 1) : track.tags.title;
  return printable(track.tags.artist.empty() ? title : track.tags.artist + " - " + title);
}

/// Players expect -1 for an unknown length.
long long whole_seconds(const TrackRecord& track) {
  return track.properties.duration_s > 0 ? std::llround(track.properties.duration_s) : -1;
}

/// A relative path must not look like a comment.
std::string path_in(const std::string& path, const std::string& folder) {
  const std::string inside = folder == "/" ? folder : folder + '/';
  if (folder.empty() || !path.starts_with(inside)) return path;
  const std::string relative = path.substr(inside.size());
  return relative.starts_with('#') ? "./" + relative : relative;
}

}  // namespace

std::string m3u_header() { return "#EXTM3U\n"; }

std::optional<std::string> m3u_entry(const TrackRecord& track, const std::string& folder) {
  const std::string path =
      path_in(track.place == TrackPlace::set_aside ? track.set_aside_path : track.path, folder);
  if (!fits_a_line(path)) return std::nullopt;
  return fmt::format("#EXTINF:{},{}\n{}\n", whole_seconds(track), title_of(track), path);
}

std::vector<std::string> write_plan_m3u(std::ostream& out, const Plan& plan) {
  std::vector<std::string> left_out;
  out << "#EXTM3U\n";
  for (const PlanGroup& group : plan.groups) {
    const auto is_listed = [](const PlanDrop& drop) { return drop.action != Action::none; };
    if (std::none_of(group.drops.begin(), group.drops.end(), is_listed)) continue;
    out << fmt::format("# group {} keeps {}\n", group.number, printable(group.keep.track.path));
    for (const PlanDrop& drop : group.drops) {
      const TrackRecord& track = drop.file.track;
      if (!is_listed(drop)) continue;
      if (fits_a_line(track.path))
        out << fmt::format("# {} {}\n#EXTINF:{},{}\n{}\n", name_of(drop.action), likeness_text(drop),
                           whole_seconds(track), title_of(track), track.path);
      else
        left_out.push_back(track.path);
    }
  }
  return left_out;
}

}  // namespace echofold
