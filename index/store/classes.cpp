// Reads the databases of classes, and derives the same from the records.
#include "index/store/classes.h"

#include <algorithm>
#include <bit>

#include "index/base/bytes.h"
#include "index/base/text/printable.h"
#include "index/store/database_keys.h"

namespace echofold {
namespace {

constexpr std::uint8_t id_block_version = 1;

}  // namespace

std::vector<ClassEntry> classes_by_records(const View& view) {
  std::vector<ClassEntry> entries;
  entries.reserve(view.size(view.databases().tracks));
  view.for_each(view.databases().tracks, {}, [&](std::string_view key, std::string_view value) {
    view.naming([&] { require_key_size(key, 8, "tracks"); });
    const TrackRecord record = view.decode(number_of_key(key, 0), value);
    if (has_class(record)) entries.push_back({record.items_hash, record.id});
    return true;
  });
  std::sort(entries.begin(), entries.end());
  return entries;
}

std::vector<TrackId> representatives_of(const std::vector<ClassEntry>& entries) {
  std::vector<TrackId> ids;
  for (std::size_t i = 0; i < entries.size(); ++i)
    if (i == 0 || entries[i].hash != entries[i - 1].hash) ids.push_back(entries[i].id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

void for_each_class_entry(const View& view, const Hash128& from,
                          const std::function<bool(const ClassEntry&)>& visit) {
  view.for_each(view.databases().classes, ClassKey(from.high, from.low, 0).view(),
                [&](std::string_view key, std::string_view) {
                  view.naming([&] { require_key_size(key, 24, "classes"); });
                  return visit({{number_of_key(key, 0), number_of_key(key, 1)}, number_of_key(key, 2)});
                });
}

std::vector<TrackId> stored_representatives(const View& view) {
  std::vector<TrackId> ids;
  ids.reserve(view.size(view.databases().classes));
  view.for_each(view.databases().representatives, {}, [&](std::string_view key, std::string_view value) {
    view.naming([&] {
      require_key_size(key, 8, "representatives");
      if (number_of_key(key, 0) > IdBlock::number_of(track_id_end))
        throw Error(Fault::damaged, "the database representatives has a key that no track can have");
      IdBlock::decode(value).append_to(ids, number_of_key(key, 0));
    });
    return true;
  });
  return ids;
}

IdBlock IdBlock::decode(std::string_view bytes) {
  const std::string what = "a block of the representatives";
  ByteReader from(bytes, id_block_version, what);
  IdBlock block;
  for (std::uint64_t& word : block.words_) word = from.number<std::uint64_t>();
  from.finish();
  return block;
}

std::string IdBlock::encode() const {
  ByteWriter to(id_block_version);
  for (const std::uint64_t word : words_) to.number(word);
  return to.seal();
}

void IdBlock::set(TrackId id, bool inside) noexcept {
  std::uint64_t& word = words_[id % ids / 64];
  const std::uint64_t bit = std::uint64_t{1} << id % 64;
  word = inside ? word | bit : word & ~bit;
}

void IdBlock::append_to(std::vector<TrackId>& to, std::uint64_t number) const {
  for (std::size_t i = 0; i < words_.size(); ++i)
    for (std::uint64_t word = words_[i]; word != 0; word &= word - 1)
      to.push_back(number * ids + i * 64 + static_cast<TrackId>(std::countr_zero(word)));
}

}  // namespace echofold
