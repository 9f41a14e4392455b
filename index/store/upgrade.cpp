// Makes the databases that a library of an older format lacks (docs/FORMAT.md), in the transaction that raises its
// format.
#include "index/store/writer.h"

namespace echofold {

MDB_dbi Writer::Impl::make_empty(const char* name) {
  MDB_dbi database = 0;
  check(mdb_dbi_open(txn, name, MDB_CREATE, &database));
  clear(database);
  return database;
}

Databases Writer::Impl::bring_up_to_date() {
  Databases databases = view.databases();
  for (const Database& database : database_table)
    if (!databases.has(database)) databases.*database.handle = make_empty(database.name);
  if (!databases.has_classes()) fill_classes(databases);
  databases.format = store_format;
  put(databases.meta, "format", encode_number(store_format));
  ++counters.generation;
  put(databases.meta, "counters", encode(counters));
  return databases;
}

}  // namespace echofold
