// See new_files.h.
#include "engine/report/new_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "engine/dedupe/rank.h"
#include "engine/dedupe/side.h"
#include "engine/report/figures.h"

namespace echofold {
namespace {

/// How a new file is counted; if several apply, the first counts.
enum class Fate : std::uint8_t { worse, known, of_each_other, to_review, stay, better, without_copy };

using Fates = std::unordered_map<TrackId, Fate>;

void note(Fates& fates, const TrackRecord& track, Fate fate) {
  const auto [entry, is_first] = fates.emplace(track.id, fate);
  if (!is_first) entry->second = std::min(entry->second, fate);
}

Fate fate_of_drop(const PlanGroup& group, const PlanDrop& drop) {
  if (drop.action == Action::review) return Fate::to_review;
  if (!is_copy(drop.relation)) return Fate::without_copy;
  if (drop.action == Action::none) return drop.band == Band::related ? Fate::without_copy : Fate::stay;
  if (group.keep.is_new) return Fate::of_each_other;
  return drop.why.starts_with(known_already) ? Fate::known : Fate::worse;
}

/// How a new keeper is counted because of a library's copy that loses to it.
Fate fate_of_keeper(const PlanDrop& drop) {
  if (drop.action == Action::review) return Fate::to_review;
  return is_copy(drop.relation) && drop.band != Band::related ? Fate::better : Fate::without_copy;
}

void take_pair(const PlanGroup& group, const PlanDrop& drop, Fates& fates, NewFileCounts& counts) {
  if (drop.file.is_new) note(fates, drop.file.track, fate_of_drop(group, drop));
  if (group.keep.is_new && !drop.file.is_new) note(fates, group.keep.track, fate_of_keeper(drop));
  if (group.keep.is_new == drop.file.is_new || drop.band == Band::related) return;
  counts.copies.push_back((group.keep.is_new ? drop.file : group.keep).track.path);
  counts.spares_others = counts.spares_others || (group.keep.is_new && drop.action == Action::none);
}

void count(NewFileCounts& counts, Fate fate) {
  std::uint64_t* const fields[] = {&counts.worse, &counts.known,  &counts.of_each_other, &counts.to_review,
                                   &counts.stay,  &counts.better, &counts.without_copy};
  ++*fields[static_cast<std::size_t>(fate)];
}

struct Part {
  std::uint64_t count;
  std::string one, many;  ///< what is said about one file, and about several
};

std::vector<Part> parts_of(const NewFileCounts& counts, const std::string& place) {
  const std::string spared = counts.spares_others ? ", which stay" : "";
  return {
      {counts.worse, "is a copy of a better file in " + place, "are copies of better files in " + place},
      {counts.known, "is in " + place + " already", "are in " + place + " already"},
      {counts.of_each_other, "is a copy of another file here", "are copies of other files here"},
      {counts.to_review, "needs your decision in a review", "need your decision in a review"},
      {counts.stay, "is worse than its copy in " + place + ", but stays",
       "are worse than their copies in " + place + ", but stay"},
      {counts.better, "is better than its copy in " + place + (spared.empty() ? "" : ", which stays"),
       "are better than their copies in " + place + spared},
      {counts.without_copy, "is new", "are new"},
      {counts.unreadable, "can't be read", "can't be read"},
  };
}

}  // namespace

NewFileCounts count_new_files(const Snapshot& snapshot, const Plan& plan, const PlanSettings& settings) {
  NewFileCounts counts;
  Fates fates;
  for (const PlanGroup& group : plan.groups)
    for (const PlanDrop& drop : group.drops) take_pair(group, drop, fates, counts);
  snapshot.for_each_track([&](const TrackRecord& track) {
    if (track.place != TrackPlace::present) return;
    if (!is_new(track, settings)) {
      counts.any_other = true;
      return;
    }
    ++counts.files;
    if (track.status == TrackStatus::failed) {
      ++counts.unreadable;
      return;
    }
    const auto fate = fates.find(track.id);
    count(counts, fate == fates.end() ? Fate::without_copy : fate->second);
  });
  return counts;
}

std::string new_files_text(const NewFileCounts& counts, const std::string& folders) {
  if (counts.files == 0) return "No music files here";
  std::string text;
  for (const Part& part : parts_of(counts, folders.empty() ? "the library" : folders)) {
    if (part.count == 0) continue;
    if (part.count == counts.files)
      return part.count == 1 ? "The file here " + part.one
             : part.count == 2
                 ? "Both files here " + part.many
                 : fmt::format("All {} here {}", count_text(part.count, "file", "files"), part.many);
    text += fmt::format(", {} {}", part.count, part.count == 1 ? part.one : part.many);
  }
  return fmt::format("Of {} here{}", count_text(counts.files, "file", "files"), text);
}

}  // namespace echofold
