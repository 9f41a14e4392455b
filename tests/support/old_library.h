// Writes libraries in older formats (docs/FORMAT.md).
#pragma once

#include <filesystem>
#include <functional>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>

#include "index/store/lmdb.h"
#include "index/store/view.h"

namespace echofold::test {

inline void require_lmdb(int code) {
  if (code != 0) throw std::runtime_error(mdb_strerror(code));
}

/// Runs `change` in a transaction of LMDB itself; the library must not be open.
inline void change_by_lmdb(const std::filesystem::path& library,
                           const std::function<void(MDB_txn*)>& change) {
  MDB_env* env = nullptr;
  require_lmdb(mdb_env_create(&env));
  const lmdb::Env env_owner(env);
  require_lmdb(mdb_env_set_maxdbs(env, 16));
  require_lmdb(mdb_env_open(env, library.c_str(), 0, 0600));
  MDB_txn* txn = nullptr;
  require_lmdb(mdb_txn_begin(env, nullptr, 0, &txn));
  lmdb::Txn txn_owner(txn);
  change(txn);
  require_lmdb(mdb_txn_commit(txn_owner.release()));
}

/// Puts one entry into an existing database.
inline void put_by_lmdb(MDB_txn* txn, const char* database, std::string_view key, std::string_view value) {
  MDB_dbi dbi = 0;
  require_lmdb(mdb_dbi_open(txn, database, 0, &dbi));
  MDB_val k = lmdb::to_value(key), v = lmdb::to_value(value);
  require_lmdb(mdb_put(txn, dbi, &k, &v, 0));
}

inline void drop_by_lmdb(MDB_txn* txn, std::initializer_list<const char*> databases) {
  for (const char* name : databases) {
    MDB_dbi dbi = 0;
    require_lmdb(mdb_dbi_open(txn, name, 0, &dbi));
    require_lmdb(mdb_drop(txn, dbi, 1));
  }
}

/// Format 1 differs only in what this changes.
inline void make_format_one(const std::filesystem::path& library) {
  change_by_lmdb(library, [](MDB_txn* txn) {
    drop_by_lmdb(txn, {"classes", "representatives", "lookups", "heard", "variants"});
    put_by_lmdb(txn, "meta", "format", encode_number(1));
  });
}

/// Format 2 had no stored lookup results.
inline void make_format_two(const std::filesystem::path& library) {
  change_by_lmdb(library, [](MDB_txn* txn) {
    drop_by_lmdb(txn, {"lookups", "heard", "variants"});
    put_by_lmdb(txn, "meta", "format", encode_number(2));
  });
}

/// Format 3 did not store what was heard of pairs.
inline void make_format_three(const std::filesystem::path& library) {
  change_by_lmdb(library, [](MDB_txn* txn) {
    drop_by_lmdb(txn, {"heard", "variants"});
    put_by_lmdb(txn, "meta", "format", encode_number(3));
  });
}

/// Format 4 did not store variants of tracks at other speeds.
inline void make_format_four(const std::filesystem::path& library) {
  change_by_lmdb(library, [](MDB_txn* txn) {
    drop_by_lmdb(txn, {"variants"});
    put_by_lmdb(txn, "meta", "format", encode_number(4));
  });
}

inline std::uint64_t format_of(const std::filesystem::path& library) {
  std::uint64_t format = 0;
  change_by_lmdb(library, [&](MDB_txn* txn) {
    MDB_dbi dbi = 0;
    require_lmdb(mdb_dbi_open(txn, "meta", 0, &dbi));
    MDB_val key = lmdb::to_value("format"), value{};
    require_lmdb(mdb_get(txn, dbi, &key, &value));
    format = decode_number(lmdb::to_view(value), "the format");
  });
  return format;
}

}  // namespace echofold::test
