// Finds the track that has the audio of a file which was retagged, copied, or moved to another disk. Compares the
// payload's hash, without decoding.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_set>

#include "engine/library/fingerprint_file.h"
#include "engine/library/known_tracks.h"
#include "engine/library/walk.h"
#include "index/store/store.h"

namespace echofold {

/// Reading a payload costs a fraction of decoding it, so not every new file is checked: only those that are likely to
/// be known, or all if they are few compared with the library.
class KnownAudio {
 public:
  /// @param known     must outlive this, and must have been compared with the found files (KnownTrack::seen)
  /// @param vanished  present tracks of `known` that are gone
  /// @param unread    how many files must be read
  KnownAudio(const Store& store, const KnownTracks& known, std::span<const KnownTracks::Number> vanished,
             std::size_t unread);

  /// Thread-safe.
  bool should_read_payload(const FoundFile& file) const;
  /// Whether a track has this payload. Thread-safe.
  bool is_known(const AudioHashes& hashes) const;

  /// Completes `partial` (tags, container and payload of a file) as if the file had been decoded: items and
  /// measurements are those of a track with the same payload. If that track's file is gone, the track moves to this
  /// file.
  /// One thread at a time; between two writes.
  /// @return nothing if the library no longer has such a track
  std::optional<FingerprintedFile> completed(const FingerprintedFile& partial);

 private:
  std::optional<TrackRecord> find(const Snapshot& snapshot, const FingerprintedFile& partial);
  bool has_left(KnownTracks::Number number) const;

  const Store& store_;
  const KnownTracks& known_;
  bool read_all_payloads_ = false, any_ = false;
  std::unordered_set<std::uint64_t> sizes_;  ///< of files with a known payload
  std::unordered_set<TrackId> moved_;        ///< tracks that a file of this scan has already taken
};

}  // namespace echofold
