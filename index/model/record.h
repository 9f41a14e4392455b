// The records of the store as plain data, and their bytes on disk (docs/FORMAT.md).
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "index/base/fs/stamp.h"
#include "index/base/hash.h"
#include "index/model/evidence.h"
#include "index/model/fingerprint.h"

namespace echofold {

struct AudioProperties {
  std::string container;  ///< libav's short name of the demuxer: "flac", "mp3", "mov,mp4,..."
  std::string codec;      ///< libav's name of the codec: "flac", "mp3", "aac", "opus", "pcm_s16le", ...
  bool lossless = false;
  std::uint32_t bit_rate_bps = 0;  ///< of the audio stream alone, without art and tags; 0 unknown
  std::uint32_t sample_rate_hz = 0;
  std::uint16_t bits_per_sample = 0;  ///< of lossless codecs; 0 where it means nothing
  std::uint16_t channels = 0;
  double duration_s = 0;  ///< of the decoded audio; of an imported track, as in the import line
  bool operator==(const AudioProperties&) const = default;
};

/// Empty string: no such tag. Values are UTF-8 as TagLib gives them, first value of each.
struct Tags {
  std::string artist, title, album, album_artist, track, disc, date;
  std::string acoustid_id, musicbrainz_recording_id;
  bool has_art = false;
  bool operator==(const Tags&) const = default;
};

/// How the channels were mixed down to the one that is fingerprinted.
enum class Mix : std::uint8_t {
  mono,            ///< the mean of all channels
  side,            ///< half of left minus right: the mean loses most of the sound
  loudest_channel  ///< that channel alone: both the mean and the side lose most of the sound
};

inline constexpr double level_window_s = 0.5;
inline constexpr std::uint8_t level_silent = 255;  ///< a window of digital silence
/// The level in dB from full scale that a value of a level curve stands for (not level_silent).
constexpr double level_db(std::uint8_t value) noexcept { return value * -0.5; }
/// The value nearest to a level in dB; never level_silent.
inline std::uint8_t level_value(double db) noexcept {
  return static_cast<std::uint8_t>(std::clamp(std::round(db * -2), 0.0, level_silent - 1.0));
}

/// Measurements of the file's quality, made while decoding. engine/dedupe/quality_signs judges them.
struct AudioQuality {
  std::uint32_t frames_skipped = 0;    ///< frames that the codec rejected; 0 for a clean file
  bool truncated = false;              ///< the audio ends before the duration in the header
  double header_duration_s = 0;        ///< the duration in the container; 0: it has none
  std::uint32_t spectrum_windows = 0;  ///< loud moments in which the next five are measured; 0: not measured
  std::uint32_t cutoff_hz = 0;         ///< the spectrum ends here; 0: no end was found
  double edge_db = 0;                  ///< how far the level falls there within a kHz
  double floor_db = 0;                 ///< median level above it, as the density of a full scale of 0 dB
  double floor_spread_db = 0;          ///< how far the floor rises in the loudest tenth of the moments
  double cliff_share = 0;              ///< the share of the moments with an empty band beside a full one
  std::uint32_t clipped_runs = 0;      ///< runs of 3 samples and more at full scale
  bool dual_mono = false;              ///< two channels that never differ
  std::uint16_t used_bits =
      0;  ///< of a sample, down to the lowest bit ever set; 0: floating point or silence
  std::uint16_t sounding_channels = 0;  ///< channels that are not silent; 0: not measured
  std::uint16_t distinct_channels = 0;  ///< those of them that repeat no other one; 0: not measured
  Mix mix = Mix::mono;                  ///< of the samples of the fingerprint and of the level curve
  /// RMS level of each level_window_s of the fingerprinted mono samples, in steps of -0.5 dB from full scale
  /// (254: -127 dB and less, level_silent: all zero). Empty: not measured.
  std::vector<std::uint8_t> level_curve;
  /// The level of each whole kHz of the spectrum, 20 at most, in the same steps, as the density of a full scale of
  /// 0 dB: the level that the loudest tenth of the moments exceed. Empty: not measured.
  std::vector<std::uint8_t> spectrum_curve;
  bool operator==(const AudioQuality&) const = default;
};

/// Hashes by which files with the same audio are found. Only of a file that was read without errors and to its end.
/// Each of the two may be not known.
struct AudioHashes {
  std::uint64_t payload_bytes = 0;  ///< of the audio stream's packets
  /// Of these bytes, and of all others that decoding depends on. Files with equal hashes decode to equal samples.
  /// Tags, pictures and padding do not count.
  Hash128 payload;
  /// Of the decoded samples, with their rate, width and channels: equal for one master in FLAC, ALAC and
  /// WAV. Not known for lossy codecs, where the payload says as much.
  Hash128 samples;
  bool operator==(const AudioHashes&) const = default;
};

/// The contents of the file beside the audio stream that is fingerprinted.
struct FileContents {
  bool known = false;               ///< false: the file was read by a version that did not look for contents
  std::uint16_t video_streams = 0;  ///< moving pictures; covers do not count
  std::uint16_t audio_streams = 0;  ///< further ones
  std::uint16_t other_streams = 0;  ///< subtitles and data
  std::uint16_t chapters = 0;
  bool lyrics = false;     ///< embedded, plain or timed
  bool cue_sheet = false;  ///< embedded
  /// Of the packets of all streams counted above. Equal hashes mean the same pictures, songs and subtitles. Not known
  /// where there are no such streams, or where not all of them could be read.
  Hash128 streams{};
  bool operator==(const FileContents&) const = default;
};

enum class TrackStatus : std::uint8_t { fingerprinted, too_short, silent, failed };

/// Where the file was at the end of the last run.
enum class TrackPlace : std::uint8_t {
  present,    ///< at `path`
  set_aside,  ///< `apply` moved it to `set_aside_path`; `undo` brings it back to `path`
  missing,    ///< a scan of its root did not find it; the record stays in case it returns
  imported    ///< there never was a file: `path` is from an import line
};

struct TrackRecord {
  TrackId id = 0;
  std::string path;                     ///< absolute, raw bytes
  std::vector<std::string> link_paths;  ///< other hard links of the file that a scan found, sorted
  std::string set_aside_path;           ///< only for TrackPlace::set_aside
  TrackPlace place = TrackPlace::present;
  Stamp stamp;
  TrackStatus status = TrackStatus::fingerprinted;
  std::string failure;  ///< the reason for the status `failed`, one sentence
  AudioProperties properties;
  Tags tags;
  AudioQuality quality;
  AudioHashes hashes;
  FileContents contents;
  std::uint32_t item_count = 0;
  Hash128 items_hash;
  bool operator==(const TrackRecord&) const = default;
};

/// A folder that was scanned. The file system's id distinguishes it from an empty mount point of the same name.
struct Root {
  std::string path;                  ///< absolute, raw bytes, no trailing slash
  std::uint64_t file_system_id = 0;  ///< at the last complete scan: index/base/fs/file_system_id.h
  std::int64_t scanned_at_s = 0;     ///< Unix time of the last complete scan
  bool operator==(const Root&) const = default;
};

/// The user's answer about a pair. Stored by fingerprint hash, so that it survives renames and retags.
enum class Verdict : std::uint8_t { keep_both, keep_a, keep_b };

/// A record as a sealed value: version, fields, checksum. Decoding checks all three and trusts no length.
/// @throws Error  Fault::version for an unknown version, Fault::damaged for anything else that is wrong;
///                the message names `what` ("track 17")
std::string encode(const TrackRecord& record);
TrackRecord decode_track(std::string_view bytes, const std::string& what);
std::string encode(const Root& root);
Root decode_root(std::string_view bytes, const std::string& what);
std::string encode(const Evidence& evidence);
Evidence decode_evidence(std::string_view bytes, const std::string& what);

}  // namespace echofold
