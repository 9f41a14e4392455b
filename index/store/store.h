// The library on disk: one LMDB environment with named databases (docs/FORMAT.md).
//
// A library has one writer at a time (a lock file), and any number of readers. A process opens a library once.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "index/model/evidence.h"
#include "index/model/fingerprint.h"
#include "index/model/heard.h"
#include "index/model/record.h"
#include "index/model/speed_variants.h"
#include "index/store/stored_lookup.h"

namespace echofold {

/// A consistent view of the library. Holds a read transaction: it should be short-lived beside a writer, which can't
/// reuse the pages that it sees, and it must not live during Store::write (the map could not grow).
/// Movable. Many threads may read it at once.
class Snapshot {
 public:
  Snapshot(Snapshot&&) noexcept;
  Snapshot& operator=(Snapshot&&) noexcept;
  ~Snapshot();

  /// Rises with every committed write.
  std::uint64_t generation() const;
  std::size_t track_count() const;
  TrackId last_track_id() const;  ///< 0 for an empty library

  std::optional<TrackRecord> track(TrackId id) const;
  std::optional<TrackId> find_path(std::string_view path) const;

  /// The raw items, not copied: valid as long as this snapshot. Empty for unknown ids and for tracks
  /// without a fingerprint. @throws Error Fault::damaged when the length or checksum is wrong
  Items items(TrackId id) const;

  /// In ascending order of id.
  void for_each_track(const std::function<void(const TrackRecord&)>& visit) const;

  /// Tracks of status `fingerprinted` with identical items form a class; its lowest id represents it. These three
  /// read databases that the store derives from the records, and decode no record. Callers that act on an answer must
  /// compare the records' hashes. A library of format 1 has no such databases: the first of these calls decodes every
  /// record. @throws Error Fault::damaged
  std::vector<TrackId> tracks_with(const Hash128& hash) const;  ///< ascending
  std::vector<TrackId> representatives() const;                 ///< ascending
  /// In ascending order of (hash, id).
  void for_each_fingerprint(const std::function<void(const Hash128& hash, TrackId id)>& visit) const;

  std::vector<Root> roots() const;

  std::optional<Evidence> pair(TrackId a, TrackId b) const;  ///< a < b
  void for_each_pair(const std::function<void(TrackId a, TrackId b, const Evidence&)>& visit) const;
  /// All pairs of tracks up to this id are in the store. 0: no pairs were looked for yet.
  TrackId paired_through() const;

  std::optional<Verdict> verdict(const Hash128& a, const Hash128& b) const;  ///< in the caller's order
  std::int64_t verdict_time(const Hash128& a, const Hash128& b) const;       ///< Unix time in s; 0: not known
  /// Each pair once, in ascending order of hashes (a <= b).
  void for_each_verdict(
      const std::function<void(const Hash128& a, const Hash128& b, Verdict verdict)>& visit) const;

  std::optional<std::string> meta(std::string_view key) const;

  /// The answer that put_lookup stored under this key. Always empty in a library of a format before 3.
  std::optional<StoredLookup> lookup(const LookupKey& key) const;

  /// What put_heard stored under this key. Empty if nothing was, if another version of echofold stored it in another
  /// layout, and always in a library of a format before 4: the pair is listened to again.
  std::optional<Heard> heard(const HeardKey& key) const;

  /// What put_variants stored of this track. Always empty in a library of a format before 5.
  std::optional<SpeedVariants> variants(TrackId id) const;
  /// The tracks that have variants, and how far their speeds reach. In ascending order of id. Reads no variant.
  void for_each_with_variants(const std::function<void(TrackId id, std::uint32_t percent)>& visit) const;

 private:
  friend class Store;
  struct Impl;
  explicit Snapshot(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Changes the library in one write transaction. Lives only inside Store::write.
class Writer {
 public:
  /// Inserts (id 0: the track gets the next id) or replaces a track and its items; updates the path table.
  /// Sets item_count and items_hash from `items`. A track whose items changed is another track: the old id
  /// is removed with its pairs, and the record gets the next id, so that it is paired again. @return its id
  /// @throws Error Fault::unsupported for 2^24 items and more (24 days)
  TrackId put_track(TrackRecord record, Items items);
  /// Replaces the record only; the items and pairs stay.
  void update_track(const TrackRecord& record);
  void remove_track(TrackId id);  ///< with items, variants, path entries and pairs
  void put_root(const Root& root);
  void put_pair(TrackId a, TrackId b, const Evidence& evidence);  ///< a < b
  void set_paired_through(TrackId id);
  void drop_pairs();  ///< all of them, and sets paired_through to 0
  /// @param said_at_s  Unix time; 0: not known
  void put_verdict(const Hash128& a, const Hash128& b, Verdict verdict, std::int64_t said_at_s = 0);
  void remove_verdict(const Hash128& a, const Hash128& b);
  void put_meta(std::string_view key, std::string_view value);
  void remove_meta(std::string_view key);  ///< does nothing when the key is not there
  /// Inserts or replaces. Does nothing in a library that could not be upgraded to format 3: nothing depends on it.
  void put_lookup(const LookupKey& key, const StoredLookup& lookup);
  /// Inserts or replaces. Does nothing in a library that could not be upgraded to format 4: nothing depends on it.
  /// @throws Error Fault::usage when the hashes are not in ascending order, or one is not known
  void put_heard(const HeardKey& key, const Heard& heard);
  /// Inserts or replaces the variants of a track of the library. They go with the track. Does nothing in a library that
  /// could not be upgraded to format 5: the next scan makes them again.
  void put_variants(TrackId id, const SpeedVariants& variants);
  void drop_variants();  ///< of all tracks
  std::optional<TrackId> find_path(std::string_view path) const;
  std::optional<TrackRecord> track(TrackId id) const;

 private:
  friend class Store;
  friend class LibraryRebuild;
  struct Impl;
  explicit Writer(Impl& impl) : impl_(impl) {}
  Impl& impl_;
};

struct StoreOptions {
  std::size_t map_bytes = std::size_t{1} << 30;  ///< to start with; grows by doubling
};

class Store {
 public:
  /// Opens for reading and writing and holds the library's lock; creates the folder and an empty library
  /// (mode 0700 / 0600) where there is none.
  /// @throws Error  Fault::locked when another run holds it, Fault::version for a store of another version,
  ///                Fault::unsupported on a network file system, Fault::damaged, Fault::io, Fault::full
  static Store open(const std::filesystem::path& dir, const StoreOptions& options = {});

  /// Opens for reading only; takes no lock, so it works beside a running scan.
  /// @throws Error  Fault::no_database where there is none, else as open()
  static Store open_to_read(const std::filesystem::path& dir, const StoreOptions& options = {});

  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  Snapshot snapshot() const;

  /// Runs `body` in one transaction and commits it durably. When the map is full the transaction is aborted,
  /// the map doubled and `body` run again: it must give the same result when run twice.
  /// Whatever `body` throws aborts the transaction and passes through.
  void write(const std::function<void(Writer&)>& body);

  const std::filesystem::path& dir() const noexcept;
  /// A random UUID, given when the library was made. It shows to which library a plan belongs.
  const std::string& library_id() const noexcept;
  bool writable() const noexcept;

 private:
  struct Impl;
  explicit Store(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Reads every value of the library and checks it, in a child process, since LMDB may end a process that reads
/// a damaged file. Must be called before other threads are started.
/// @throws Error  Fault::damaged with the first thing that is wrong, else as Store::open_to_read
void check_library(const std::filesystem::path& dir);

}  // namespace echofold
