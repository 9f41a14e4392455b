// What the store keeps, as plain data, and its bytes on disk (docs/FORMAT.md).
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
  double duration_s = 0;  ///< what was decoded; of an imported track, what the import line says
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
/// Level in dB below full scale behind one value of a level curve (not level_silent).
constexpr double level_db(std::uint8_t value) noexcept { return value * -0.5; }
/// The value next to a level in dB; never level_silent.
inline std::uint8_t level_value(double db) noexcept {
  return static_cast<std::uint8_t>(std::clamp(std::round(db * -2), 0.0, level_silent - 1.0));
}

/// What decoding showed of the file's quality: measurements, which engine/dedupe/quality_signs judges.
struct AudioQuality {
  std::uint32_t frames_skipped = 0;    ///< frames that the codec rejected; 0 for a clean file
  bool truncated = false;              ///< the audio ends before the header says
  double header_duration_s = 0;        ///< what the container claims; 0 where it claims nothing
  std::uint32_t spectrum_windows = 0;  ///< loud moments that the next five were measured in; 0: not measured
  std::uint32_t cutoff_hz = 0;         ///< the spectrum ends here; 0: no end was found
  double edge_db = 0;                  ///< how far it falls there within a kHz
  double floor_db = 0;                 ///< median level above, as the density of a full scale of 0 dB
  double floor_spread_db = 0;          ///< how far the floor rises in the loudest tenth of the moments
  double cliff_share = 0;              ///< of the moments that have an empty band beside a full one
  std::uint32_t clipped_runs = 0;      ///< of 3 samples and more at full scale
  bool dual_mono = false;              ///< two channels that never differ
  std::uint16_t used_bits = 0;  ///< of a sample, down to the lowest ever set; 0: floating point or silence
  std::uint16_t sounding_channels = 0;  ///< channels that are not silent; 0: not measured
  std::uint16_t distinct_channels = 0;  ///< of these, the ones that repeat no other one; 0: not measured
  Mix mix = Mix::mono;                  ///< what the fingerprint and the level curve were made from
  /// RMS level of each level_window_s of the fingerprinted mono samples, in steps of -0.5 dB from full scale
  /// (254: -127 dB and less, level_silent: all zero). Empty: not measured.
  std::vector<std::uint8_t> level_curve;
  /// Level of each whole kHz of the spectrum, 20 at most, in the same steps, as the density of a full scale of 0 dB: what
  /// the loudest tenth of the moments exceed. Empty: not measured.
  std::vector<std::uint8_t> spectrum_curve;
  bool operator==(const AudioQuality&) const = default;
};

/// What tells two files with the same audio without comparing it. Only of a file that was read cleanly and to its
/// end; known or not, each for itself.
struct AudioHashes {
  std::uint64_t payload_bytes = 0;  ///< of the audio stream's packets
  /// Of these bytes and of all beside them that decoding depends on. Equal: decodes to the very same samples.
  /// Tags, pictures and the padding between them play no part.
  Hash128 payload;
  /// Of the decoded samples as they are, with their rate, width and channels: equal for one master in FLAC, ALAC and
  /// WAV. Not known of lossy codecs, where the payload says as much.
  Hash128 samples;
  bool operator==(const AudioHashes&) const = default;
};

/// What the file holds beside the audio stream that is fingerprinted.
struct FileContents {
  bool known = false;               ///< false: read by a version that did not look
  std::uint16_t video_streams = 0;  ///< moving pictures; covers do not count
  std::uint16_t audio_streams = 0;  ///< further ones
  std::uint16_t other_streams = 0;  ///< subtitles and data
  std::uint16_t chapters = 0;
  bool lyrics = false;     ///< embedded, plain or timed
  bool cue_sheet = false;  ///< embedded
  /// Of the packets of all streams counted above. Equal: the same pictures, songs and subtitles. Not known where
  /// there are none, or where not all of them could be read.
  Hash128 streams{};
  bool operator==(const FileContents&) const = default;
};

enum class TrackStatus : std::uint8_t { fingerprinted, too_short, silent, failed };

/// Where the file is, as far as the last run knows.
enum class TrackPlace : std::uint8_t {
  present,    ///< at `path`
  set_aside,  ///< `apply` moved it to `set_aside_path`; `undo` brings it back to `path`
  missing,    ///< a scan of its root did not find it; its fingerprint is kept for its return
  imported    ///< never was a file here: `path` is what an import line says
};

struct TrackRecord {
  TrackId id = 0;
  std::string path;                     ///< absolute, raw bytes
  std::vector<std::string> link_paths;  ///< further hard links of the same file that a scan saw, sorted
  std::string set_aside_path;           ///< only for TrackPlace::set_aside
  TrackPlace place = TrackPlace::present;
  Stamp stamp;
  TrackStatus status = TrackStatus::fingerprinted;
  std::string failure;  ///< why status is `failed`; one sentence
  AudioProperties properties;
  Tags tags;
  AudioQuality quality;
  AudioHashes hashes;
  FileContents contents;
  std::uint32_t item_count = 0;
  Hash128 items_hash;
  bool operator==(const TrackRecord&) const = default;
};

/// A folder that was scanned. The marker tells a folder from an empty mount point of the same name.
struct Root {
  std::string path;                  ///< absolute, raw bytes, no trailing slash
  std::uint64_t file_system_id = 0;  ///< at the last complete scan: index/base/fs/file_system_id.h
  std::int64_t scanned_at_s = 0;     ///< Unix time of the last complete scan
  bool operator==(const Root&) const = default;
};

/// What the user said of a pair; kept by fingerprint hash so that it survives renames and retags.
enum class Verdict : std::uint8_t { keep_both, keep_a, keep_b };

/// Bytes of a record: version, fields, checksum. Decoding checks all three and trusts no length.
/// @throws Error  Fault::version for an unknown version, Fault::damaged for anything else that is off;
///                the message names `what` ("track 17")
std::string encode(const TrackRecord& record);
TrackRecord decode_track(std::string_view bytes, const std::string& what);
std::string encode(const Root& root);
Root decode_root(std::string_view bytes, const std::string& what);
std::string encode(const Evidence& evidence);
Evidence decode_evidence(std::string_view bytes, const std::string& what);

}  // namespace echofold
