// See tag_selection.h.
#include "tools/stages/tag_selection.h"

#include <algorithm>

#include "engine/report/library_rows.h"
#include "index/base/fs/path.h"
#include "tools/library.h"
#include "tools/stages/plan_roles.h"
#include "tools/stages/plan_run.h"

namespace echofold {
namespace {

/// Which tracks the paths of the command line include, and which paths include none.
class Paths {
 public:
  Paths(const TagOptions& options)
      : all_(options.all), paths_(absolute_paths(options.paths)), reached_(paths_.size()) {}

  enum class Reach { none, in_folder, named };
  Reach of(const TrackRecord& track) {
    Reach reach = all_ ? Reach::in_folder : Reach::none;
    for (std::size_t i = 0; i < paths_.size(); ++i) {
      const bool named =
          track.path == paths_[i] ||
          std::find(track.link_paths.begin(), track.link_paths.end(), paths_[i]) != track.link_paths.end();
      if (!named && !is_inside(track.path, paths_[i])) continue;
      reached_[i] = true;
      if (reach != Reach::named) reach = named ? Reach::named : Reach::in_folder;
    }
    return reach;
  }

  std::vector<std::string> unreached() const {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < paths_.size(); ++i)
      if (!reached_[i]) out.push_back(paths_[i]);
    return out;
  }

 private:
  bool all_;
  std::vector<std::string> paths_;
  std::vector<bool> reached_;
};

bool is_untagged(const TrackRecord& track) { return track.tags.artist.empty() || track.tags.title.empty(); }

}  // namespace

TagSelection select_for_tags(Store& store, const TagOptions& options, const std::stop_token& stop) {
  const Plan plan = options.every ? Plan{} : run_plan_stage(store, options, stop);
  TagSelection selection;
  const PlanRoles roles(plan);
  Paths paths(options);
  const Snapshot snapshot = store.snapshot();
  for_each_library_row(snapshot, plan, [&](const LibraryRow& row) {
    if (row.track.place != TrackPlace::present || !row.link_of.empty()) return;
    const Paths::Reach reach = paths.of(row.track);
    if (reach == Paths::Reach::none) return;
    const bool named = reach == Paths::Reach::named;
    if (row.track.status != TrackStatus::fingerprinted && !named)
      ++selection.no_fingerprint;
    else if (named || options.every || roles.of(row.track.id) == PlanRole::keeper || is_untagged(row.track))
      selection.tracks.push_back(row.track.id);
    else
      ++selection.tagged_already;
  });
  selection.unknown = paths.unreached();
  return selection;
}

}  // namespace echofold
