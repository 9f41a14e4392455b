// The implementation of a Writer: one attempt at a write transaction. Private to the store.
#pragma once

#include "index/store/store.h"
#include "index/store/view.h"

namespace echofold {

struct Writer::Impl {
  Impl(const Environment& of, MDB_txn* transaction, bool& full)
      : environment(of), txn(transaction), map_full(full), view(of, transaction), counters(view.counters()) {}

  const Environment& environment;
  MDB_txn* txn;
  bool& map_full;
  View view;
  Counters counters;

  void put(MDB_dbi database, std::string_view key, std::string_view value, unsigned flags = 0);
  /// Space for a value of `size` bytes, to be filled before the next operation.
  char* reserve(MDB_dbi database, std::string_view key, std::size_t size, unsigned flags);
  void remove(MDB_dbi database, std::string_view key);  ///< does nothing when the key is not there
  void clear(MDB_dbi database);
  void check(int rc);

  TrackId next_id();
  TrackRecord require_track(TrackId id) const;
  void insert(TrackRecord& record, Items items);
  void add_paths(const TrackRecord& record);
  void remove_paths(const TrackRecord& record);
  void remove_pairs(TrackId id);

  // The databases of classes (write_classes.cpp). These do nothing in a library without them.
  void add_to_class(const TrackRecord& record);
  void remove_from_class(const TrackRecord& record);
  void set_representative(TrackId id, bool is_one);
  /// Fills both databases, which must be empty, from the records of all tracks.
  void fill_classes(const Databases& databases);

  /// Makes the databases that a library of an older format lacks, and raises its format to the newest (upgrade.cpp).
  /// @return all databases, to be used once this is committed
  Databases bring_up_to_date();
  MDB_dbi make_empty(const char* name);
};

}  // namespace echofold
