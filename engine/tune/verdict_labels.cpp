// See verdict_labels.h.
#include "engine/tune/verdict_labels.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace echofold {
namespace {

/// The tracks with a fingerprint that has a verdict, the best one to name first.
using Names = std::map<Hash128, std::vector<std::pair<TrackPlace, std::string>>>;

Names names_of(const Snapshot& library) {
  Names names;
  library.for_each_verdict([&](const Hash128& a, const Hash128& b, Verdict) {
    names[a];
    names[b];
  });
  if (names.empty()) return names;
  library.for_each_track([&](const TrackRecord& track) {
    const auto known = names.find(track.items_hash);
    if (known == names.end() || track.status != TrackStatus::fingerprinted) return;
    // A newer file may be at the path of one that was set aside: the path would name the wrong track.
    if (library.find_path(track.path) == track.id) known->second.emplace_back(track.place, track.path);
  });
  for (auto& [hash, tracks] : names) std::sort(tracks.begin(), tracks.end());
  return names;
}

}  // namespace

VerdictLabels verdict_labels(const Snapshot& library) {
  const Names names = names_of(library);
  VerdictLabels result;
  library.for_each_verdict([&](const Hash128& a, const Hash128& b, Verdict verdict) {
    const std::size_t second = a == b ? 1 : 0;  // identical fingerprints: two tracks of one class
    const auto &of_a = names.at(a), &of_b = names.at(b);
    if (of_a.empty() || of_b.size() <= second) {
      ++result.lost;
      return;
    }
    const Label label = verdict == Verdict::keep_both ? Label::different : Label::same;
    result.labels.push_back({{of_a.front().second, of_b[second].second, label, "verdict"}, verdict});
  });
  std::sort(result.labels.begin(), result.labels.end(), [](const VerdictLabel& x, const VerdictLabel& y) {
    return std::tie(x.pair.a, x.pair.b) < std::tie(y.pair.a, y.pair.b);
  });
  return result;
}

}  // namespace echofold
