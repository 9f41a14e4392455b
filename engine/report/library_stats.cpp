// One walk over the records, one over the plan.
#include "engine/report/library_stats.h"

#include <sys/stat.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "engine/dedupe/codec_words.h"
#include "engine/report/figures.h"
#include "index/base/fs/file_system_id.h"
#include "index/base/fs/path.h"

namespace echofold {
namespace {

void add(TrackSum& sum, const TrackRecord& track) {
  ++sum.tracks;
  sum.bytes += track.stamp.size_bytes;
  sum.seconds += track.properties.duration_s;
}

class Counter {
 public:
  explicit Counter(std::vector<Root> roots) {
    std::sort(roots.begin(), roots.end(), [](const Root& a, const Root& b) { return a.path < b.path; });
    for (Root& root : roots) stats_.roots.push_back({std::move(root), {}, {}});
  }

  void take(const TrackRecord& track) {
    switch (track.place) {
      case TrackPlace::set_aside:
        ++stats_.set_aside;
        return;
      case TrackPlace::missing:
        ++stats_.missing;
        return;
      case TrackPlace::imported:
        ++stats_.imported;
        return;
      case TrackPlace::present:
        break;
    }
    if (track.status == TrackStatus::failed) {
      ++stats_.failed;
      ++failures_[track.failure];
      stats_.failed_files.push_back({track.path, track.failure});
      return;
    }
    if (track.status == TrackStatus::too_short) ++stats_.too_short;
    if (track.status == TrackStatus::silent) ++stats_.silent;
    add(stats_.present, track);
    for (RootState& root : stats_.roots)
      if (is_inside(track.path, root.root.path)) add(root.sum, track);
    if (track.properties.lossless) add(stats_.lossless, track);
    add(formats_[{codec_family(track.properties), track.properties.container, track.properties.lossless}],
        track);
  }

  LibraryStats finish() {
    for (auto& [name, sum] : formats_)
      stats_.formats.push_back({std::get<0>(name), std::get<1>(name), std::get<2>(name), sum});
    std::stable_sort(stats_.formats.begin(), stats_.formats.end(),
                     [](const FormatSum& a, const FormatSum& b) { return a.sum.bytes > b.sum.bytes; });
    for (const auto& [reason, files] : failures_) stats_.failures.push_back({reason, files});
    std::stable_sort(stats_.failures.begin(), stats_.failures.end(),
                     [](const FailureSum& a, const FailureSum& b) { return a.files > b.files; });
    std::sort(stats_.failed_files.begin(), stats_.failed_files.end(),
              [](const FailedFile& a, const FailedFile& b) { return a.path < b.path; });
    return std::move(stats_);
  }

 private:
  LibraryStats stats_;
  std::map<std::tuple<std::string, std::string, bool>, TrackSum> formats_;
  std::map<std::string, std::uint64_t> failures_;
};

void count_bands(LibraryStats& stats, const Plan& plan) {
  for (const PlanGroup& group : plan.groups) {
    bool has[3] = {};
    for (const PlanDrop& drop : group.drops) {
      if (drop.action == Action::review) stats.bytes_to_review += drop.file.track.stamp.size_bytes;
      const int band = drop.band == Band::automatic ? 0 : drop.band == Band::review ? 1 : 2;
      has[band] = true;
      ++stats.copies_in_band[band];
    }
    for (int band = 0; band < 3; ++band) stats.groups_in_band[band] += has[band] ? 1 : 0;
  }
}

RootState::Reach reach_of(const Root& root) {
  struct stat status {};
  if (::stat(root.path.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) return RootState::Reach::away;
  const bool same = root.file_system_id == 0 || is_on_file_system(root.path, root.file_system_id);
  return same ? RootState::Reach::there : RootState::Reach::replaced;
}

}  // namespace

LibraryStats library_stats(const Snapshot& snapshot, const Plan& plan) {
  Counter counter(snapshot.roots());
  const TrackId compared = snapshot.paired_through();
  std::uint64_t not_compared = 0;
  snapshot.for_each_track([&](const TrackRecord& track) {
    counter.take(track);
    if (track.id > compared && track.status == TrackStatus::fingerprinted) ++not_compared;
  });
  LibraryStats stats = counter.finish();
  stats.not_compared = not_compared;
  stats.plan = totals_of(plan);
  count_bands(stats, plan);
  for (RootState& root : stats.roots) root.reach = reach_of(root.root);
  return stats;
}

}  // namespace echofold
