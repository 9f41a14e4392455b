// One check for each database of the table.
#include "index/store/entry_checks.h"

#include <algorithm>

#include "index/store/classes.h"
#include "index/store/database_keys.h"
#include "index/store/heard_value.h"
#include "index/store/items_value.h"
#include "index/store/variants_value.h"
#include "index/store/verdict.h"

namespace echofold {
namespace {

void see(CheckedLibrary& library, TrackId id) { library.greatest_id = std::max(library.greatest_id, id); }

bool has_track(const CheckedLibrary& library, TrackId id) {
  return std::binary_search(library.track_ids.begin(), library.track_ids.end(), id);
}

const CheckedLibrary::Fingerprint* fingerprint_of(const CheckedLibrary& library, TrackId id) {
  const auto& all = library.fingerprints;
  const auto at = std::lower_bound(
      all.begin(), all.end(), id,
      [](const CheckedLibrary::Fingerprint& one, TrackId wanted) { return one.id < wanted; });
  return at != all.end() && at->id == id ? &*at : nullptr;
}

void check_items_have_a_track(const StoredEntry& entry, CheckedLibrary& library) {
  if (!has_track(library, number_of_key(entry.key, 0)))
    throw Error(Fault::damaged, "a fingerprint has lost its track");
}

void require_known_format(std::uint64_t format) {
  if (format < format_without_classes || format > store_format)
    throw Error(Fault::version, "the library was written by format " + std::to_string(format) +
                                    ", this echofold knows " + std::to_string(store_format) +
                                    ": use the echofold that wrote it");
}

}  // namespace

void check_meta(const StoredEntry& entry, CheckedLibrary& library) {
  if (entry.key == "format")
    require_known_format(decode_number(entry.value, "the format number"));
  else if (entry.key == "library_id")
    library.library_id = decode_text(entry.value, "the library's id");
  else if (entry.key == "counters")
    library.counters = decode_counters(entry.value);
  else if (entry.key.starts_with(user_meta_prefix))
    decode_text(entry.value, "the entry " + std::string(entry.key));
  else
    throw Error(Fault::damaged, "an entry has a name that does not exist");
}

void check_root(const StoredEntry& entry, CheckedLibrary&) {
  if (path_key(decode_root(entry.value, "a root folder").path).view() != entry.key)
    throw Error(Fault::damaged, "a root folder is damaged: it stands under another name");
}

void check_items(const StoredEntry& entry, CheckedLibrary& library) {
  const TrackId id = number_of_key(entry.key, 0);
  const Items items = read_items_value(entry.value, id, library.page_bytes);
  library.fingerprints.push_back({id, static_cast<std::uint32_t>(items.size()), hash_items(items)});
  see(library, id);
}

void check_track(const StoredEntry& entry, CheckedLibrary& library) {
  const TrackId id = number_of_key(entry.key, 0);
  const std::string what = "track " + std::to_string(id);
  const TrackRecord record = decode_track(entry.value, what);
  if (record.id != id || id == 0 || id >= track_id_end)
    throw Error(Fault::damaged, what + " is damaged: it is the record of another track");
  see(library, id);
  const CheckedLibrary::Fingerprint* items = fingerprint_of(library, id);
  if (record.item_count != (items == nullptr ? 0 : items->count) ||
      (items != nullptr && items->hash != record.items_hash))
    throw Error(Fault::damaged, what + " has lost its fingerprint");
  library.track_ids.push_back(id);
}

void check_pair(const StoredEntry& entry, CheckedLibrary& library) {
  const TrackId a = number_of_key(entry.key, 0), b = number_of_key(entry.key, 1);
  const std::string name = pair_name(a, b);
  decode_evidence(entry.value, name);
  if (a >= b || !library.has_partner(PairKey(b, a).view()))
    throw Error(Fault::damaged, name + " is damaged: its other entry is not there");
  if (!has_track(library, a) || !has_track(library, b))
    throw Error(Fault::damaged, name + " has lost a track");
}

void check_partner(const StoredEntry& entry, CheckedLibrary& library) {
  const TrackId b = number_of_key(entry.key, 0), a = number_of_key(entry.key, 1);
  if (!library.has_pair(PairKey(a, b).view())) throw Error(Fault::damaged, pair_name(a, b) + " is lost");
}

void check_verdict(const StoredEntry& entry, CheckedLibrary&) { decode_verdict(entry.value); }

void check_path(const StoredEntry& entry, CheckedLibrary&) {
  decode_number(entry.value, "an entry of the path table");
}

void check_class(const StoredEntry&, CheckedLibrary&) {}  // all of it is in the key

void check_representatives(const StoredEntry& entry, CheckedLibrary&) { IdBlock::decode(entry.value); }

void check_lookup(const StoredEntry& entry, CheckedLibrary&) {
  decode_lookup(lookup_of_key(entry.key), entry.value);
}

void check_heard(const StoredEntry& entry, CheckedLibrary&) {
  const HeardKey key = heard_of_key(entry.key);
  if (key.b < key.a)
    throw Error(Fault::damaged, "what was heard of a pair is damaged: its hashes are not in ascending order");
  read_heard_value(key, entry.value);
}

void check_variants(const StoredEntry& entry, CheckedLibrary& library) {
  const TrackId id = number_of_key(entry.key, 0);
  read_variants_value(id, number_of_key(entry.key, 1), entry.value);
  if (!has_track(library, id)) throw Error(Fault::damaged, variants_name(id) + " have lost their track");
}

void for_each_check_pass(const std::function<void(const Database&, EntryCheck)>& pass) {
  for (const Database* database : databases_by(&Database::check_place)) {
    pass(*database, database->check);
    if (database->handle == &Databases::tracks) pass(*find_database("items"), check_items_have_a_track);
  }
}

void check_entry(const Database& database, EntryCheck check, const StoredEntry& entry,
                 CheckedLibrary& library) {
  if (database.key_bytes != 0) require_key_size(entry.key, database.key_bytes, database.name);
  check(entry, library);
}

}  // namespace echofold
