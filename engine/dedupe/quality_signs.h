// What the measurements of a file's quality mean: signs, and the words for them.
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
  padded_bits,  ///< the low bits of each sample are zero: 24 and more that hold 16, 16 and more that hold 8
  upsampled,    ///< the sample rate is twice and more what the sound needs, and it ends where a lower rate
                ///< would
  dual_mono,    ///< several channels, one sound
  silent_channels,  ///< channels without any sound
  clipped           ///< many runs of samples at full scale
};

bool has_sign(const TrackRecord& track, QualitySign sign);

/// "suspected transcode: nothing above 16.0 kHz", "clipped: 812 times", ...
std::string sign_text(const TrackRecord& track, QualitySign sign);

/// The texts of all its signs, in the order of the enumeration; empty for an honest file.
std::vector<std::string> sign_texts(const TrackRecord& track);

/// What the samples carry, whatever the format could. Where that was not measured, what the format could at most.
unsigned carried_bits(const TrackRecord& track);  ///< at most 24 of those that nobody counted
/// 44.1 kHz where that holds all sound that was found, else its own rate. Of 88.2 kHz and more only what lies above 28 kHz
/// counts as more: resamplers leave images up to there.
unsigned carried_rate_hz(const TrackRecord& track);
/// Channels with a sound of their own. Whether each of two is silent was not measured by older versions.
unsigned carried_channels(const TrackRecord& track);

/// Whether the spectrum was measured in moments enough to judge by it; the other two as named.
bool spectrum_measured(const TrackRecord& track) noexcept;
bool bits_measured(const TrackRecord& track) noexcept;
bool channels_measured(const TrackRecord& track) noexcept;

bool is_dsd(const TrackRecord& track) noexcept;

/// The mean of its channels loses most of the sound: one of them is upside down (docs/THRESHOLDS.md, "Channels that cancel").
bool cancels_in_mono(const TrackRecord& track) noexcept;

/// The spectrum ends as an encoder or a change of the sample rate ends it; music of itself falls gently.
bool ends_sharply(const AudioQuality& quality) noexcept;

/// The highest frequency with sound in it: the measured end of the spectrum, else half the sample rate. An upper bound
/// where nothing was measured, and where a hiss of -80 dB and more goes on above the end; 0 where not even the sample rate is known.
std::uint32_t reach_hz(const TrackRecord& track) noexcept;

/// "16.0 kHz"
std::string khz_text(std::uint32_t hz);

}  // namespace echofold
