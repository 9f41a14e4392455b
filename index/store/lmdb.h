// Owners of LMDB's handles. Private to the store: no other module may include this.
#pragma once

#include <lmdb.h>

#include <string_view>

#include "index/base/handle.h"

namespace echofold::lmdb {

using Env = Handle<MDB_env, mdb_env_close>;
using Txn = Handle<MDB_txn, mdb_txn_abort>;
using Cursor = Handle<MDB_cursor, mdb_cursor_close>;

/// LMDB takes its input through pointers to non-const, but does not write to it.
inline MDB_val to_value(std::string_view bytes) noexcept {
  return {bytes.size(), const_cast<char*>(bytes.data())};
}
inline std::string_view to_view(const MDB_val& value) noexcept {
  return {static_cast<const char*>(value.mv_data), value.mv_size};
}

}  // namespace echofold::lmdb
