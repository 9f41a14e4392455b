// Copies with the very same audio: marked, and found even if there is too little sound for a fingerprint.
#pragma once

#include "engine/dedupe/plan.h"
#include "index/store/store.h"

namespace echofold {

/// True if both files decode to the very same samples: by the hash of the samples if both have one, else by that of the
/// encoded audio. False if a hash is unknown.
bool same_audio(const TrackRecord& a, const TrackRecord& b) noexcept;

/// True if both are names of one file, as their scan saw it. An inode alone is no proof: two files of a merged file
/// system may have the same one.
bool same_file(const TrackRecord& a, const TrackRecord& b) noexcept;

/// Marks the losers that have exactly the keeper's audio, and adds groups of tracks with the same audio that are too
/// short or too quiet for a fingerprint.
///
/// If there was too little sound to compare, the same samples are still the same recording: the loser is moved unasked.
/// But digital silence says nothing about the recording, and for a short lossy file it is unknown whether it has any
/// sound: such copies are listed (Band::related, Action::none) and stay.
void add_exact_copies(Plan& plan, const Snapshot& snapshot, const PlanSettings& settings);

}  // namespace echofold
