// Classes: tracks with identical fingerprints. One track of each class is indexed and compared for all of them.
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

/// Every fingerprinted track, by class. A track stays in its class while its file is set aside or missing. So its pairs
/// are there when it comes back, and a class does not change its representative.
///
/// Loaded from the store's tables of classes, which are derived from the records. Only a `listed_member` is shown or
/// moved: its record was compared with its class.
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

/// The record of a member of a class if its file is present or imported, so that it can be shown and planned now.
/// @throws Error Fault::damaged if the record is gone or has another fingerprint: tables that disagree with the records
///               must not decide what is moved
std::optional<TrackRecord> listed_member(const Snapshot& snapshot, TrackId id, const Hash128& hash);

/// What was measured between two classes, or within one (a == b).
struct ClassPair {
  std::size_t a = 0, b = 0;  ///< a <= b
  Evidence evidence;         ///< of any track of a with any of b
  Judgement judgement;       ///< never of Band::none, and without regard to titles
};

/// The stored pairs as pairs of classes. Also one pair for each class with two or more listed members, measured against
/// itself. Sorted by (a, b), each once.
std::vector<ClassPair> load_class_pairs(const Snapshot& snapshot, const TrackClasses& classes,
                                        const Thresholds& thresholds);

}  // namespace echofold
