// Postings on disk: FAISS inverted lists, built in bulk and opened by mapping. LSM-like: tracks newer than
// the file live in a small delta in memory.
#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "index/base/progress.h"
#include "index/candidates/keys.h"
#include "index/candidates/postings.h"
#include "index/model/fingerprint.h"

namespace echofold {

struct IndexedTrack {
  TrackId id = 0;
  Items items;
};

/// What an index file was built from; it is never used for anything else.
struct IndexStamp {
  std::uint64_t library_hash = 0;  ///< of the library's id
  TrackId built_through = 0;       ///< every representative up to this id is inside
  KeySettings keys;
  bool operator==(const IndexStamp&) const = default;
};

/// What an index of a library can hold at most. A file may claim any size, and one with holes has it for nothing.
struct IndexBounds {
  std::uint64_t tracks = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t postings = std::numeric_limits<std::uint64_t>::max();
};

class CandidateIndex {
 public:
  /// Writes a new index beside `file` and renames it over it: readers and crashes see the old or the new one.
  ///
  /// Two files: `file` (FAISS's serialised IndexBinaryIVF with the table of lists, then the track ids and the
  /// stamp), and `<file>.<build>.lists` (the postings, mapped), named by the hash of its content. Files of
  /// earlier builds, finished or not, are removed. Sorts in parallel; the bytes of both depend on the tracks
  /// and the stamp alone. Needs about 12 bytes of memory a posting.
  /// @param tracks  each id once, below 2^40
  /// @throws Error Fault::io, Fault::full, Fault::permission, Fault::missing (no such folder)
  static void build(const std::filesystem::path& file, std::span<const IndexedTrack> tracks,
                    const IndexStamp& stamp, const Progress& progress = {});

  /// Maps the file: milliseconds, whatever its size. Nothing when it is not there, damaged, or of another
  /// library, format or key settings, or when its postings are missing or of another build: then it has to be
  /// built again. All of `file` is checked against its checksum; the postings are not read (see intact()),
  /// and no value in them can lead outside the mapping. What claims more than `most` is neither mapped nor read.
  static std::optional<CandidateIndex> open(const std::filesystem::path& file, std::uint64_t library_hash,
                                            const KeySettings& keys, const IndexBounds& most = {});

  /// An index of nothing, to which a delta can be added.
  static CandidateIndex empty(const IndexStamp& stamp);

  CandidateIndex(CandidateIndex&&) noexcept;
  CandidateIndex& operator=(CandidateIndex&&) noexcept;
  ~CandidateIndex();

  /// Of the file; tracks that were added to the delta don't change it.
  const IndexStamp& stamp() const noexcept;

  /// Reads all postings of the file and compares them with their checksums. False if a byte is off.
  bool intact() const;

  /// Files further tracks in memory (the delta). Not thread-safe; everything const is. The cost grows with
  /// the size of the whole delta, so add many at once.
  /// @param tracks  each id once, none that is in the index already
  void add(std::span<const IndexedTrack> tracks);

  std::size_t posting_count() const noexcept;  ///< with the delta

  /// The tracks that were filed, those without a posting too; delta included. Ascending.
  const std::vector<TrackId>& track_ids() const noexcept;

  /// Sets found[i] to the postings of keys[i]; both have the same size. Looks many keys up at once so that
  /// the waits for memory overlap: a few hundred a call is best. Valid until add().
  void find(std::span<const Key> keys, std::span<KeyPostings> found) const;

  /// Tells the system that most of the file is about to be read.
  void expect_full_read() const noexcept;

 private:
  struct Impl;
  explicit CandidateIndex(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace echofold
