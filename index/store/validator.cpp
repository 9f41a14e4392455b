// One pass a database, in the order in which they depend on each other.
#include "index/store/validator.h"

#include <algorithm>
#include <cstring>
#include <functional>

#include "index/base/bytes.h"
#include "index/store/classes.h"
#include "index/store/database_keys.h"
#include "index/store/items_value.h"
#include "index/store/verdict.h"

namespace echofold {
namespace {

/// The path in the bytes of a record whose checksum is wrong: a name is better than none.
std::string likely_path(std::string_view bytes) {
  constexpr std::size_t at = 1 + sizeof(TrackId);
  std::uint32_t size = 0;
  if (bytes.size() < at + sizeof size) return {};
  std::memcpy(&size, bytes.data() + at, sizeof size);
  const std::string_view rest = bytes.substr(at + sizeof size);
  if (size > rest.size() || size > 4096 || !rest.starts_with('/')) return {};
  const std::string_view path = rest.substr(0, size);
  return path.find('\0') == std::string_view::npos ? std::string(path) : std::string();
}

class Validator {
 public:
  explicit Validator(Salvage& tables) : tables_(tables) {}

  Validated run() {
    for (const std::string& problem : tables_.head_problems()) note("library", problem);
    meta();
    items();
    tracks();
    lone_items();
    pairs();
    others();
    for (const char* name : {"tracks", "items", "pairs", "verdicts", "roots", "meta", "paths", "partners",
                             "classes", "representatives", "lookups"}) {
      const SalvagedTable& table = tables_.table(name);
      for (const std::string& problem : table.problems) note(name, problem);
      out_.health.tables.push_back({name, table.entries.size(), damaged_[name], table.missing});
    }
    return std::move(out_);
  }

 private:
  using Use = std::function<void(std::string_view key, std::string_view value)>;

  void note(const std::string& table, const std::string& why, TrackId track = 0, std::string path = {}) {
    out_.health.damages.push_back({table, track, std::move(path), why});
  }

  /// Keeps the entries that `use` takes without an Error.
  void check_table(const std::string& name, std::size_t key_bytes, const Use& use) {
    auto& entries = tables_.table(name).entries;
    std::size_t kept = 0;
    for (SalvagedEntry& entry : entries) {
      std::string value;
      const bool numbered = entry.key.size() == 8 && key_bytes == 8;
      try {
        value = tables_.read(entry);
        if (key_bytes != 0) require_key_size(entry.key, key_bytes, name.c_str());
        use(entry.key, value);
      } catch (const Error& e) {
        // What another echofold wrote on purpose is not hurt, and must not be left out of a repaired library.
        if (e.fault() == Fault::io || (e.fault() == Fault::version && is_sealed(value))) throw;
        ++damaged_[name];
        note(name, e.what(), numbered ? number_of_key(entry.key, 0) : 0,
             name == "tracks" ? likely_path(value) : std::string());
        continue;
      }
      if (&entries[kept] != &entry) entries[kept] = std::move(entry);
      ++kept;
    }
    entries.resize(kept);
  }

  void meta() {
    check_table("meta", 0, [&](std::string_view key, std::string_view value) {
      if (key == "format") {
        const auto format = decode_number(value, "the format number");
        if (format < format_without_classes || format > store_format) another_format_ = format;
      } else if (key == "library_id") {
        out_.meta.library_id = decode_text(value, "the library's id");
      } else if (key == "counters") {
        out_.meta.counters = decode_counters(value);
      } else if (key.starts_with(user_meta_prefix)) {
        decode_text(value, "the entry " + std::string(key));
      } else {
        throw Error(Fault::damaged, "an entry has a name that does not exist");
      }
    });
    if (another_format_ != 0)
      throw Error(Fault::version, "the library was written by format " + std::to_string(another_format_) +
                                      ", this echofold knows " + std::to_string(store_format) +
                                      ": use the echofold that wrote it");
    if (out_.meta.library_id.empty()) note("meta", "the library's id is lost");
    if (!out_.meta.counters) note("meta", "the library's counters are lost");
    if (tables_.table("meta").find("format") == nullptr) note("meta", "the library's format is lost");
  }

