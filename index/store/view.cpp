// Lookups in the databases, and the bytes of small values.
#include "index/store/view.h"

#include <xxhash.h>

#include <algorithm>

#include "index/base/bytes.h"
#include "index/base/text/printable.h"
#include "index/store/damage_signals.h"
#include "index/store/database_keys.h"
#include "index/store/items_value.h"

namespace echofold {
namespace {

constexpr std::uint8_t small_value_version = 1;

lmdb::Cursor open_cursor(const Environment& environment, MDB_txn* txn, MDB_dbi database) {
  MDB_cursor* cursor = nullptr;
  if (const int rc = mdb_cursor_open(txn, database, &cursor)) environment.fail(rc, "can't read");
  return lmdb::Cursor(cursor);
}

bool has_path(const TrackRecord& record, std::string_view path) {
  return record.path == path ||
         std::find(record.link_paths.begin(), record.link_paths.end(), path) != record.link_paths.end();
}

}  // namespace

PathKey path_key(std::string_view path) {
  const XXH128_hash_t hash = XXH3_128bits(path.data(), path.size());
  return PathKey(hash.high64, hash.low64);
}

std::optional<std::string_view> View::find(MDB_dbi database, std::string_view key) const {
  MDB_val name = lmdb::to_value(key);
  MDB_val value{};
  const int rc = mdb_get(txn_, database, &name, &value);
  if (rc == MDB_NOTFOUND) return std::nullopt;
  if (rc != MDB_SUCCESS) environment_.fail(rc, "can't read");
  return lmdb::to_view(value);
}

void View::for_each(MDB_dbi database, std::string_view from,
                    const std::function<bool(std::string_view, std::string_view)>& visit) const {
  const lmdb::Cursor cursor = open_cursor(environment_, txn_, database);
  MDB_val key = lmdb::to_value(from);
  MDB_val value{};
  std::size_t visited = 0;
  int rc = mdb_cursor_get(cursor.get(), &key, &value, from.empty() ? MDB_FIRST : MDB_SET_RANGE);
  for (; rc == MDB_SUCCESS; rc = mdb_cursor_get(cursor.get(), &key, &value, MDB_NEXT)) {
    ++visited;
    if (!visit(lmdb::to_view(key), lmdb::to_view(value))) return;
  }
  if (rc != MDB_NOTFOUND) environment_.fail(rc, "can't read");
  // On a damaged page entries can vanish or come twice, and LMDB reports no error.
  if (from.empty() && visited != size(database))
    naming([&] {
      throw Error(Fault::damaged, "a database has " + std::to_string(visited) + " entries and counts " +
                                      std::to_string(size(database)) + "; " + damage_advice);
    });
}

std::size_t View::size(MDB_dbi database) const {
  MDB_stat stat{};
  if (const int rc = mdb_stat(txn_, database, &stat)) environment_.fail(rc, "can't read");
  return stat.ms_entries;
}

std::optional<std::string_view> View::last_key(MDB_dbi database) const {
  const lmdb::Cursor cursor = open_cursor(environment_, txn_, database);
  MDB_val key{};
  MDB_val value{};
  const int rc = mdb_cursor_get(cursor.get(), &key, &value, MDB_LAST);
  if (rc == MDB_NOTFOUND) return std::nullopt;
  if (rc != MDB_SUCCESS) environment_.fail(rc, "can't read");
  return lmdb::to_view(key);
}

Counters View::counters() const {
  return naming([&] {
    const auto value = find(databases().meta, "counters");
    if (!value) throw Error(Fault::damaged, "the counters of the library are gone");
    return decode_counters(*value);
  });
}

TrackRecord View::decode(TrackId id, std::string_view value) const {
  return naming([&] {
    const std::string what = "track " + std::to_string(id);
    TrackRecord record = decode_track(value, what);
    if (record.id != id) throw Error(Fault::damaged, what + " is damaged: it is the record of another track");
    return record;
  });
}

std::optional<TrackRecord> View::track(TrackId id) const {
  const auto value = find(databases().tracks, TrackKey(id).view());
  if (!value) return std::nullopt;
  return decode(id, *value);
}

Items View::items(TrackId id) const {
  const auto value = find(databases().items, TrackKey(id).view());
  if (!value) return {};
  return naming([&] { return read_items_value(*value, id, environment_.page_bytes()); });
}

Evidence View::pair(TrackId a, TrackId b, std::string_view value) const {
  return naming([&] {
    Evidence evidence = decode_evidence(value, pair_name(a, b));
    if (!find(databases().partners, PairKey(b, a).view()))
      throw Error(Fault::damaged, pair_name(a, b) + " is damaged: its other entry is not there");
    return evidence;
  });
}

std::optional<TrackId> View::path_entry(std::string_view path) const {
  const auto value = find(databases().paths, path_key(path).view());
  if (!value) return std::nullopt;
  return naming([&] { return decode_number(*value, "an entry of the path table"); });
}

std::optional<TrackId> View::find_path(std::string_view path) const {
  const auto id = path_entry(path);
  if (!id) return std::nullopt;
  // Only a hash was looked up: another path may have the same one, and the entry may be stale.
  const auto record = track(*id);
  if (!record || !has_path(*record, path)) return std::nullopt;
  return id;
}

std::string encode(const Counters& counters) {
  ByteWriter to(small_value_version);
  to.number(counters.generation);
  to.number(counters.next_track);
  to.number(counters.paired_through);
  return to.seal();
}

Counters decode_counters(std::string_view bytes) {
  const std::string what = "the value of the library's counters";
  ByteReader from(bytes, small_value_version, what);
  const Counters counters{from.number<std::uint64_t>(), from.number<TrackId>(), from.number<TrackId>()};
  from.finish();
  return counters;
}

std::string encode_number(std::uint64_t number) {
  ByteWriter to(small_value_version);
  to.number(number);
  return to.seal();
}

std::uint64_t decode_number(std::string_view bytes, const std::string& what) {
  ByteReader from(bytes, small_value_version, what);
  const auto number = from.number<std::uint64_t>();
  from.finish();
  return number;
}

std::string encode_text(std::string_view text) {
  ByteWriter to(small_value_version);
  to.text(text);
  return to.seal();
}

std::string decode_text(std::string_view bytes, const std::string& what) {
  ByteReader from(bytes, small_value_version, what);
  std::string text = from.text();
  from.finish();
  return text;
}

std::string pair_name(TrackId a, TrackId b) {
  return "the pair of tracks " + std::to_string(a) + " and " + std::to_string(b);
}

std::string meta_key(std::string_view key) {
  if (key.empty() || key.size() > 490)
    throw Error(Fault::usage, "a name in the library's meta data must have 1 to 490 bytes");
  return std::string(user_meta_prefix) += key;
}

void require_key_size(std::string_view key, std::size_t size, const char* database) {
  if (key.size() != size)
    throw Error(Fault::damaged, std::string("the database ") + database + " has a key of a wrong size");
}

}  // namespace echofold
