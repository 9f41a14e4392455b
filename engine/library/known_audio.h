// Which track of the library has the audio of a file that was retagged, copied, or moved to another disk: told by the
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

/// Reading a payload costs a part of decoding it, so not every new file is looked at first: those that may well be
/// known, and all where they are few beside what is known.
class KnownAudio {
 public:
  /// @param known     outlives this; must have been compared with the found files (KnownTrack::seen)
  /// @param vanished  of `known`: present ones that are gone
  /// @param unread    how many files have to be read
  KnownAudio(const Store& store, const KnownTracks& known, std::span<const KnownTracks::Number> vanished,
             std::size_t unread);

  /// Thread-safe.
  bool is_worth_a_look(const FoundFile& file) const;
  /// Whether a track has this payload. Thread-safe.
  bool is_known(const AudioHashes& hashes) const;

  /// Makes `looked` (tags, container and payload of a file) the whole it would be had it been decoded: items and
  /// measurements are those of a track with the same payload. One whose file is gone moves along.
  /// One thread at a time; between two writes.
  /// @return nothing when the library has no such track any more
  std::optional<FingerprintedFile> take_over(const FingerprintedFile& looked);

 private:
  std::optional<TrackRecord> find(const Snapshot& snapshot, const FingerprintedFile& looked);
  bool has_left(KnownTracks::Number number) const;

  const Store& store_;
  const KnownTracks& known_;
  bool look_at_all_ = false, any_ = false;
  std::unordered_set<std::uint64_t> sizes_;  ///< of files whose payload is known
  std::unordered_set<TrackId> moved_;        ///< tracks that a file of this scan has taken along
};

}  // namespace echofold