  void items() {
    check_table("items", 8, [&](std::string_view key, std::string_view value) {
      const TrackId id = number_of_key(key, 0);
      const Items items = read_items_value(value, id, tables_.page_bytes());
      fingerprints_.push_back({id, static_cast<std::uint32_t>(items.size()), hash_items(items)});
      see(id);
    });
  }

  void tracks() {
    check_table("tracks", 8, [&](std::string_view key, std::string_view value) {
      const TrackId id = number_of_key(key, 0);
      const std::string what = "track " + std::to_string(id);
      const TrackRecord record = decode_track(value, what);
      if (record.id != id || id == 0 || id >= track_id_end)
        throw Error(Fault::damaged, what + " is damaged: it is the record of another track");
      see(id);
      const Fingerprint* items = fingerprint_of(id);
      if (record.item_count != (items == nullptr ? 0 : items->count) ||
          (items != nullptr && items->hash != record.items_hash))
        throw Error(Fault::damaged, what + " has lost its fingerprint");
      track_ids_.push_back(id);
    });
  }

  void lone_items() {
    check_table("items", 8, [&](std::string_view key, std::string_view) {
      if (!has_track(number_of_key(key, 0))) throw Error(Fault::damaged, "a fingerprint has lost its track");
    });
  }

  void pairs() {
    const std::size_t before = tables_.table("pairs").entries.size();
    check_table("pairs", 16, [&](std::string_view key, std::string_view value) {
      const TrackId a = number_of_key(key, 0), b = number_of_key(key, 1);
      const std::string name = pair_name(a, b);
      decode_evidence(value, name);
      if (a >= b || tables_.table("partners").find(PairKey(b, a).view()) == nullptr)
        throw Error(Fault::damaged, name + " is damaged: its other entry is not there");
      if (!has_track(a) || !has_track(b)) throw Error(Fault::damaged, name + " has lost a track");
    });
    check_table("partners", 16, [&](std::string_view key, std::string_view) {
      const TrackId b = number_of_key(key, 0), a = number_of_key(key, 1);
      if (tables_.table("pairs").find(PairKey(a, b).view()) == nullptr)
        throw Error(Fault::damaged, pair_name(a, b) + " is lost");
    });
    const SalvagedTable& table = tables_.table("pairs");
    out_.pairs_are_complete = table.problems.empty() && tables_.table("partners").problems.empty() &&
                              table.entries.size() == before && damaged_["partners"] == 0;
  }

  void others() {
    check_table("roots", 16, [](std::string_view key, std::string_view value) {
      if (path_key(decode_root(value, "a root folder").path).view() != key)
        throw Error(Fault::damaged, "a root folder is damaged: it stands under another name");
    });
    check_table("verdicts", 32, [](std::string_view, std::string_view value) { decode_verdict(value); });
    check_table("paths", 16, [](std::string_view, std::string_view value) {
      decode_number(value, "an entry of the path table");
    });
    check_table("classes", 24, [](std::string_view, std::string_view) {});
    check_table("representatives", 8,
                [](std::string_view, std::string_view value) { IdBlock::decode(value); });
    check_table("lookups", 24, [](std::string_view key, std::string_view value) {
      decode_lookup(lookup_of_key(key), value);
    });
  }

  struct Fingerprint {
    TrackId id;
    std::uint32_t count;
    Hash128 hash;
  };
  const Fingerprint* fingerprint_of(TrackId id) const {
    const auto at = std::lower_bound(fingerprints_.begin(), fingerprints_.end(), id,
                                     [](const Fingerprint& one, TrackId wanted) { return one.id < wanted; });
    return at != fingerprints_.end() && at->id == id ? &*at : nullptr;
  }
  bool has_track(TrackId id) const { return std::binary_search(track_ids_.begin(), track_ids_.end(), id); }
  void see(TrackId id) { out_.greatest_id = std::max(out_.greatest_id, id); }

  Salvage& tables_;
  Validated out_;
  std::map<std::string, std::uint64_t> damaged_;
  std::vector<Fingerprint> fingerprints_;  ///< ascending
  std::vector<TrackId> track_ids_;         ///< ascending
  std::uint64_t another_format_ = 0;
};

}  // namespace

Validated validate(Salvage& tables) { return Validator(tables).run(); }

}  // namespace echofold
