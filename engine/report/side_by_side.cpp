// Rows that differ first, then those that are the same.
#include "engine/report/side_by_side.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/dedupe/plan_words.h"
#include "engine/report/colour.h"
#include "engine/report/figures.h"
#include "engine/report/layout.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

constexpr std::size_t gap_columns = 2;
constexpr std::size_t label_columns = pair_begin_column - 2 - gap_columns;  // "album artist" and a blank

class SideBySide {
 public:
  SideBySide(const TableStyle& style, bool same_in_short)
      : style_(style),
        same_in_short_(same_in_short),
        side_columns_((std::max(least_pair_columns, style.columns) - label_columns - 2 - 2 * gap_columns) /
                      2) {}

  void head(const std::string& left, const std::string& right) {
    line("", padded(left, side_columns_), right, Colour::bold);
  }

  /// Long paths are wrapped: the paths of two copies often differ only at the end.
  void path(const std::string& left, const std::string& right) {
    const auto l = pieces(printable(left)), r = pieces(printable(right));
    for (std::size_t i = 0; i < std::max(l.size(), r.size()); ++i)
      line(i == 0 ? "  path" : "", padded(i < l.size() ? l[i] : "", side_columns_), i < r.size() ? r[i] : "");
  }

  void row(const std::string& label, const std::string& left, const std::string& right) {
    if (left.empty() && right.empty()) return;
    const bool same = left == right;
    if (same && same_in_short_) return add_same(label, left);
    const auto cell = [&](const std::string& text) {
      return fitted(text.empty() ? "-" : printable(text), side_columns_);
    };
    line((same ? "  " : "* ") + label, padded(cell(left), side_columns_), cell(right),
         same ? Colour::grey : Colour::yellow, same ? &same_ : &text_);
  }

  /// As row(), but wraps what does not fit.
  void whole_row(const std::string& label, const std::string& left, const std::string& right) {
    if (left.empty() && right.empty()) return;
    const auto l = words(left), r = words(right);
    const bool same = left == right;
    if (same && same_in_short_) return add_same(label, left);
    for (std::size_t i = 0; i < std::max(l.size(), r.size()); ++i)
      line(i == 0 ? (same ? "  " : "* ") + label : "", padded(i < l.size() ? l[i] : "", side_columns_),
           i < r.size() ? r[i] : "", same ? Colour::grey : Colour::yellow, same ? &same_ : &text_);
  }

  /// A sentence in the whole width.
  void sentence(const std::string& text) {
    std::string rest = text;
    for (const std::size_t columns = std::max(least_pair_columns, style_.columns) - 2; !rest.empty();) {
      std::size_t bytes = columns_of(rest) <= columns ? rest.size() : bytes_within(rest, columns);
      if (const std::size_t space = rest.rfind(' ', bytes); bytes < rest.size() && space != std::string::npos)
        bytes = space;
      after_ += "  " + rest.substr(0, bytes) + '\n';
      rest.erase(0, bytes + (bytes < rest.size() && rest[bytes] == ' ' ? 1 : 0));
    }
  }

  /// What differs comes first.
  std::string take() { return text_ + same_ + same_sentence() + after_; }

 private:
  void line(const std::string& label, const std::string& left, const std::string& right,
            std::optional<Colour> colour = std::nullopt, std::string* to = nullptr) {
    const std::string gap(gap_columns, ' ');
    std::string sides = left + gap + right;
    sides.erase(sides.find_last_not_of(' ') + 1);
    (to == nullptr ? text_ : *to) += padded(label, label_columns + 2) + gap +
                                     (colour ? coloured(sides, *colour, style_.colour) : sides) + '\n';
  }

  void add_same(const std::string& label, const std::string& value) {
    same_list_ += fmt::format("{}{} {}", same_list_.empty() ? "" : ", ", label, printable(value));
  }

  std::string same_sentence() const {
    if (same_list_.empty()) return {};
    return padded("  the same", pair_begin_column) +
           coloured(wrapped(same_list_, pair_begin_column, pair_begin_column,
                            std::max(least_pair_columns, style_.columns)),
                    Colour::grey, style_.colour) +
           '\n';
  }

  std::vector<std::string> pieces(std::string text) const {
    std::vector<std::string> out;
    while (columns_of(text) > side_columns_) {
      const std::size_t bytes = bytes_within(text, side_columns_);
      out.push_back(text.substr(0, bytes));
      text.erase(0, bytes);
    }
    out.push_back(std::move(text));
    return out;
  }

  /// The lines of a cell, broken at spaces.
  std::vector<std::string> words(const std::string& text) const {
    const std::string lines = wrapped(text.empty() ? "-" : printable(text), 0, 0, side_columns_);
    std::vector<std::string> out;
    for (std::size_t at = 0, end = 0; at <= lines.size(); at = end + 1) {
      end = std::min(lines.find('\n', at), lines.size());
      out.push_back(fitted(lines.substr(at, end - at), side_columns_));
    }
    return out;
  }

  TableStyle style_;
  bool same_in_short_;
  std::size_t side_columns_;
  std::string text_, same_, same_list_, after_;
};

std::string bits_text(const AudioProperties& p) {
  return p.bits_per_sample == 0 ? std::string() : fmt::format("{} bit", p.bits_per_sample);
}

void add_tags(SideBySide& table, const Tags& left, const Tags& right) {
  table.row("artist", left.artist, right.artist);
  table.row("title", left.title, right.title);
  table.row("album", left.album, right.album);
  table.row("album artist", left.album_artist, right.album_artist);
  table.row("track", left.track, right.track);
  table.row("date", left.date, right.date);
  table.row("art", left.has_art ? "yes" : "", right.has_art ? "yes" : "");
}

}  // namespace

std::string side_by_side(const TrackRecord& left, const TrackRecord& right, const Comparison& comparison,
                         const TableStyle& style) {
  SideBySide table(style, comparison.same_in_short);
  const AudioProperties &l = left.properties, &r = right.properties;
  table.head(comparison.left_head, comparison.right_head);
  table.path(left.path, right.path);
  table.row("format", codec_text(l) + (l.lossless ? " (lossless)" : ""),
            codec_text(r) + (r.lossless ? " (lossless)" : ""));
  table.row("bit rate", bit_rate_text(l), bit_rate_text(r));
  table.row("rate", sample_rate_text(l), sample_rate_text(r));
  table.row("bits", bits_text(l), bits_text(r));
  table.row("channels", channels_text(l), channels_text(r));
  table.row("size", size_text(left.stamp.size_bytes), size_text(right.stamp.size_bytes));
  table.row("duration", clock_time(l.duration_s), clock_time(r.duration_s));
  table.whole_row("signs", signs_text(left), signs_text(right));
  add_tags(table, left.tags, right.tags);
  table.sentence(fmt::format("similarity {}, {}, right starts at {}{}", percent(comparison.similarity),
                             relation_text(comparison.relation), offset_text(comparison.offset_s),
                             comparison.why.empty() ? "" : " (" + printable(comparison.why) + ")"));
  return table.take();
}

}  // namespace echofold
