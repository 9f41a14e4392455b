// See progress.h.
#include "tools/console/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "index/base/text/printable.h"
#include "tools/console/terminal.h"

namespace echofold {
namespace {

constexpr std::chrono::milliseconds redraw_interval{100};

std::string clock_time(double seconds) {
  const auto whole = std::lround(seconds);
  if (whole >= 3600) return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

std::string time_left(std::uint64_t done, std::uint64_t total, double elapsed_s) {
  if (done == 0 || elapsed_s < 1) return "ETA -";
  const std::uint64_t left = total - std::min(total, done);
  return "ETA " + clock_time(elapsed_s * static_cast<double>(left) / static_cast<double>(done));
}

/// The first `columns` bytes, never ending inside a UTF-8 sequence.
std::string cut(std::string text, std::size_t columns) {
  if (text.size() <= columns) return text;
  while (columns > 0 && (static_cast<unsigned char>(text[columns]) & 0xC0u) == 0x80u) --columns;
  text.resize(columns);
  return text;
}

}  // namespace

std::string scan_line(const ScanProgress& progress, double elapsed_s, std::size_t columns) {
  const double seconds = std::max(elapsed_s, 0.001);
  const std::string name = progress.current.substr(progress.current.rfind('/') + 1);
  return cut(fmt::format("{}/{} files  {:.1f} files/s  {:.0f}x realtime  {}  {}", progress.files_done,
                         progress.files_total, static_cast<double>(progress.files_done) / seconds,
                         progress.audio_seconds / seconds,
                         time_left(progress.bytes_done, progress.bytes_total, elapsed_s), printable(name)),
             columns);
}

std::string stage_line(std::string_view stage, std::uint64_t done, std::uint64_t total, double elapsed_s) {
  if (total == 0) return fmt::format("{}: {}", stage, done);
  return fmt::format("{}: {}/{} ({:.0f} %)  {}", stage, done, total,
                     100.0 * static_cast<double>(done) / static_cast<double>(total),
                     time_left(done, total, elapsed_s));
}

ProgressLine::ProgressLine(const GlobalOptions& options)
    : shown_(progress_on_stderr(options)), also_tell_(options.on_progress) {}
ProgressLine::~ProgressLine() { clear(); }

bool ProgressLine::due() {
  const auto now = Clock::now();
  if (!shown_ || now - drawn_ < redraw_interval) return false;
  drawn_ = now;
  return true;
}

void ProgressLine::draw(const std::string& line) {
  std::fprintf(stderr, "\r%s\x1b[K", line.c_str());
  std::fflush(stderr);
  dirty_ = true;
}

void ProgressLine::show(const ScanProgress& progress) {
  if (!due()) return;
  const double elapsed = std::chrono::duration<double>(drawn_ - started_).count();
  draw(scan_line(progress, elapsed, terminal_columns() - 1));
}

void ProgressLine::show(std::string_view stage, std::uint64_t done, std::uint64_t total) {
  if (also_tell_) also_tell_(stage, done, total);
  if (stage != stage_) {
    stage_ = stage;
    stage_started_ = Clock::now();
  }
  if (!due()) return;
  draw(stage_line(stage, done, total, std::chrono::duration<double>(drawn_ - stage_started_).count()));
}

void ProgressLine::clear() {
  if (!dirty_) return;
  std::fputs("\r\x1b[K", stderr);
  std::fflush(stderr);
  dirty_ = false;
}

Progress ProgressLine::stages() {
  return
      [this](std::string_view stage, std::uint64_t done, std::uint64_t total) { show(stage, done, total); };
}

}  // namespace echofold
