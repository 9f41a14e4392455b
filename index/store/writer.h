// The implementation of a Writer: what it does to the entries of tracks. Private to the store.
#pragma once

#include "index/store/store.h"
#include "index/store/write_transaction.h"

namespace echofold {

struct Writer::Impl : WriteTransaction {
  using WriteTransaction::WriteTransaction;

  TrackId next_id();
  TrackRecord require_track(TrackId id) const;
  void insert(TrackRecord& record, Items items);
  void add_paths(const TrackRecord& record);
  void remove_paths(const TrackRecord& record);
  void remove_pairs(TrackId id);
  void remove_variants(TrackId id);
};

}  // namespace echofold
