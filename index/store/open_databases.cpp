// Looks for the entry of the format first: it says which databases there are.
#include "index/store/open_databases.h"

#include <array>
#include <cstdio>
#include <optional>
#include <random>
#include <string_view>

#include "index/base/error.h"
#include "index/store/check.h"
#include "index/store/damage_signals.h"
#include "index/store/preflight.h"
#include "index/store/view.h"

namespace echofold {
namespace {

std::string random_uuid() {
  std::random_device random;
  std::array<unsigned, 4> words{};
  for (unsigned& word : words) word = random();
  words[1] = (words[1] & 0xFFFF0FFFu) | 0x00004000u;  // version 4: random
  words[2] = (words[2] & 0x3FFFFFFFu) | 0x80000000u;
  std::array<char, 37> text{};
  std::snprintf(text.data(), text.size(), "%08x-%04x-%04x-%04x-%04x%08x", words[0], words[1] >> 16,
                words[1] & 0xFFFFu, words[2] >> 16, words[2] & 0xFFFFu, words[3]);
  return text.data();
}

MDB_dbi open_database(MDB_txn* txn, const char* name, unsigned flags, const Environment& environment) {
  MDB_dbi database = 0;
  const int rc = mdb_dbi_open(txn, name, flags, &database);
  if (rc == MDB_NOTFOUND)
    throw Error(Fault::damaged, (environment.dir() / "data.mdb").string() + " is damaged: its database " +
                                    name + " is gone; " + damage_advice);
  if (rc != MDB_SUCCESS) environment.fail(rc, "can't open");
  return database;
}

void open_all(MDB_txn* txn, unsigned flags, const Environment& environment, Databases& databases) {
  for (const Database& database : database_table)
    if (databases.has(database))
      databases.*database.handle = open_database(txn, database.name, flags, environment);
}

/// The database `meta`, which every library has; nothing in an empty file.
std::optional<MDB_dbi> find_meta(const Environment& environment, MDB_txn* txn) {
  MDB_dbi main = 0, meta = 0;
  if (const int rc = mdb_dbi_open(txn, nullptr, 0, &main)) environment.fail(rc, "can't open");
  if (View(environment, txn).size(main) == 0) return std::nullopt;
  const int rc = mdb_dbi_open(txn, "meta", 0, &meta);
  if (rc == MDB_NOTFOUND)
    throw Error(Fault::damaged, (environment.dir() / "data.mdb").string() + " is not a library of echofold");
  if (rc != MDB_SUCCESS) environment.fail(rc, "can't open");
  return meta;
}

OpenDatabases create_library(const Environment& environment, MDB_txn* txn) {
  OpenDatabases made;
  made.databases.format = store_format;
  open_all(txn, MDB_CREATE, environment, made.databases);
  made.library_id = random_uuid();
  const auto put = [&](std::string_view key, const std::string& value) {
    MDB_val name = lmdb::to_value(key);
    MDB_val bytes = lmdb::to_value(value);
    if (const int rc = mdb_put(txn, made.databases.meta, &name, &bytes, 0))
      environment.fail(rc, "can't create");
  };
  put("format", encode_number(store_format));
  put("library_id", encode_text(made.library_id));
  put("counters", encode(Counters{}));
  return made;
}

OpenDatabases open_library(const Environment& environment, MDB_txn* txn, MDB_dbi meta) {
  const View view(environment, txn);
  const auto entry = [&](std::string_view key) {
    const auto value = view.find(meta, key);
    if (!value) throw Error(Fault::damaged, "its entry " + std::string(key) + " is gone");
    return *value;
  };
  const auto format = view.naming([&] { return decode_number(entry("format"), "the format number"); });
  if (format < format_without_classes || format > store_format) {
    throw Error(Fault::version, "the library " + environment.dir().string() + " was written by format " +
                                    std::to_string(format) + ", this echofold knows " +
                                    std::to_string(store_format) + ": use the echofold that wrote it");
  }
  OpenDatabases found;
  found.library_id = view.naming([&] { return decode_text(entry("library_id"), "the library's id"); });
  found.databases.format = format;
  open_all(txn, 0, environment, found.databases);
  return found;
}

}  // namespace

OpenDatabases open_databases(const Environment& environment, MDB_txn* txn) {
  if (const auto meta = find_meta(environment, txn)) return open_library(environment, txn, *meta);
  if (!environment.writable()) throw no_library(environment.dir());
  return create_library(environment, txn);
}

}  // namespace echofold
