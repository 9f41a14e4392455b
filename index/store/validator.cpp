// Runs the checks over what was salvaged, and counts what they remove.
#include "index/store/validator.h"

#include <cstring>
#include <map>
#include <utility>

#include "index/base/bytes.h"
#include "index/store/database_keys.h"
#include "index/store/databases.h"
#include "index/store/entry_checks.h"

namespace echofold {
namespace {

/// The path in the bytes of a record whose checksum is wrong: a guess, which is better than no name.
std::string likely_path(std::string_view bytes) {
  constexpr std::size_t at = 1 + sizeof(TrackId);
  std::uint32_t size = 0;
  if (bytes.size() < at + sizeof size) return {};
  std::memcpy(&size, bytes.data() + at, sizeof size);
  const std::string_view rest = bytes.substr(at + sizeof size);
  if (size > rest.size() || size > 4096 || !rest.starts_with('/')) return {};
  const std::string_view path = rest.substr(0, size);
  return path.find('\0') == std::string_view::npos ? std::string(path) : std::string();
}

class Validator {
 public:
  explicit Validator(Salvage& tables) : tables_(tables) {
    library_.page_bytes = tables.page_bytes();
    library_.has_pair = [&](std::string_view key) { return tables_.table("pairs").find(key) != nullptr; };
    library_.has_partner = [&](std::string_view key) {
      return tables_.table("partners").find(key) != nullptr;
    };
  }

  Validated run() {
    for (const std::string& problem : tables_.head_problems()) note("library", problem);
    const std::size_t pairs = tables_.table("pairs").entries.size();
    for_each_check_pass([&](const Database& database, EntryCheck check) {
      check_table(database, check);
      if (database.handle == &Databases::meta) note_lost_meta();
    });
    out_.pairs_are_complete = pairs_are_complete(pairs);
    report();
    out_.meta = {std::move(library_.library_id), library_.counters};
    out_.greatest_id = library_.greatest_id;
    return std::move(out_);
  }

 private:
  void note(const std::string& table, const std::string& why, TrackId track = 0, std::string path = {}) {
    out_.health.damages.push_back({table, track, std::move(path), why});
  }

  /// Keeps the entries that pass the check.
  void check_table(const Database& database, EntryCheck check) {
    auto& entries = tables_.table(database.name).entries;
    std::size_t kept = 0;
    for (SalvagedEntry& entry : entries) {
      if (!is_whole(database, check, entry)) continue;
      if (&entries[kept] != &entry) entries[kept] = std::move(entry);
      ++kept;
    }
    entries.resize(kept);
  }

  bool is_whole(const Database& database, EntryCheck check, const SalvagedEntry& entry) {
    std::string value;
    try {
      value = tables_.read(entry);
      check_entry(database, check, {entry.key, value}, library_);
      return true;
    } catch (const Error& e) {
      // A value of another version with a right checksum is not damaged, and a repaired library must not lack it.
      if (e.fault() == Fault::io || (e.fault() == Fault::version && is_sealed(value))) throw;
      ++damaged_[database.name];
      const bool numbered = entry.key.size() == 8 && database.key_bytes == 8;
      note(database.name, e.what(), numbered ? number_of_key(entry.key, 0) : 0,
           database.handle == &Databases::tracks ? likely_path(value) : std::string());
      return false;
    }
  }

  void note_lost_meta() {
    if (library_.library_id.empty()) note("meta", "the library's id is lost");
    if (!library_.counters) note("meta", "the library's counters are lost");
    if (tables_.table("meta").find("format") == nullptr) note("meta", "the library's format is lost");
  }

  /// @param before  how many pairs there were before the checks
  bool pairs_are_complete(std::size_t before) {
    const SalvagedTable& pairs = tables_.table("pairs");
    return pairs.problems.empty() && tables_.table("partners").problems.empty() &&
           pairs.entries.size() == before && damaged_["partners"] == 0;
  }

  void report() {
    for (const Database* database : databases_by(&Database::report_place)) {
      const SalvagedTable& table = tables_.table(database->name);
      for (const std::string& problem : table.problems) note(database->name, problem);
      out_.health.tables.push_back(
          {database->name, table.entries.size(), damaged_[database->name], table.missing});
    }
  }

  Salvage& tables_;
  CheckedLibrary library_;
  Validated out_;
  std::map<std::string, std::uint64_t> damaged_;
};

}  // namespace

Validated validate(Salvage& tables) { return Validator(tables).run(); }

}  // namespace echofold
