// Classes: which tracks have identical fingerprints, in databases of their own (docs/FORMAT.md). Private to the store.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "index/model/record.h"
#include "index/store/view.h"

namespace echofold {

/// Only tracks with a fingerprint are in a class.
inline bool has_class(const TrackRecord& record) noexcept {
  return record.status == TrackStatus::fingerprinted && record.item_count > 0;
}

struct ClassEntry {
  Hash128 hash;
  TrackId id = 0;
  auto operator<=>(const ClassEntry&) const = default;
};

/// The entries that the databases of classes should have, made from the records of all tracks. Ascending.
/// @throws Error Fault::damaged, Fault::version
std::vector<ClassEntry> classes_by_records(const View& view);
/// The lowest id of each class, ascending. @param entries  in ascending order
std::vector<TrackId> representatives_of(const std::vector<ClassEntry>& entries);

/// The same two from the databases. Only for a library with `Databases::has_classes`.
void for_each_class_entry(const View& view, const Hash128& from,
                          const std::function<bool(const ClassEntry&)>& visit);
std::vector<TrackId> stored_representatives(const View& view);

/// A value of the database `representatives`: one bit for each of `ids` track ids in a row.
class IdBlock {
 public:
  static constexpr TrackId ids = 4096;
  static std::uint64_t number_of(TrackId id) noexcept { return id / ids; }

  /// @throws Error Fault::damaged, Fault::version
  static IdBlock decode(std::string_view bytes);
  std::string encode() const;

  void set(TrackId id, bool inside) noexcept;
  /// Appends the ids that are set, ascending. @param number  of this block
  void append_to(std::vector<TrackId>& to, std::uint64_t number) const;

 private:
  std::array<std::uint64_t, ids / 64> words_{};
};

}  // namespace echofold
