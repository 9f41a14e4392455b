// Copies with the very same audio: named as such, and found where there is too little sound for a fingerprint.
#pragma once

#include "engine/dedupe/plan.h"
#include "index/store/store.h"

namespace echofold {

/// True when both files decode to the very same samples: by the hash of the samples where both have one, else by that of
/// the encoded audio. False where a hash is not known.
bool same_audio(const TrackRecord& a, const TrackRecord& b) noexcept;

/// Marks the losers that have the keeper's very audio, and adds groups of tracks that are too short or silent for a
/// fingerprint and have the same audio.
///
/// Where there was too little sound to tell, the same samples are the same recording: the loser is moved without asking. But
/// digital silence says nothing about the recording, and of a short lossy file it is not known whether it has a
/// sound at all: such copies are listed (Band::related, Action::none) and stay.
void add_exact_copies(Plan& plan, const Snapshot& snapshot, const PlanSettings& settings);

}  // namespace echofold
