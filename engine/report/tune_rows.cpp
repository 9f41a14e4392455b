// See tune_rows.h.
#include "engine/report/tune_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "engine/report/colour.h"
#include "engine/report/csv.h"
#include "engine/report/figures.h"
#include "engine/report/layout.h"
#include "index/base/json.h"
#include "index/base/rounding.h"

namespace echofold {
namespace {

/// One swept value of one of the two thresholds, ready to print.
struct Row {
  const char* threshold;
  double value;
  LabelCounts found, all;
  bool in_use, recommended;
  Interval interval;  ///< of wrong()

  std::uint64_t wrong() const { return found.not_same(); }
  double rate() const {
    return all.not_same() == 0 ? 0 : static_cast<double>(wrong()) / static_cast<double>(all.not_same());
  }
};

std::vector<Row> rows_of(const TuneResult& result) {
  const Thresholds& current = result.settings.match.join.thresholds;
  std::vector<Row> rows;
  const auto add = [&](const char* threshold, const Sweep& sweep, double in_use, double recommended,
                       LabelCounts SweepRow::*found) {
    for (const SweepRow& row : sweep.rows)
      rows.push_back({threshold, row.value, row.*found, sweep.all, row.value == in_use,
                      row.value == recommended,
                      clopper_pearson((row.*found).not_same(), sweep.all.not_same())});
  };
  add("auto_similarity", result.automatic, current.auto_similarity, result.recommended.auto_similarity,
      &SweepRow::moved);
  add("review_similarity", result.review, current.review_similarity, result.recommended.review_similarity,
      &SweepRow::shown);
  return rows;
}

bool is_tenth(double value) { return std::lround(value * 1000) % 10 == 0; }

std::string mark_of(const Row& row) {
  if (row.in_use && row.recommended) return "in use: stays";
  return row.recommended ? "recommended" : row.in_use ? "in use" : "";
}

std::string line_of(const Row& row, const TableStyle& style) {
  std::string line = fmt::format("  {:.3f}  {:>8}  {:>9}  {:>7}  {:>5}  {:>7}  {:>10}", row.value,
                                 percent(recall(row.found, row.all)), percent(precision(row.found)),
                                 row.found.same(), row.wrong(), fmt::format("{:.2g}", row.rate()),
                                 fmt::format("<= {:.1e}", row.interval.high));
  if (const std::string mark = mark_of(row); !mark.empty())
    line += "  " + coloured(mark, row.recommended ? Colour::green : Colour::yellow, style.colour);
  return line + '\n';
}

std::string head_of(const Row& row) {
  const bool moves = std::string_view(row.threshold) == "auto_similarity";
  return fmt::format("{}: pairs in {}\n  {:>5}  {:>8}  {:>9}  {:>7}  {:>5}  {:>7}  {:>10}\n", row.threshold,
                     moves ? "`auto`, which are moved" : "`auto` or `review`", "value", "recall", "precision",
                     "found", "wrong", "rate", "95 %");
}

Json row_json(const Row& row) {
  Json object;
  object["schema"] = "echofold.sweep/1";
  object["threshold"] = row.threshold;
  object["value"] = row.value;
  object["recall"] = truncated(recall(row.found, row.all), 6);
  object["precision"] = truncated(precision(row.found), 6);
  object["found"] = row.found.same();
  object["wrong"] = row.wrong();
  object["wrong_edit"] = row.found[Label::edit];
  object["wrong_version"] = row.found[Label::version];
  object["wrong_different"] = row.found[Label::different];
  object["altered"] = row.found[Label::altered];
  object["same"] = row.all.same();
  object["not_same"] = row.all.not_same();
  object["rate"] = row.rate();
  object["rate_low"] = row.interval.low;
  object["rate_high"] = row.interval.high;
  object["in_use"] = row.in_use;
  object["recommended"] = row.recommended;
  object["remaster"] = row.found[Label::remaster];
  return object;
}

Json thresholds_json(const TuneResult& result) {
  const FalseMoves moves =
      false_moves(result.automatic.at(result.recommended.auto_similarity), result.automatic.all);
  Json object;
  object["schema"] = "echofold.thresholds/1";
  object["auto_similarity"] = result.recommended.auto_similarity;
  object["review_similarity"] = result.recommended.review_similarity;
  object["wanted_rate"] = result.settings.false_moves;
  object["lowest"] = result.advice.lowest ? Json(*result.advice.lowest) : Json(nullptr);
  object["shown"] = result.advice.shown;
  object["false_moves"] = moves.moves;
  object["not_same"] = moves.pairs;
  object["rate_low"] = moves.interval.low;
  object["rate_high"] = moves.interval.high;
  object["pairs"] = result.measured.pairs.size() + result.measured.never_offered;
  object["left_out"] = result.measured.left_out;
  return object;
}

/// The reason for the recommended `auto_similarity`.
std::string reason(const TuneResult& result) {
  const AutoAdvice& advice = result.advice;
  const double rate = result.settings.false_moves;
  if (result.automatic.all.same() == 0) return "No pair is labelled `same`: auto_similarity stays as it is.";
  if (!advice.lowest)
    return fmt::format("No auto_similarity keeps false moves at {:g} and below: it stays as it is.", rate);
  std::string text = fmt::format(
      "{:.3f} is the lowest auto_similarity that keeps false moves at {:g} and below", *advice.lowest, rate);
  if (advice.shown) return text + ", with 95 % confidence.";
  text += ", but the pairs are too few to show that rate";
  return text + (advice.value > *advice.lowest ? ": it is not lowered." : ".");
}

std::string carries(const FalseMoves& moves, double rate) {
  std::string text = fmt::format(
      "At the recommended value {} of {} pairs that are not the same would be moved: a rate of {:.2g} (95 % "
      "confidence: "
      "{:.2g} to {:.2g}).",
      moves.moves, moves.pairs, moves.rate(), moves.interval.low, moves.interval.high);
  if (moves.interval.high > rate)
    text += fmt::format(
        "\nThese pairs show a rate of {:.2g} at best. To show {:g} takes {} pairs without a false move.",
        moves.interval.high, rate, trials_to_show(rate));
  return text;
}

}  // namespace

std::string tune_advice(const TuneResult& result) {
  const Thresholds& to = result.recommended;
  const SweepRow& moved = result.automatic.at(to.auto_similarity);
  const SweepRow& shown = result.review.at(to.review_similarity);
  const LabelCounts& all = result.automatic.all;
  std::string text = reason(result) + '\n';
  text += carries(false_moves(moved, all), result.settings.false_moves) + '\n';
  text += fmt::format(
      "Recommended: auto_similarity = {:g} ({} of {} copies moved), review_similarity = {:g} "
      "({} of {} moved or shown, and {} that are not the same).\n",
      to.auto_similarity, moved.moved.same(), all.same(), to.review_similarity, shown.shown.same(),
      all.same(), shown.shown.not_same());
  if (result.measured.left_out > 0)
    text += fmt::format("Left out: {} with a file that could not be read.\n",
                        count_text(result.measured.left_out, "pair", "pairs"));
  return text;
}

namespace {

/// Each line wrapped on a terminal.
std::string in_lines(std::string_view text, const TableStyle& style) {
  if (style.whole_lines) return std::string(text);
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    out += wrapped(text.substr(at, end - at), 0, 2, style.columns) + '\n';
    at = end + 1;
  }
  return out;
}

}  // namespace

std::string tune_table(const TuneResult& result, const TableStyle& style) {
  std::string text;
  const char* threshold = "";
  for (const Row& row : rows_of(result)) {
    if (std::string_view(row.threshold) != threshold) {
      if (!text.empty()) text += '\n';
      text += head_of(row);
    }
    threshold = row.threshold;
    if (is_tenth(row.value) || !mark_of(row).empty()) text += line_of(row, style);
  }
  return text + '\n' + in_lines(tune_advice(result), style);
}

std::string tune_csv(const TuneResult& result) {
  std::string text;
  for (const Row& row : rows_of(result)) {
    std::vector<std::string> names, cells;
    const Json object = row_json(row);
    for (const auto& [name, value] : object.items()) {
      if (name == "schema") continue;
      names.push_back(name);
      cells.push_back(value.is_string() ? value.get<std::string>() : value.dump());
    }
    if (text.empty()) text = csv_line(names);
    text += csv_line(cells);
  }
  return text;
}

std::string tune_ndjson(const TuneResult& result) {
  std::string text;
  for (const Row& row : rows_of(result)) text += to_line(row_json(row)) + '\n';
  return text + to_line(thresholds_json(result)) + '\n';
}

}  // namespace echofold
