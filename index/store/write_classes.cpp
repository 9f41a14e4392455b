// Updates the databases of classes together with the records.
#include <map>
#include <optional>

#include "index/base/text/printable.h"
#include "index/store/classes.h"
#include "index/store/database_keys.h"
#include "index/store/writer.h"

namespace echofold {
namespace {

ClassKey key_of(const TrackRecord& record) {
  return ClassKey(record.items_hash.high, record.items_hash.low, record.id);
}

std::optional<TrackId> first_of_class(const View& view, const Hash128& hash) {
  std::optional<TrackId> first;
  for_each_class_entry(view, hash, [&](const ClassEntry& entry) {
    if (entry.hash == hash) first = entry.id;
    return false;
  });
  return first;
}

}  // namespace

void Writer::Impl::add_to_class(const TrackRecord& record) {
  if (!view.databases().has_classes() || !has_class(record)) return;
  const auto first = first_of_class(view, record.items_hash);
  put(view.databases().classes, key_of(record).view(), {});
  if (first && *first < record.id) return;
  if (first) set_representative(*first, false);
  set_representative(record.id, true);
}

void Writer::Impl::remove_from_class(const TrackRecord& record) {
  if (!view.databases().has_classes() || !has_class(record)) return;
  remove(view.databases().classes, key_of(record).view());
  const auto first = first_of_class(view, record.items_hash);
  if (first && *first < record.id) return;
  set_representative(record.id, false);
  if (first) set_representative(*first, true);
}

void Writer::Impl::set_representative(TrackId id, bool is_one) {
  const MDB_dbi database = view.databases().representatives;
  const TrackKey key(IdBlock::number_of(id));
  const auto stored = view.find(database, key.view());
  IdBlock block = stored ? view.naming([&] { return IdBlock::decode(*stored); }) : IdBlock();
  block.set(id, is_one);
  put(database, key.view(), block.encode());
}

void Writer::Impl::fill_classes(const Databases& databases) {
  const std::vector<ClassEntry> entries = classes_by_records(view);
  for (const ClassEntry& entry : entries)
    put(databases.classes, ClassKey(entry.hash.high, entry.hash.low, entry.id).view(), {}, MDB_APPEND);
  std::map<std::uint64_t, IdBlock> blocks;
  for (const TrackId id : representatives_of(entries)) blocks[IdBlock::number_of(id)].set(id, true);
  for (const auto& [number, block] : blocks)
    put(databases.representatives, TrackKey(number).view(), block.encode(), MDB_APPEND);
}

}  // namespace echofold
