// A class has one entry for each of its tracks; the one with the lowest id represents it.
#include "index/store/write_classes.h"

#include <map>
#include <optional>

#include "index/base/text/printable.h"
#include "index/store/classes.h"
#include "index/store/database_keys.h"

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

void set_representative(WriteTransaction& transaction, TrackId id, bool is_one) {
  const View& view = transaction.view;
  const MDB_dbi database = view.databases().representatives;
  const TrackKey key(IdBlock::number_of(id));
  const auto stored = view.find(database, key.view());
  IdBlock block = stored ? view.naming([&] { return IdBlock::decode(*stored); }) : IdBlock();
  block.set(id, is_one);
  transaction.put(database, key.view(), block.encode());
}

}  // namespace

void add_to_class(WriteTransaction& transaction, const TrackRecord& record) {
  const View& view = transaction.view;
  if (!view.databases().has_classes() || !has_class(record)) return;
  const auto first = first_of_class(view, record.items_hash);
  transaction.put(view.databases().classes, key_of(record).view(), {});
  if (first && *first < record.id) return;
  if (first) set_representative(transaction, *first, false);
  set_representative(transaction, record.id, true);
}

void remove_from_class(WriteTransaction& transaction, const TrackRecord& record) {
  const View& view = transaction.view;
  if (!view.databases().has_classes() || !has_class(record)) return;
  transaction.remove(view.databases().classes, key_of(record).view());
  const auto first = first_of_class(view, record.items_hash);
  if (first && *first < record.id) return;
  set_representative(transaction, record.id, false);
  if (first) set_representative(transaction, *first, true);
}

void fill_classes(WriteTransaction& transaction, const Databases& databases) {
  const std::vector<ClassEntry> entries = classes_by_records(transaction.view);
  for (const ClassEntry& entry : entries)
    transaction.put(databases.classes, ClassKey(entry.hash.high, entry.hash.low, entry.id).view(), {},
                    MDB_APPEND);
  std::map<std::uint64_t, IdBlock> blocks;
  for (const TrackId id : representatives_of(entries)) blocks[IdBlock::number_of(id)].set(id, true);
  for (const auto& [number, block] : blocks)
    transaction.put(databases.representatives, TrackKey(number).view(), block.encode(), MDB_APPEND);
}

}  // namespace echofold
