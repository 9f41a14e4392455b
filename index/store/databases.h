// The databases of a library: one table, used to open, check, salvage, rebuild and upgrade it. Private to the store.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "index/store/lmdb.h"

namespace echofold {

// Libraries of the older formats are read as they are. A writer upgrades them to the newest.
inline constexpr std::uint64_t store_format = 5;
inline constexpr std::uint64_t format_without_variants = 4;
inline constexpr std::uint64_t format_without_heard = 3;    ///< nor variants
inline constexpr std::uint64_t format_without_lookups = 2;  ///< nor those
inline constexpr std::uint64_t format_without_classes = 1;  ///< nor those

struct Database;
struct StoredEntry;
struct CheckedLibrary;

/// Checks one entry of a database (entry_checks.h).
using EntryCheck = void (*)(const StoredEntry& entry, CheckedLibrary& library);

/// LMDB's handles of the databases of one open library.
struct Databases {
  MDB_dbi meta = 0, roots = 0, tracks = 0, items = 0, paths = 0, pairs = 0, partners = 0, verdicts = 0;
  MDB_dbi classes = 0, representatives = 0, lookups = 0, heard = 0, variants = 0;
  std::uint64_t format = 0;  ///< of the library; databases of later formats have no handle

  bool has(const Database& database) const noexcept;
  bool has_classes() const noexcept { return format > format_without_classes; }
  bool has_lookups() const noexcept { return format > format_without_lookups; }
  bool has_heard() const noexcept { return format > format_without_heard; }
  bool has_variants() const noexcept { return format > format_without_variants; }
  bool complete() const noexcept { return format == store_format; }
};

/// What a repair does with a database.
enum class Rebuilt : std::uint8_t {
  copied,     ///< its whole entries are copied as they are
  by_a_step,  ///< a step of its own writes it (rebuild.cpp)
  derived     ///< it follows from the records of the tracks
};

struct Database {
  const char* name;
  MDB_dbi Databases::*handle;
  std::uint64_t since_format;  ///< libraries of older formats do not have it
  std::size_t key_bytes;       ///< of every key; 0: any number
  EntryCheck check;
  int check_place;  ///< the databases are checked in ascending order of this: entries rely on those checked before
  int report_place;  ///< and reported in ascending order of this
  Rebuilt rebuilt;
};

/// In the order in which they are opened and salvaged.
extern const std::array<Database, 13> database_table;

inline bool Databases::has(const Database& database) const noexcept {
  return format >= database.since_format;
}

/// Null where there is none of this name.
const Database* find_database(std::string_view name) noexcept;

/// The whole table in another order: `&Database::check_place` or `&Database::report_place`.
std::vector<const Database*> databases_by(int Database::*place);

}  // namespace echofold
