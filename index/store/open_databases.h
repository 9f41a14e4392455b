// The databases of a library, in the transaction in which it is opened. Private to the store.
#pragma once

#include <string>

#include "index/store/environment.h"

namespace echofold {

struct OpenDatabases {
  Databases databases;
  std::string library_id;
};

/// Opens all databases that a library of its format has. If there is no library yet, a writer makes one.
/// @throws Error  Fault::no_database if there is none and the environment can't be written, Fault::damaged if a database
///                is gone or the file belongs to another program, Fault::version for an unknown format
OpenDatabases open_databases(const Environment& environment, MDB_txn* txn);

}  // namespace echofold
