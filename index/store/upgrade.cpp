// Makes and fills the missing databases, then writes the new format number.
#include "index/store/upgrade.h"

#include "index/store/write_classes.h"

namespace echofold {
namespace {

MDB_dbi make_empty(WriteTransaction& transaction, const char* name) {
  MDB_dbi database = 0;
  transaction.check(mdb_dbi_open(transaction.txn, name, MDB_CREATE, &database));
  transaction.clear(database);
  return database;
}

}  // namespace

Databases upgrade(WriteTransaction& transaction) {
  Databases databases = transaction.view.databases();
  for (const Database& database : database_table)
    if (!databases.has(database)) databases.*database.handle = make_empty(transaction, database.name);
  if (!databases.has_classes()) fill_classes(transaction, databases);
  databases.format = store_format;
  transaction.put(databases.meta, "format", encode_number(store_format));
  ++transaction.counters.generation;
  transaction.put(databases.meta, "counters", encode(transaction.counters));
  return databases;
}

}  // namespace echofold
