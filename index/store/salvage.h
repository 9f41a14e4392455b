// Salvages a library: reads, without LMDB, the entries of its data file that can be reached. Private to the store.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "index/store/page_file.h"

namespace echofold {

struct SalvagedEntry {
  std::string key;
  PageValue value;
};

/// The entries of one database in ascending order of keys.
struct SalvagedTable {
  std::vector<SalvagedEntry> entries;
  std::vector<std::string> problems;  ///< of its pages; where there are some, entries may be missing
  std::uint64_t missing = 0;          ///< entries that the database counts and that were not reached

  const SalvagedEntry* find(std::string_view key) const;
};

/// LMDB keeps the last two states of the file. The newer one counts. Where a database is damaged in it, the entries
/// that it lacks are taken from the older state. This may bring back entries that the last commit replaced or removed.
class Salvage {
 public:
  /// While this object lives, no run may write to the library, and this process must not have it open.
  /// @throws Error  Fault::damaged when it is no library of echofold, or nothing of it can be reached;
  ///                Fault::no_database for a file that LMDB made and nothing was committed to
  explicit Salvage(const std::filesystem::path& data_file);

  /// @param name  of a database in docs/FORMAT.md; one that is not in the file is empty
  SalvagedTable& table(const std::string& name) { return tables_[name]; }
  const std::vector<std::string>& head_problems() const noexcept { return head_problems_; }

  std::string read(const SalvagedEntry& entry) const { return file_.read(entry.value); }
  std::size_t page_bytes() const noexcept { return file_.page_bytes(); }

 private:
  using Trees = std::map<std::string, PageTree>;
  Trees trees_of(const MetaPage& meta, PageFile::Marks& marks, std::vector<std::string>& problems) const;
  bool is_unborn() const;
  void read_newest();
  void read_free_list(const MetaPage& meta, PageFile::Marks& marks);
  void add_from_older();

  PageFile file_;
  std::map<std::string, SalvagedTable> tables_;
  std::vector<std::string>
      head_problems_;  ///< of the head, the table of databases and the list of free pages
};

}  // namespace echofold
