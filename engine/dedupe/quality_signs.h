// Signs: what the measurements say about a file's quality, and the words for them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "index/model/record.h"

namespace echofold {

enum class QualitySign {
  damaged,      ///< frames that did not decode
  truncated,    ///< the audio ends before the header says
  transcode,    ///< "lossless", and yet with the cut-off of a lossy codec
  padded_bits,  ///< the low bits of each sample are zero: 24 or more bits hold 16, or 16 or more hold 8
  upsampled,  ///< the sample rate is at least twice what the sound needs, and the sound ends where that of a lower
              ///< rate would
  dual_mono,        ///< several channels, one sound
  silent_channels,  ///< channels without any sound
  clipped           ///< many runs of samples at full scale
};

bool has_sign(const TrackRecord& track, QualitySign sign);

/// "suspected transcode: nothing above 16.0 kHz", "clipped: 812 times", ...
std::string sign_text(const TrackRecord& track, QualitySign sign);

/// The texts of all its signs, in the order of the enumeration; empty for an honest file.
std::vector<std::string> sign_texts(const TrackRecord& track);

/// What the samples carry, whatever the format could hold. If that was not measured, what the format can hold at most.
unsigned carried_bits(const TrackRecord& track);  ///< at most 24 if the bits were not counted
/// 44.1 kHz if that holds all the sound that was found, else the file's own rate. At 88.2 kHz and more only sound above
/// 28 kHz counts as more: resamplers leave images up to there.
unsigned carried_rate_hz(const TrackRecord& track);
/// Channels with a sound of their own. Older versions did not measure whether each of two channels is silent.
unsigned carried_channels(const TrackRecord& track);

/// Whether the spectrum was measured in enough moments to judge by it; the other two likewise.
bool spectrum_measured(const TrackRecord& track) noexcept;
bool bits_measured(const TrackRecord& track) noexcept;
bool channels_measured(const TrackRecord& track) noexcept;

bool is_dsd(const TrackRecord& track) noexcept;

/// True if the mean of its channels loses most of the sound: one channel is inverted (docs/THRESHOLDS.md, "Channels
/// that cancel").
bool cancels_in_mono(const TrackRecord& track) noexcept;

/// True if the spectrum ends as an encoder or a resampler ends it. Music itself falls off gently.
bool ends_sharply(const AudioQuality& quality) noexcept;

/// The highest frequency with sound: the measured end of the spectrum, else half the sample rate. An upper bound if
/// nothing was measured, or if a hiss of -80 dB or more goes on above the end. 0 if not even the sample rate is known.
std::uint32_t reach_hz(const TrackRecord& track) noexcept;

/// "16.0 kHz"
std::string khz_text(std::uint32_t hz);

}  // namespace echofold
