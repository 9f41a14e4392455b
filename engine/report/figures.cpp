// Figures for tables.
#include "engine/report/figures.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <ctime>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/dedupe/codec_words.h"
#include "engine/dedupe/quality_signs.h"
#include "index/base/rounding.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

constexpr std::array container_names = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"mov,mp4,m4a,3gp,3g2,mj2", "MP4"},
    {"matroska,webm", "Matroska"},
    {"ogg", "Ogg"},
    {"asf", "ASF"},
    {"wv", "WavPack"},
    {"ape", "Monkey's Audio"},
    {"mpc", "Musepack"},
    {"mpc8", "Musepack"},
    {"w64", "Wave64"},
    {"iff", "DSDIFF"},
    {"aac", "ADTS"},
});

}  // namespace

void CountsText::add(std::uint64_t count, std::string_view what) {
  if (count > 0) text_ += fmt::format("{}{} {}", text_.empty() ? "" : ", ", count, what);
}

std::string CountsText::or_else(std::string_view nothing) const {
  return text_.empty() ? std::string(nothing) : text_;
}

std::string local_time_text(std::int64_t at_s, bool with_seconds) {
  const auto at = static_cast<std::time_t>(at_s);
  std::tm local{};
  localtime_r(&at, &local);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), with_seconds ? "%Y-%m-%d %H:%M:%S" : "%Y-%m-%d %H:%M", &local);
  return text.data();
}

std::string percent(double similarity) { return fmt::format("{:.2f} %", truncated(similarity, 4) * 100); }

std::string clock_time(double seconds) {
  if (!(seconds > 0)) return "-";
  const auto whole = static_cast<std::uint64_t>(std::llround(seconds));
  if (whole < 3600) return fmt::format("{}:{:02}", whole / 60, whole % 60);
  return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
}

std::string size_text(std::uint64_t bytes) {
  if (bytes < 1000) return fmt::format("{} B", bytes);
  static constexpr std::string_view units[] = {"kB", "MB", "GB", "TB", "PB"};
  double value = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  for (; value >= 999.95 && unit + 1 < std::size(units); ++unit) value /= 1000;
  return fmt::format("{:.1f} {}", value, units[unit]);
}

std::string offset_text(double seconds) { return fmt::format("{:+.3f} s", rounded(seconds, 3)); }

std::string codec_text(const AudioProperties& properties) {
  const bool is_pcm_file = properties.codec.starts_with("pcm_") && !properties.container.empty();
  return is_pcm_file ? container_text(properties.container) : codec_family(properties);
}

std::string container_text(std::string_view container) {
  for (const auto& [libav_name, name] : container_names)
    if (libav_name == container) return std::string(name);
  return upper_ascii(printable(container));
}

std::string bit_rate_text(const AudioProperties& properties) {
  return properties.bit_rate_bps == 0 ? "-" : fmt::format("{} kb/s", (properties.bit_rate_bps + 500) / 1000);
}

std::string sample_rate_text(const AudioProperties& properties) {
  return properties.sample_rate_hz == 0 ? "-" : fmt::format("{:g} kHz", properties.sample_rate_hz / 1000.0);
}

std::string channels_text(const AudioProperties& properties) {
  switch (properties.channels) {
    case 0:
      return "-";
    case 1:
      return "mono";
    case 2:
      return "stereo";
    default:
      return fmt::format("{} channels", properties.channels);
  }
}

std::string count_text(std::uint64_t count, const char* one, const char* many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string signs_text(const TrackRecord& track) {
  return fmt::format("{}", fmt::join(sign_texts(track), "; "));
}

std::string format_line(const TrackRecord& track) {
  const AudioProperties& p = track.properties;
  std::vector<std::string> words;
  if (!p.codec.empty()) words.push_back(codec_text(p));
  if (p.bits_per_sample != 0) words.push_back(fmt::format("{} bit", p.bits_per_sample));
  if (!p.lossless && p.bit_rate_bps != 0) words.push_back(bit_rate_text(p));
  if (p.sample_rate_hz != 0) words.push_back(sample_rate_text(p));
  if (p.channels != 0) words.push_back(channels_text(p));
  std::string line = fmt::format("{}", fmt::join(words, " "));
  const auto add = [&](const std::string& text) { line += line.empty() ? text : ", " + text; };
  if (p.duration_s > 0) add(clock_time(p.duration_s));
  if (track.stamp.size_bytes != 0) add(size_text(track.stamp.size_bytes));
  if (const std::string signs = signs_text(track); !signs.empty())
    line += line.empty() ? signs : "; " + signs;
  return line;
}

}  // namespace echofold
