// The candidate index: postings on disk in FAISS's inverted lists, built in bulk and opened by mapping. Tracks that are
// newer than the file are in a small delta in memory, as in an LSM tree.
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

/// Names what an index file was built from. The file is never used for anything else.
struct IndexStamp {
  std::uint64_t library_hash = 0;  ///< of the library's id
  TrackId built_through = 0;       ///< every representative up to this id is in the index
  KeySettings keys;
  bool operator==(const IndexStamp&) const = default;
};

/// The most that an index of a library can hold. A damaged file may claim any size, and a sparse file has any size
/// without using space.
struct IndexBounds {
  std::uint64_t tracks = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t postings = std::numeric_limits<std::uint64_t>::max();
};

class CandidateIndex {
 public:
  /// Writes a new index beside `file` and renames it to `file`: readers see the old or the new index, also after a
  /// crash.
  ///
  /// An index is two files: `file` (FAISS's serialised IndexBinaryIVF with the table of lists, then the track ids and
  /// the stamp), and `<file>.<build>.lists` (the postings, mapped), named by the hash of its content. Files of
  /// earlier builds, finished or not, are removed. Sorts in parallel; the bytes of both files depend on the tracks
  /// and the stamp alone. Needs about 12 bytes of memory per posting.
  /// @param tracks  each id once, below 2^40
  /// @throws Error Fault::io, Fault::full, Fault::permission, Fault::missing (no such folder)
  static void build(const std::filesystem::path& file, std::span<const IndexedTrack> tracks,
                    const IndexStamp& stamp, const Progress& progress = {});

  /// Maps the file, which takes milliseconds, whatever its size. Returns nothing when the file is not there, damaged,
  /// or of another library, format or key settings, or when its postings are missing or of another build: then the
  /// index must be built again. All of `file` is checked against its checksum. The postings are not read (see
  /// intact()), and no value in them can lead outside the mapping. A file that claims more than `most` is neither
  /// mapped nor read.
  static std::optional<CandidateIndex> open(const std::filesystem::path& file, std::uint64_t library_hash,
                                            const KeySettings& keys, const IndexBounds& most = {});

  /// An index without a file, to which a delta can be added.
  static CandidateIndex empty(const IndexStamp& stamp);

  CandidateIndex(CandidateIndex&&) noexcept;
  CandidateIndex& operator=(CandidateIndex&&) noexcept;
  ~CandidateIndex();

  /// The stamp of the file. Tracks that are added to the delta don't change it.
  const IndexStamp& stamp() const noexcept;

  /// Reads all postings of the file and compares them with their checksums. False if a byte is wrong.
  bool intact() const;

  /// Files further tracks in the delta. Not thread-safe; all const functions are. The cost grows with
  /// the size of the whole delta, so many tracks should be added at once.
  /// @param tracks  each id once, and no id that is already in the index
  void add(std::span<const IndexedTrack> tracks);

  std::size_t posting_count() const noexcept;  ///< including the delta

  /// The tracks that were filed, including the delta and tracks without a posting. Ascending.
  const std::vector<TrackId>& track_ids() const noexcept;

  /// Sets found[i] to the postings of keys[i]; both spans have the same size. Many keys are looked up at once, so that
  /// the waits for memory overlap: a few hundred per call are best. The postings are valid until add().
  void find(std::span<const Key> keys, std::span<KeyPostings> found) const;

  /// Tells the system that most of the file is about to be read.
  void expect_full_read() const noexcept;

 private:
  struct Impl;
  explicit CandidateIndex(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace echofold
