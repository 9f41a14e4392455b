// What the review page shows and plays of a file: its peaks, its spectrogram, and a window of its samples.
//
// Computed in the jail: one descriptor in, plain data of bounded size out.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>

namespace echofold {

enum class MediaKind : std::uint8_t { peaks, spectrogram, window };

struct MediaRequest {
  MediaKind kind = MediaKind::peaks;
  double from_s = 0;          ///< of spectrogram and window; at least 0
  double length_s = 0;        ///< likewise; above 0
  std::uint32_t columns = 0;  ///< of peaks
  std::uint32_t rate_hz = 0;  ///< of the window
};

inline constexpr std::uint32_t most_peak_columns = 4000, default_peak_columns = 1000;
inline constexpr std::uint32_t spectrogram_rows = 128, most_spectrogram_columns = 512;
inline constexpr double longest_spectrogram_s = 60, longest_window_s = 30, shortest_window_s = 1;
inline constexpr std::uint32_t least_window_hz = 8'000, most_window_hz = 96'000;
/// The edges of the spectrogram's bands are spread evenly over the logarithm of the frequency.
inline constexpr double spectrogram_low_hz = 50, spectrogram_high_hz = 16'000;
/// The level of a value 0, relative to a sine at full scale; that is 255.
inline constexpr double spectrogram_floor_db = -90;

struct Media {
  /// peaks: int8 pairs (least, most), one a column, of all channels. Spectrogram: uint8, row by row, the lowest band
  /// first. Window: int16 samples, little endian, channel by channel of each moment.
  std::string bytes;
  std::uint32_t columns = 0;   ///< of peaks and spectrogram
  std::uint32_t channels = 0;  ///< of the window: 1 or 2
  double duration_s = 0;       ///< peaks: of the whole file
  double start_s = 0;          ///< window: of its first sample
  double loudness = 0;         ///< window: of all of it in LUFS (ITU-R BS.1770); `no_loudness` for silence
  bool operator==(const Media&) const = default;
};
inline constexpr double no_loudness = -1000;

/// Whether all is in its limits.
bool is_valid(const MediaRequest& request) noexcept;

/// Whether a valid request can lead to this: sizes that agree, and numbers that are finite. For an answer that a
/// decoder gave whose file has taken it over.
bool is_answer_to(const Media& media, const MediaRequest& request) noexcept;

/// Decodes from the beginning, so that a window begins at its very sample in any format; stops behind what is wanted.
/// Memory is bounded, whatever the length of the file. Where the file ends before the window does, the window is
/// shorter.
/// @param fd         open for reading and seekable; read with pread, neither closed nor moved
/// @param extension  lower case without the dot; only a hint
/// @throws Error  Fault::unsupported if there is no audio that libav can decode, Fault::io, Fault::interrupted;
///                Fault::usage if the request is not valid
Media read_media(int fd, std::string_view extension, const MediaRequest& request, std::stop_token stop);

}  // namespace echofold
