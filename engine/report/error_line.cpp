// See error_line.h.
#include "engine/report/error_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/dedupe/heard_words.h"
#include "engine/report/colour.h"
#include "engine/report/error_chart.h"
#include "engine/report/figures.h"
#include "engine/report/layout.h"
#include "engine/report/side_by_side.h"
#include "index/base/text/printable.h"
#include "index/pair/hearing.h"

namespace echofold {
namespace {

std::string label(const char* text) { return padded(text, pair_begin_column); }

std::string cell_of(double rate, bool ascii) {
  constexpr std::array blocks = {"\u2581", "\u2582", "\u2583", "\u2584",
                                 "\u2585", "\u2586", "\u2587", "\u2588"};
  if (rate == ErrorStrip::not_compared) return ascii ? "." : "\u00b7";
  const int steps = ascii ? 9 : static_cast<int>(blocks.size()) - 1;
  const int step = std::clamp(static_cast<int>(std::lround(rate / full_error * steps)), 0, steps);
  return ascii ? std::to_string(step) : blocks[static_cast<std::size_t>(step)];
}

/// Yellow from an altered passage on, red for other sound.
std::optional<Colour> colour_of(double rate) {
  constexpr double altered = 0.12, foreign = 0.33;  // window_ber and foreign_ber of index/pair/relation.h
  if (rate >= foreign) return Colour::red;
  return rate >= altered ? std::optional(Colour::yellow) : std::nullopt;
}

std::string blocks_of(const ErrorStrip& strip, bool colour, bool ascii) {
  std::string text;
  for (std::size_t i = 0; i < strip.columns.size();) {
    const auto kind = colour_of(strip.columns[i]);
    std::string run;
    for (; i < strip.columns.size() && colour_of(strip.columns[i]) == kind; ++i)
      run += cell_of(strip.columns[i], ascii);
    text += kind ? coloured(run, *kind, colour) : run;
  }
  return text;
}

/// "^^^" below the spans; empty if there are none.
std::string marks_of(const ErrorStrip& strip, const Heard& heard) {
  std::string marks;
  for (const HeardBurst& burst : heard.bursts) {
    if (burst.strength <= HearingThresholds{}.burst_strength) continue;
    const std::size_t first = strip.column_at(burst.start_s);
    const std::size_t last = strip.column_at(burst.start_s + burst.length_s);
    marks.resize(std::max(marks.size(), last + 1), ' ');
    std::fill(marks.begin() + static_cast<std::ptrdiff_t>(first),
              marks.begin() + static_cast<std::ptrdiff_t>(last + 1), '^');
  }
  return marks;
}

std::string time_text(double at_s) {
  if (std::abs(at_s) < 0.5) return "0:00";
  return at_s < 0 ? fmt::format("-{}", clock_time(-at_s)) : clock_time(at_s);
}

/// The times at both ends of the strip, and between them what the strip says in words.
std::string scale_of(const ErrorStrip& strip) {
  const std::string begin = time_text(strip.begin_s), end = time_text(strip.end_s);
  const std::string words = error_text(strip);
  const std::size_t width = strip.columns.size();
  if (width < begin.size() + words.size() + end.size() + 4) return begin + "  " + words;
  const std::size_t room = width - begin.size() - end.size();
  return fmt::format("{}{:^{}}{}", begin, words, room, end);
}

}  // namespace

std::size_t error_line_columns(const TableStyle& style) {
  return std::max(least_pair_columns, style.columns) - pair_begin_column;
}

std::string error_lines(const ErrorStrip& strip, const std::optional<Heard>& heard, const TableStyle& style,
                        bool ascii) {
  std::string text;
  if (!strip.columns.empty()) {
    text += label("  bit errors") + blocks_of(strip, style.colour, ascii) + '\n';
    if (const std::string marks = heard ? marks_of(strip, *heard) : ""; !marks.empty())
      text += label("  heard") + coloured(marks, Colour::red, style.colour) + '\n';
    text += label("") + scale_of(strip) + '\n';
  }
  if (heard)
    text += label("  by ear") +
            wrapped(printable(heard_text(*heard)), pair_begin_column, pair_begin_column,
                    std::max(least_pair_columns, style.columns)) +
            '\n';
  return text;
}

}  // namespace echofold
