// A snapshot is one read transaction, shared by all threads that read it.
#include "index/store/snapshot.h"

#include <algorithm>
#include <utility>

#include "index/base/text/printable.h"
#include "index/store/database_keys.h"
#include "index/store/heard_value.h"
#include "index/store/variants_value.h"
#include "index/store/verdict.h"

namespace echofold {

Snapshot::Snapshot(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Snapshot::Snapshot(Snapshot&&) noexcept = default;
Snapshot& Snapshot::operator=(Snapshot&&) noexcept = default;
Snapshot::~Snapshot() = default;

std::uint64_t Snapshot::generation() const { return impl_->counters.generation; }

TrackId Snapshot::paired_through() const { return impl_->counters.paired_through; }

std::size_t Snapshot::track_count() const { return impl_->view.size(impl_->databases().tracks); }

TrackId Snapshot::last_track_id() const {
  const auto key = impl_->view.last_key(impl_->databases().tracks);
  if (!key) return 0;
  impl_->view.naming([&] { require_key_size(*key, 8, "tracks"); });
  return number_of_key(*key, 0);
}

std::optional<TrackRecord> Snapshot::track(TrackId id) const { return impl_->view.track(id); }

std::optional<TrackId> Snapshot::find_path(std::string_view path) const {
  return impl_->view.find_path(path);
}

Items Snapshot::items(TrackId id) const { return impl_->view.items(id); }

void Snapshot::for_each_track(const std::function<void(const TrackRecord&)>& visit) const {
  const View& view = impl_->view;
  view.for_each(impl_->databases().tracks, {}, [&](std::string_view key, std::string_view value) {
    view.naming([&] { require_key_size(key, 8, "tracks"); });
    visit(view.decode(number_of_key(key, 0), value));
    return true;
  });
}

std::vector<TrackId> Snapshot::tracks_with(const Hash128& hash) const {
  std::vector<TrackId> ids;
  if (impl_->has_classes) {
    for_each_class_entry(impl_->view, hash, [&](const ClassEntry& entry) {
      if (entry.hash != hash) return false;
      ids.push_back(entry.id);
      return true;
    });
    return ids;
  }
  const std::vector<ClassEntry>& entries = impl_->entries_by_records();
  for (auto at = std::lower_bound(entries.begin(), entries.end(), ClassEntry{hash, 0});
       at != entries.end() && at->hash == hash; ++at)
    ids.push_back(at->id);
  return ids;
}

std::vector<TrackId> Snapshot::representatives() const {
  if (impl_->has_classes) return stored_representatives(impl_->view);
  return representatives_of(impl_->entries_by_records());
}

void Snapshot::for_each_fingerprint(const std::function<void(const Hash128&, TrackId)>& visit) const {
  if (!impl_->has_classes) {
    for (const ClassEntry& entry : impl_->entries_by_records()) visit(entry.hash, entry.id);
    return;
  }
  for_each_class_entry(impl_->view, {}, [&](const ClassEntry& entry) {
    visit(entry.hash, entry.id);
    return true;
  });
}

std::vector<Root> Snapshot::roots() const {
  std::vector<Root> roots;
  const View& view = impl_->view;
  view.for_each(impl_->databases().roots, {}, [&](std::string_view, std::string_view value) {
    roots.push_back(view.naming([&] { return decode_root(value, "a root folder"); }));
    return true;
  });
  std::sort(roots.begin(), roots.end(), [](const Root& a, const Root& b) { return a.path < b.path; });
  return roots;
}

std::optional<Evidence> Snapshot::pair(TrackId a, TrackId b) const {
  const auto value = impl_->view.find(impl_->databases().pairs, PairKey(a, b).view());
  if (!value) return std::nullopt;
  return impl_->view.pair(a, b, *value);
}

void Snapshot::for_each_pair(const std::function<void(TrackId, TrackId, const Evidence&)>& visit) const {
  const View& view = impl_->view;
  view.for_each(impl_->databases().pairs, {}, [&](std::string_view key, std::string_view value) {
    view.naming([&] { require_key_size(key, 16, "pairs"); });
    const TrackId a = number_of_key(key, 0);
    const TrackId b = number_of_key(key, 1);
    visit(a, b, view.pair(a, b, value));
    return true;
  });
}

std::optional<Verdict> Snapshot::verdict(const Hash128& a, const Hash128& b) const {
  const auto value = impl_->view.find(impl_->databases().verdicts, in_order(a, b).key().view());
  if (!value) return std::nullopt;
  const Verdict stored = impl_->view.naming([&] { return decode_verdict(*value).verdict; });
  return b < a ? turned(stored) : stored;
}

std::int64_t Snapshot::verdict_time(const Hash128& a, const Hash128& b) const {
  const auto value = impl_->view.find(impl_->databases().verdicts, in_order(a, b).key().view());
  return value ? impl_->view.naming([&] { return decode_verdict(*value).said_at_s; }) : 0;
}

void Snapshot::for_each_verdict(
    const std::function<void(const Hash128&, const Hash128&, Verdict)>& visit) const {
  const View& view = impl_->view;
  view.for_each(impl_->databases().verdicts, {}, [&](std::string_view key, std::string_view value) {
    view.naming([&] { require_key_size(key, 32, "verdicts"); });
    const Hash128 a{number_of_key(key, 0), number_of_key(key, 1)};
    const Hash128 b{number_of_key(key, 2), number_of_key(key, 3)};
    visit(a, b, view.naming([&] { return decode_verdict(value).verdict; }));
    return true;
  });
}

std::optional<StoredLookup> Snapshot::lookup(const LookupKey& key) const {
  if (!impl_->databases().has_lookups()) return std::nullopt;
  const auto value = impl_->view.find(impl_->databases().lookups, lookup_key(key).view());
  if (!value) return std::nullopt;
  return impl_->view.naming([&] { return decode_lookup(key, *value); });
}

std::optional<Heard> Snapshot::heard(const HeardKey& key) const {
  if (!impl_->databases().has_heard()) return std::nullopt;
  const auto value = impl_->view.find(impl_->databases().heard, heard_key(key).view());
  if (!value) return std::nullopt;
  return impl_->view.naming([&] { return read_heard_value(key, *value); });
}

std::optional<SpeedVariants> Snapshot::variants(TrackId id) const {
  if (!impl_->databases().has_variants()) return std::nullopt;
  std::optional<SpeedVariants> found;
  const View& view = impl_->view;
  view.for_each(impl_->databases().variants, VariantsKey(id, 0).view(),
                [&](std::string_view key, std::string_view value) {
                  view.naming([&] { require_key_size(key, 16, "variants"); });
                  if (number_of_key(key, 0) == id)
                    found =
                        view.naming([&] { return read_variants_value(id, number_of_key(key, 1), value); });
                  return false;
                });
  return found;
}

void Snapshot::for_each_with_variants(const std::function<void(TrackId, std::uint32_t)>& visit) const {
  if (!impl_->databases().has_variants()) return;
  const View& view = impl_->view;
  view.for_each(impl_->databases().variants, {}, [&](std::string_view key, std::string_view) {
    view.naming([&] { require_key_size(key, 16, "variants"); });
    visit(number_of_key(key, 0), static_cast<std::uint32_t>(number_of_key(key, 1)));
    return true;
  });
}

std::optional<std::string> Snapshot::meta(std::string_view key) const {
  const auto value = impl_->view.find(impl_->databases().meta, meta_key(key));
  if (!value) return std::nullopt;
  return impl_->view.naming([&] { return decode_text(*value, "the entry " + std::string(key)); });
}

}  // namespace echofold
