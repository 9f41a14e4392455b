// See tune_page.h.
#include "engine/report/tune_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <vector>

#include "engine/report/figures.h"
#include "engine/report/html.h"
#include "engine/report/page.h"
#include "engine/report/tune_charts.h"
#include "engine/report/tune_rows.h"
#include "engine/report/tune_style.h"

namespace echofold {
namespace {

constexpr std::size_t most_rows = 20;

struct JudgedPair {
  const MeasuredPair* pair;
  Judgement judgement;
  double similarity() const { return pair->evidence.similarity(); }
};

/// `same` pairs that are not moved, the farthest from it first.
std::vector<JudgedPair> misses_of(const TuneResult& result) {
  std::vector<JudgedPair> misses;
  for (const MeasuredPair& pair : result.measured.pairs)
    if (const Judgement judgement = judge(pair, result.recommended);
        pair.label == Label::same && judgement.band != Band::automatic)
      misses.push_back({&pair, judgement});
  std::stable_sort(misses.begin(), misses.end(), [](const JudgedPair& x, const JudgedPair& y) {
    return std::tuple(y.judgement.band, x.similarity()) < std::tuple(x.judgement.band, y.similarity());
  });
  return misses;
}

/// All other pairs that are listed, the most similar first.
std::vector<JudgedPair> false_matches_of(const TuneResult& result) {
  std::vector<JudgedPair> matches;
  for (const MeasuredPair& pair : result.measured.pairs)
    if (const Judgement judgement = judge(pair, result.recommended);
        pair.label != Label::same && judgement.band != Band::none)
      matches.push_back({&pair, judgement});
  std::stable_sort(matches.begin(), matches.end(), [](const JudgedPair& x, const JudgedPair& y) {
    return std::tuple(x.judgement.band, y.similarity()) < std::tuple(y.judgement.band, x.similarity());
  });
  return matches;
}

std::string pair_row(const JudgedPair& judged, const LoadedTracks& tracks, const Thresholds& thresholds) {
  const MeasuredPair& pair = *judged.pair;
  std::string what = fmt::format("labelled {}", name_of(pair.label));
  if (!pair.treatment.empty()) what += fmt::format(" ({})", html_text(pair.treatment));
  what += fmt::format(", judged {}", name_of(judged.judgement.relation));
  if (!judged.judgement.guard.empty()) what += fmt::format(": {}", judged.judgement.guard);
  return fmt::format(
      "<article class=\"pair\"><header><b>{}</b><span class=\"band {}\">{}</span><span class=\"soft\">{}; "
      "overlap {}, "
      "coverage {:.1f} %</span></header><code>{}</code><code>{}</code>{}</article>\n",
      percent(judged.similarity()), name_of(judged.judgement.band), name_of(judged.judgement.band), what,
      clock_time(pair.evidence.overlap_s()), 100 * pair.evidence.coverage_longer,
      html_text(tracks.tracks[pair.a].path), html_text(tracks.tracks[pair.b].path),
      strip_chart(pair.evidence, thresholds));
}

std::string pair_rows(const char* kind, const std::vector<JudgedPair>& pairs, const TuneResult& result,
                      const LoadedTracks& tracks) {
  std::string text = fmt::format("<div class=\"{}\">\n", kind);
  for (std::size_t i = 0; i < std::min(pairs.size(), most_rows); ++i)
    text += pair_row(pairs[i], tracks, result.recommended);
  if (pairs.empty()) text += "<p>None.</p>\n";
  if (pairs.size() > most_rows)
    text += fmt::format("<p class=\"soft\">and {} more.</p>\n", pairs.size() - most_rows);
  return text + "</div>\n";
}

std::string cards(const TuneResult& result) {
  const Thresholds &to = result.recommended, &in_use = result.settings.match.join.thresholds;
  const SweepRow &moved = result.automatic.at(to.auto_similarity),
                 &shown = result.review.at(to.review_similarity);
  const FalseMoves wrong = false_moves(moved, result.automatic.all);
  return "<div class=\"cards\">\n" +
         card("auto_similarity", fmt::format("{:g}", to.auto_similarity),
              fmt::format("recommended; in use {:g}", in_use.auto_similarity)) +
         card("review_similarity", fmt::format("{:g}", to.review_similarity),
              fmt::format("recommended; in use {:g}", in_use.review_similarity)) +
         card("copies moved", percent(recall(moved.moved, result.automatic.all)),
              fmt::format("{} with those shown", percent(recall(shown.shown, result.review.all)))) +
         card("false moves", fmt::format("{}", wrong.moves),
              fmt::format("of {} pairs; at most {:.1e} with 95 % confidence", wrong.pairs,
                          wrong.interval.high)) +
         "</div>\n";
}

/// Lines of text, each escaped and followed by `between`.
std::string html_lines(const std::string& lines, const char* between) {
  std::string text;
  for (std::size_t begin = 0, end = 0; begin < lines.size(); begin = end + 1) {
    end = std::min(lines.find('\n', begin), lines.size());
    text += html_text(std::string_view(lines).substr(begin, end - begin)) + between;
  }
  return text;
}

std::string histograms(const TuneResult& result) {
  std::string text =
      "<h2>Similarity of each label</h2>\n<p class=\"soft\">Pairs by similarity; every halving of the error "
      "has the "
      "same room. The lines are the recommended auto_similarity and, dashed, review_similarity.</p>\n";
  for (const Label label : all_labels) {
    const std::uint64_t all = result.automatic.all[label];
    std::string count = count_text(all, "pair", "pairs");
    if (label == Label::different && result.measured.never_offered > 0)
      count += fmt::format(", {} of them never offered for comparison", result.measured.never_offered);
    text += fmt::format("<h3>{} <span class=\"soft\">{}</span></h3>\n", name_of(label), count) +
            similarity_histogram(result, label);
  }
  return text;
}

std::string worst_pairs(const TuneResult& result, const LoadedTracks& tracks) {
  return "<h2>Worst misses</h2>\n<p class=\"soft\">Labelled same, but not moved at the recommended "
         "thresholds. "
         "The strips show the error of each 8 s of the overlap:" +
         colour_key("clean", "the same") + colour_key("fair", "nearly") + colour_key("altered", "altered") +
         colour_key("foreign", "other audio") + colour_key("unknown", "nothing to tell") + "</p>\n" +
         pair_rows("misses", misses_of(result), result, tracks) +
         "<h2>Worst false matches</h2>\n<p class=\"soft\">Not labelled same, but listed: `auto` would be "
         "moved, "
         "`review` asked about, `related` only shown.</p>\n" +
         pair_rows("false-matches", false_matches_of(result), result, tracks);
}

}  // namespace

std::string tune_page(const TuneResult& result, const LoadedTracks& tracks, const std::string& source) {
  std::string page = std::string(tune_page_begin) + page_head({"echofold tune", tune_style, {}});
  page += "<body>\n<h1>Thresholds on trial</h1>\n<p class=\"soft\">echofold tune on <code>" +
          html_text(source) + "</code></p>\n";
  page += cards(result) + "<p class=\"advice\">" + html_lines(tune_advice(result), "<br>") + "</p>\n";
  page += "<h2>Precision and recall</h2>\n<p class=\"soft\">Each dot is a value of the threshold." +
          colour_key("curve-moved", "moved, by auto_similarity") +
          colour_key("curve-shown", "moved or shown, by review_similarity") + "</p>\n" +
          precision_recall_chart(result);
  page += histograms(result) + worst_pairs(result, tracks);
  return page + "<details><summary>Figures of the sweep</summary><pre>" +
         html_lines(tune_table(result, {.whole_lines = true}), "\n") + "</pre></details>\n</body></html>\n";
}

}  // namespace echofold
