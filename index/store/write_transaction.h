// One attempt at a write transaction: its databases, seen as they are now, and changes to them. Private to the store.
#pragma once

#include <string_view>

#include "index/store/environment.h"
#include "index/store/view.h"

namespace echofold {

/// Lives no longer than the body of Environment::write() that it was made in.
struct WriteTransaction {
  WriteTransaction(const Environment& of, MDB_txn* transaction, bool& full)
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
  /// Leaves the body if an operation of LMDB failed with this code. @throws Error as Environment::fail
  void check(int rc);
};

}  // namespace echofold
