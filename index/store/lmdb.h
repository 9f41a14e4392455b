// Owners of LMDB's handles. Private to the store: no other module may include this.
#pragma once

#include <lmdb.h>

#include <memory>
#include <string_view>

namespace echofold::lmdb {

template <auto Free>
struct Frees {
  template <class T>
  void operator()(T* handle) const noexcept {
    Free(handle);
  }
};

using Env = std::unique_ptr<MDB_env, Frees<mdb_env_close>>;
using Txn = std::unique_ptr<MDB_txn, Frees<mdb_txn_abort>>;
using Cursor = std::unique_ptr<MDB_cursor, Frees<mdb_cursor_close>>;

/// LMDB takes its input through pointers to non-const, but writes to none of it.
inline MDB_val to_value(std::string_view bytes) noexcept {
  return {bytes.size(), const_cast<char*>(bytes.data())};
}
inline std::string_view to_view(const MDB_val& value) noexcept {
  return {static_cast<const char*>(value.mv_data), value.mv_size};
}

}  // namespace echofold::lmdb
