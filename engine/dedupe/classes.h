// Tracks with identical fingerprints, collapsed: one of each class is indexed and compared for all.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "index/model/evidence.h"
#include "index/model/fingerprint.h"
#include "index/pair/relation.h"
#include "index/store/store.h"

namespace echofold {

/// Every fingerprinted track, by class. A track keeps its place in its class while its file is set aside or
/// missing: its pairs are there when it comes back, and a class keeps its representative.
///
/// Loaded from the store's tables of classes, which are derived from the records: what is shown or moved is a
/// `listed_member`, whose record was compared with its class.
class TrackClasses {
 public:
  static TrackClasses load(const Snapshot& snapshot);

  /// Classes are numbered in the order of their representatives.
  std::size_t size() const noexcept { return classes_.size(); }
  std::span<const TrackId> members(std::size_t number) const noexcept;  ///< ascending, never empty
  TrackId representative(std::size_t number) const noexcept { return members(number).front(); }
  const Hash128& hash(std::size_t number) const noexcept { return classes_[number].hash; }

  /// Nothing for an unknown id and for a track without a fingerprint.
  std::optional<std::size_t> class_of(TrackId id) const noexcept;

 private:
  struct Class {
    Hash128 hash;
    std::size_t first = 0, count = 0;  ///< in members_
  };
  std::vector<Class> classes_;
  std::vector<TrackId> members_;
  std::vector<std::pair<TrackId, std::uint32_t>> class_of_;  ///< by id
};

/// The record of a member of a class, if its file is present or imported: something that can be shown and planned
/// now.
/// @throws Error Fault::damaged when the record has another fingerprint, or is gone: tables that do not agree with
///               the records must not decide what is moved
std::optional<TrackRecord> listed_member(const Snapshot& snapshot, TrackId id, const Hash128& hash);

/// What was measured between two classes, or within one (a == b).
struct ClassPair {
  std::size_t a = 0, b = 0;  ///< a <= b
  Evidence evidence;         ///< of any track of a with any of b
  Judgement judgement;       ///< never one of Band::none; titles are not looked at here
};

/// The stored pairs as pairs of classes, and one for each class with two listed members or more, measured
/// against itself. Sorted by (a, b), each once.
std::vector<ClassPair> load_class_pairs(const Snapshot& snapshot, const TrackClasses& classes,
                                        const Thresholds& thresholds);

}  // namespace echofold
