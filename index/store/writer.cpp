// The changes of a write transaction, entry by entry.
#include "index/store/writer.h"

#include <algorithm>
#include <utility>

#include "index/store/classes.h"
#include "index/store/database_keys.h"
#include "index/store/items_value.h"
#include "index/store/variants_value.h"
#include "index/store/verdict.h"
#include "index/store/write_classes.h"

namespace echofold {
namespace {

constexpr std::size_t track_items_end = std::size_t{1}
                                        << 24;  // the positions that a posting of the index can name

template <class Visit>
void for_each_path(const TrackRecord& record, const Visit& visit) {
  visit(record.path);
  for (const std::string& path : record.link_paths) visit(path);
}

/// The second numbers of the keys whose first one is `id`.
std::vector<std::uint64_t> partners_of(const View& view, MDB_dbi database, TrackId id) {
  std::vector<std::uint64_t> partners;
  view.for_each(database, PairKey(id, 0).view(), [&](std::string_view key, std::string_view) {
    require_key_size(key, 16, "pairs or variants");
    if (number_of_key(key, 0) != id) return false;
    partners.push_back(number_of_key(key, 1));
    return true;
  });
  return partners;
}

void require_order(TrackId a, TrackId b) {
  if (a == 0 || a >= b)
    throw Error(Fault::usage, "a pair of tracks has to be given with the smaller id first: " +
                                  std::to_string(a) + ", " + std::to_string(b));
}

// Files whose payload is not known all have the hash zero: what was heard of one holds for no other.
void require_order(const HeardKey& key) {
  if (!key.a.known() || !key.b.known() || key.b < key.a)
    throw Error(Fault::usage,
                "what was heard of a pair has to be given with two known hashes, the smaller one first");
}

}  // namespace

TrackId Writer::Impl::next_id() {
  if (counters.next_track >= track_id_end)
    throw Error(Fault::full, "the library " + environment.dir().string() + " has used up all track ids");
  return counters.next_track++;
}

TrackRecord Writer::Impl::require_track(TrackId id) const {
  auto record = view.track(id);
  if (!record) throw Error(Fault::usage, "track " + std::to_string(id) + " is not in the library");
  return *std::move(record);
}

void Writer::Impl::insert(TrackRecord& record, Items items) {
  record.id = next_id();
  const TrackKey key(record.id);
  // Ids only rise: appending fills the pages and needs no search in the tree.
  put(view.databases().tracks, key.view(), encode(record), MDB_APPEND);
  if (!items.empty()) {
    const std::size_t page_bytes = environment.page_bytes();
    char* to =
        reserve(view.databases().items, key.view(), items_value_bytes(items.size(), page_bytes), MDB_APPEND);
    write_items_value(to, record.id, items, page_bytes);
  }
  add_paths(record);
  add_to_class(*this, record);
}

void Writer::Impl::add_paths(const TrackRecord& record) {
  const std::string value = encode_number(record.id);
  for_each_path(record,
                [&](const std::string& path) { put(view.databases().paths, path_key(path).view(), value); });
}

// An entry that another track has got in the meantime stays.
void Writer::Impl::remove_paths(const TrackRecord& record) {
  for_each_path(record, [&](const std::string& path) {
    if (view.path_entry(path) == record.id) remove(view.databases().paths, path_key(path).view());
  });
}

void Writer::Impl::remove_pairs(TrackId id) {
  const Databases& databases = view.databases();
  for (const TrackId b : partners_of(view, databases.pairs, id)) {
    remove(databases.pairs, PairKey(id, b).view());
    remove(databases.partners, PairKey(b, id).view());
  }
  for (const TrackId a : partners_of(view, databases.partners, id)) {
    remove(databases.pairs, PairKey(a, id).view());
    remove(databases.partners, PairKey(id, a).view());
  }
}

void Writer::Impl::remove_variants(TrackId id) {
  const Databases& databases = view.databases();
  if (!databases.has_variants()) return;
  for (const std::uint64_t percent : partners_of(view, databases.variants, id))
    remove(databases.variants, VariantsKey(id, percent).view());
}

TrackId Writer::put_track(TrackRecord record, Items items) {
  if (items.size() >= track_items_end)
    throw Error(Fault::unsupported, "a recording of 24 days and more can't be stored: " + record.path);
  record.item_count = static_cast<std::uint32_t>(items.size());
  record.items_hash = items.empty() ? Hash128{} : hash_items(items);
  if (record.id != 0) {
    const TrackRecord old = impl_.require_track(record.id);
    if (old.item_count == record.item_count && old.items_hash == record.items_hash) {
      update_track(record);
      return record.id;
    }
    remove_track(record.id);
  }
  impl_.insert(record, items);
  return record.id;
}

void Writer::update_track(const TrackRecord& record) {
  const TrackRecord old = impl_.require_track(record.id);
  TrackRecord next = record;
  next.item_count = old.item_count;
  next.items_hash = old.items_hash;
  if (old.path != next.path || old.link_paths != next.link_paths) impl_.remove_paths(old);
  impl_.put(impl_.view.databases().tracks, TrackKey(next.id).view(), encode(next));
  impl_.add_paths(next);
  if (has_class(old) == has_class(next)) return;
  if (has_class(next))
    add_to_class(impl_, next);
  else
    remove_from_class(impl_, old);
}

void Writer::remove_track(TrackId id) {
  const auto record = impl_.view.track(id);
  if (!record) return;
  impl_.remove_paths(*record);
  impl_.remove_pairs(id);
  impl_.remove_variants(id);
  remove_from_class(impl_, *record);
  impl_.remove(impl_.view.databases().items, TrackKey(id).view());
  impl_.remove(impl_.view.databases().tracks, TrackKey(id).view());
}

void Writer::put_root(const Root& root) {
  impl_.put(impl_.view.databases().roots, path_key(root.path).view(), encode(root));
}

void Writer::put_pair(TrackId a, TrackId b, const Evidence& evidence) {
  require_order(a, b);
  impl_.put(impl_.view.databases().pairs, PairKey(a, b).view(), encode(evidence));
  impl_.put(impl_.view.databases().partners, PairKey(b, a).view(), {});
}

void Writer::set_paired_through(TrackId id) { impl_.counters.paired_through = id; }

void Writer::drop_pairs() {
  impl_.clear(impl_.view.databases().pairs);
  impl_.clear(impl_.view.databases().partners);
  impl_.counters.paired_through = 0;
}

void Writer::put_verdict(const Hash128& a, const Hash128& b, Verdict verdict, std::int64_t said_at_s) {
  const OrderedVerdict pair = in_order(a, b, verdict);
  impl_.put(impl_.view.databases().verdicts, pair.key().view(), encode(SaidVerdict{pair.verdict, said_at_s}));
}

void Writer::remove_verdict(const Hash128& a, const Hash128& b) {
  impl_.remove(impl_.view.databases().verdicts, in_order(a, b).key().view());
}

void Writer::put_meta(std::string_view key, std::string_view value) {
  impl_.put(impl_.view.databases().meta, meta_key(key), encode_text(value));
}

void Writer::remove_meta(std::string_view key) { impl_.remove(impl_.view.databases().meta, meta_key(key)); }

void Writer::put_lookup(const LookupKey& key, const StoredLookup& lookup) {
  if (!impl_.view.databases().has_lookups()) return;
  impl_.put(impl_.view.databases().lookups, lookup_key(key).view(), encode(key, lookup));
}

void Writer::put_heard(const HeardKey& key, const Heard& heard) {
  require_order(key);
  if (!impl_.view.databases().has_heard()) return;
  impl_.put(impl_.view.databases().heard, heard_key(key).view(), encode(key, heard));
}

void Writer::put_variants(TrackId id, const SpeedVariants& variants) {
  const Databases& databases = impl_.view.databases();
  if (!databases.has_variants()) return;
  impl_.require_track(id);
  impl_.remove_variants(id);
  impl_.put(databases.variants, VariantsKey(id, variants.percent).view(), encode(id, variants));
}

void Writer::drop_variants() {
  if (impl_.view.databases().has_variants()) impl_.clear(impl_.view.databases().variants);
}

std::optional<TrackId> Writer::find_path(std::string_view path) const { return impl_.view.find_path(path); }

std::optional<TrackRecord> Writer::track(TrackId id) const { return impl_.view.track(id); }

}  // namespace echofold
