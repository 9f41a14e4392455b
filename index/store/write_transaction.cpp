// Each operation may find the map full; then the whole transaction is repeated with a larger one.
#include "index/store/write_transaction.h"

namespace echofold {
namespace {

// Thrown to leave `body` when the map is full. Not a std::exception, so that a body that turns failures into rows does
// not catch it. If a body catches it all the same, map_full is set.
struct MapIsFull {};

}  // namespace

void WriteTransaction::check(int rc) {
  if (rc == MDB_SUCCESS) return;
  if (rc == MDB_MAP_FULL || map_full) {
    map_full = true;
    throw MapIsFull{};
  }
  environment.fail(rc, "can't write to");
}

void WriteTransaction::put(MDB_dbi database, std::string_view key, std::string_view value, unsigned flags) {
  MDB_val name = lmdb::to_value(key);
  MDB_val bytes = lmdb::to_value(value);
  check(mdb_put(txn, database, &name, &bytes, flags));
}

char* WriteTransaction::reserve(MDB_dbi database, std::string_view key, std::size_t size, unsigned flags) {
  MDB_val name = lmdb::to_value(key);
  MDB_val bytes{size, nullptr};
  check(mdb_put(txn, database, &name, &bytes, flags | MDB_RESERVE));
  return static_cast<char*>(bytes.mv_data);
}

void WriteTransaction::remove(MDB_dbi database, std::string_view key) {
  MDB_val name = lmdb::to_value(key);
  const int rc = mdb_del(txn, database, &name, nullptr);
  if (rc != MDB_NOTFOUND) check(rc);
}

void WriteTransaction::clear(MDB_dbi database) { check(mdb_drop(txn, database, 0)); }

}  // namespace echofold
