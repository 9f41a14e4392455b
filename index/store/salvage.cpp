// Turns the trees of the file into entries, and adds those of the older state where the newer one is damaged.
#include "index/store/salvage.h"

#include <algorithm>
#include <cstring>
#include <iterator>

#include "index/base/error.h"
#include "index/store/databases.h"
#include "index/store/preflight.h"

namespace echofold {
namespace {

bool before(const SalvagedEntry& a, const SalvagedEntry& b) { return a.key < b.key; }

/// Sorts the entries and leaves each key once: on damaged pages entries can be anywhere.
void put_in_order(std::vector<SalvagedEntry>& entries) {
  std::stable_sort(entries.begin(), entries.end(), before);
  const auto same = [](const SalvagedEntry& a, const SalvagedEntry& b) { return a.key == b.key; };
  entries.erase(std::unique(entries.begin(), entries.end(), same), entries.end());
}

std::vector<SalvagedEntry> entries_of(const PageFile& file, const PageTree& tree, PageFile::Marks& marks,
                                      std::vector<std::string>& problems) {
  std::vector<SalvagedEntry> entries;
  const TreeWalk walk =
      file.walk(tree, PageFile::KeyOrder::bytes, marks, [&](std::string_view key, const PageValue& value) {
        entries.push_back({std::string(key), value});
      });
  problems.insert(problems.end(), walk.problems.begin(), walk.problems.end());
  put_in_order(entries);
  return entries;
}

}  // namespace

const SalvagedEntry* SalvagedTable::find(std::string_view key) const {
  const auto at =
      std::lower_bound(entries.begin(), entries.end(), key,
                       [](const SalvagedEntry& entry, std::string_view k) { return entry.key < k; });
  return at != entries.end() && at->key == key ? &*at : nullptr;
}

Salvage::Salvage(const std::filesystem::path& data_file)
    : file_(data_file), head_problems_(file_.problems()) {
  if (is_unborn()) throw no_library(data_file.parent_path());
  read_newest();
  const bool hurt = !head_problems_.empty() ||
                    std::any_of(tables_.begin(), tables_.end(),
                                [](const auto& table) { return !table.second.problems.empty(); });
  if (hurt && file_.metas().size() > 1) add_from_older();
  const bool reached = std::any_of(tables_.begin(), tables_.end(),
                                   [](const auto& table) { return !table.second.entries.empty(); });
  if (!reached)
    throw Error(Fault::damaged,
                data_file.string() + (hurt ? " is damaged, and nothing of it can be read: restore it from a "
                                             "backup, or move the library away and scan again"
                                           : " is not a library of echofold"));
}

/// LMDB writes two empty states when it makes a file; the library is made by the first commit. A run may be killed
/// between the two.
bool Salvage::is_unborn() const {
  const MetaPage& newest = file_.metas().front();
  return head_problems_.empty() && newest.transaction == 0 && newest.main.root == PageTree::none;
}

Salvage::Trees Salvage::trees_of(const MetaPage& meta, PageFile::Marks& marks,
                                 std::vector<std::string>& problems) const {
  Trees trees;
  for (const SalvagedEntry& entry : entries_of(file_, meta.main, marks, problems)) {
    const auto tree = file_.read_tree(entry.value);
    if (find_database(entry.key) != nullptr && tree)
      trees.emplace(entry.key, *tree);
    else
      problems.emplace_back("the table of databases has an entry that makes no sense");
  }
  return trees;
}

void Salvage::read_newest() {
  const MetaPage& meta = file_.metas().front();
  PageFile::Marks marks;
  const Trees trees = trees_of(meta, marks, head_problems_);
  for (const Database& database : database_table) {
    SalvagedTable& table = tables_[database.name];
    const auto tree = trees.find(database.name);
    if (tree != trees.end()) {
      table.entries = entries_of(file_, tree->second, marks, table.problems);
      if (tree->second.entries > table.entries.size())
        table.missing = tree->second.entries - table.entries.size();
    } else if (database.since_format == format_without_classes || !head_problems_.empty()) {
      table.problems.emplace_back("the database can't be found");
    }
  }
  read_free_list(meta, marks);
}

/// A page that is in use and in the list of free pages would be overwritten by the next commit.
void Salvage::read_free_list(const MetaPage& meta, PageFile::Marks& marks) {
  const auto note = [&](const std::string& what) {
    head_problems_.push_back("the list of free pages: " + what);
  };
  std::vector<PageValue> values;
  const TreeWalk walk =
      file_.walk(meta.free_list, PageFile::KeyOrder::numbers, marks,
                 [&](std::string_view, const PageValue& value) { values.push_back(value); });
  for (const std::string& problem : walk.problems) note(problem);
  for (const PageValue& value : values) {
    const std::string bytes = file_.read(value);
    std::vector<std::uint64_t> pages(bytes.size() / sizeof(std::uint64_t));
    if (pages.empty()) return note("an entry makes no sense");
    std::memcpy(pages.data(), bytes.data(), pages.size() * sizeof pages[0]);
    // The first number is the count, then come the pages' numbers, then perhaps unused space.
    if (pages[0] >= pages.size()) return note("an entry makes no sense");
    for (std::size_t i = 1; i <= pages[0]; ++i) {
      if (pages[i] < 2 || pages[i] > meta.last_page || (i > 1 && pages[i] >= pages[i - 1]))
        return note("it names a page that can't be");
      if (pages[i] >= marks.size()) continue;  // freed before it was ever written
      if (marks[pages[i]]) return note("it names a page that is in use");
      marks[pages[i]] = true;
    }
  }
}

void Salvage::add_from_older() {
  std::vector<std::string> ignored;
  PageFile::Marks marks;
  for (const auto& [name, tree] : trees_of(file_.metas()[1], marks, ignored)) {
    SalvagedTable& table = tables_[name];
    if (table.problems.empty()) continue;
    std::vector<SalvagedEntry> older = entries_of(file_, tree, marks, ignored);
    table.entries.insert(table.entries.end(), std::make_move_iterator(older.begin()),
                         std::make_move_iterator(older.end()));
    put_in_order(table.entries);  // the sort is stable: of two entries with one key the newer stays
  }
}

}  // namespace echofold
