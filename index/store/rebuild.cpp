// Writes the entries in batches, so that a large library needs no large transaction.
#include "index/store/rebuild.h"

#include <algorithm>
#include <functional>
#include <span>
#include <utility>

#include "index/store/database_keys.h"
#include "index/store/databases.h"
#include "index/store/items_value.h"
#include "index/store/writer.h"

namespace echofold {
namespace {

constexpr std::size_t batch_entries = 1000;

}  // namespace

class LibraryRebuild {
 public:
  LibraryRebuild(const std::filesystem::path& dir, Salvage& tables, const Validated& validated)
      : environment_(dir, {Access::write, std::size_t{1} << 26, false}), tables_(tables) {
    counters_ = validated.meta.counters.value_or(Counters{});
    counters_.next_track = std::max(counters_.next_track, validated.greatest_id + 1);
    if (!validated.pairs_are_complete || !validated.meta.counters) counters_.paired_through = 0;
  }

  void meta(const std::string& library_id) {
    write([&](Writer::Impl& impl) {
      const Databases& databases = impl.view.databases();
      if (!library_id.empty()) impl.put(databases.meta, "library_id", encode_text(library_id));
      for (const SalvagedEntry& entry : tables_.table("meta").entries)
        if (entry.key.starts_with(user_meta_prefix)) impl.put(databases.meta, entry.key, tables_.read(entry));
    });
  }

  std::uint64_t tracks() {
    return each_batch("tracks", [&](Writer::Impl& impl, const SalvagedEntry& entry) {
      TrackRecord record = decode_track(tables_.read(entry), "a track");
      const SalvagedEntry* at = tables_.table("items").find(entry.key);
      const std::string value = at != nullptr ? tables_.read(*at) : std::string();
      const Items items = at != nullptr ? read_items_value(value, record.id, tables_.page_bytes()) : Items();
      impl.counters.next_track = record.id;  // insert() gives the next id: the track keeps its own
      impl.insert(record, items);
    });
  }

  /// Where two tracks have one path, the entry belongs to the track that got it later. The old table says which.
  void shared_paths() {
    each_batch("paths", [&](Writer::Impl& impl, const SalvagedEntry& entry) {
      const std::string value = tables_.read(entry);
      const TrackId id = decode_number(value, "an entry of the path table");
      const auto record = impl.view.track(id);
      if (!record) return;
      std::vector<std::string> paths = record->link_paths;
      paths.push_back(record->path);
      if (std::any_of(paths.begin(), paths.end(),
                      [&](const std::string& path) { return path_key(path).view() == entry.key; }))
        impl.put(impl.view.databases().paths, entry.key, value);
    });
  }

  std::uint64_t pairs() {
    return each_batch("pairs", [&](Writer::Impl& impl, const SalvagedEntry& entry) {
      const PairKey turned(number_of_key(entry.key, 1), number_of_key(entry.key, 0));
      impl.put(impl.view.databases().pairs, entry.key, tables_.read(entry));
      impl.put(impl.view.databases().partners, turned.view(), {});
    });
  }

  void copies() {
    for (const Database& database : database_table)
      if (database.rebuilt == Rebuilt::copied)
        each_batch(database.name, [&](Writer::Impl& impl, const SalvagedEntry& entry) {
          impl.put(impl.view.databases().*database.handle, entry.key, tables_.read(entry));
        });
  }

 private:
  void write(const std::function<void(Writer::Impl&)>& body) {
    environment_.write([&](MDB_txn* txn, bool& map_full) {
      Writer::Impl impl(environment_, txn, map_full);
      body(impl);
      ++counters_.generation;
      impl.put(impl.view.databases().meta, "counters", encode(counters_));
    });
  }

  std::uint64_t each_batch(const char* name,
                           const std::function<void(Writer::Impl&, const SalvagedEntry&)>& put) {
    const std::span<const SalvagedEntry> entries = tables_.table(name).entries;
    for (std::size_t from = 0; from < entries.size(); from += batch_entries)
      write([&](Writer::Impl& impl) {
        for (const SalvagedEntry& entry :
             entries.subspan(from, std::min(batch_entries, entries.size() - from)))
          put(impl, entry);
      });
    return entries.size();
  }

  Environment environment_;
  Salvage& tables_;
  Counters counters_;
};

void rebuild_library(const std::filesystem::path& dir, Salvage& tables, const Validated& validated,
                     const std::string& library_id, Repaired& repaired) {
  LibraryRebuild rebuild(dir, tables, validated);
  rebuild.meta(library_id);
  repaired.tracks = rebuild.tracks();
  rebuild.shared_paths();
  repaired.pairs = rebuild.pairs();
  rebuild.copies();
  repaired.verdicts = tables.table("verdicts").entries.size();
  rebuild.meta(library_id);  // written again, so that both of LMDB's states contain the whole library
}

}  // namespace echofold
