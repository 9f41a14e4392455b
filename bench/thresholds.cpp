// What each threshold decides: varies one at a time, the others stay (README.md).
//
//   bench_thresholds LABELS [DB]
//
// LABELS is a folder or file as for `echofold tune`, DB a library that has its fingerprints. A table to stdout.
#include <cstdio>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>

#include "bench/library.h"
#include "engine/tune/labelled_set.h"
#include "engine/tune/measure.h"
#include "engine/tune/tracks.h"

namespace echofold::bench {
namespace {

struct Knob {
  const char* name;
  std::function<void(Thresholds&, double)> set;
  std::initializer_list<double> values;
};

template <class Number>
std::function<void(Thresholds&, double)> setter(Number Thresholds::*member) {
  return [member](Thresholds& t, double value) { t.*member = static_cast<Number>(value); };
}

/// window_ber is varied only in the judgement: the evidence is measured with the value in the source.
const Knob knobs[] = {
    {"auto_similarity", setter(&Thresholds::auto_similarity), {.97, .975, .98, .985, .99}},
    {"review_similarity", setter(&Thresholds::review_similarity), {.93, .94, .95, .96, .97}},
    {"even_similarity", setter(&Thresholds::even_similarity), {.92, .93, .94, .95}},
    {"related_corrected_ber", setter(&Thresholds::related_corrected_ber), {.26, .28, .30, .32}},
    {"min_contrast", setter(&Thresholds::min_contrast), {.03, .04, .05, .06, .08}},
    {"min_informative", setter(&Thresholds::min_informative), {50, 80, 100, 150}},
    {"sure_informative", setter(&Thresholds::sure_informative), {100, 150, 200, 300}},
    {"window_ber", setter(&Thresholds::window_ber), {.08, .10, .12, .14, .16}},
    {"auto_window_ber", setter(&Thresholds::auto_window_ber), {.06, .07, .08, .10, .12}},
    {"min_coverage_longer", setter(&Thresholds::min_coverage_longer), {.90, .95, .97, .98, .99}},
    {"max_unmatched_s", setter(&Thresholds::max_unmatched_s), {2, 4, 6, 8, 10}},
    {"edit_min_matched_s", setter(&Thresholds::edit_min_matched_s), {10, 15, 20, 25, 30}},
    {"foreign_ber", setter(&Thresholds::foreign_ber), {.27, .30, .33, .36}},
    {"replaced_ber", setter(&Thresholds::replaced_ber), {.35, .38, .41, .44}},
    {"max_cut_s", setter(&Thresholds::max_cut_s), {6, 8, 10, 12, 15}}};

struct Counts {
  int total[all_labels.size()] = {}, automatic[all_labels.size()] = {}, asked[all_labels.size()] = {};
  /// claimed: a relation other than insufficient
  int right[all_labels.size()] = {}, claimed[all_labels.size()] = {};
};

bool is_right(Label label, Relation relation) {
  switch (label) {
    case Label::same:
      return relation == Relation::same_recording;
    case Label::edit:
      return relation == Relation::edit;
    case Label::version:
      return relation == Relation::version;
    case Label::altered:
    case Label::remaster:
      return relation == Relation::same_recording;
    case Label::different:
      return relation == Relation::unrelated || relation == Relation::insufficient;
  }
  return false;
}

Counts count(const Measurements& measured, const Thresholds& thresholds) {
  Counts counts;
  for (const MeasuredPair& pair : measured.pairs) {
    const auto label = static_cast<std::size_t>(pair.label);
    const Judgement judgement = judge(pair, thresholds);
    ++counts.total[label];
    counts.automatic[label] += judgement.band == Band::automatic;
    counts.asked[label] += judgement.band == Band::review;
    counts.right[label] += is_right(pair.label, judgement.relation);
    counts.claimed[label] +=
        judgement.relation != Relation::unrelated && judgement.relation != Relation::insufficient;
  }
  return counts;
}

void print(const std::string& name, const Counts& c) {
  constexpr auto same = static_cast<std::size_t>(Label::same), edit = static_cast<std::size_t>(Label::edit);
  constexpr auto version = static_cast<std::size_t>(Label::version);
  constexpr auto different = static_cast<std::size_t>(Label::different);
  std::printf("%-30s %6d %6d %6d   %5d %5d %5d   %5d %5d %5d   %5d %5d %5d\n", name.c_str(),
              c.automatic[same], c.asked[same], c.right[same], c.automatic[edit], c.asked[edit],
              c.right[edit], c.automatic[version], c.asked[version], c.right[version], c.automatic[different],
              c.asked[different], c.claimed[different]);
}

int run(int argc, char** argv) {
  if (argc < 2 || argc > 3) {
    std::fputs("usage: bench_thresholds LABELS [DB]\n", stderr);
    return 2;
  }
  const LabelledSet set = read_labelled_set(argv[1]);
  std::optional<Store> store;
  if (argc == 3) store = Store::open_to_read(argv[2]);
  const LoadedTracks tracks = load_tracks(set.paths(), store ? &*store : nullptr, read_track);
  const Measurements measured = measure_pairs(set, tracks, MatchSettings{});
  const Thresholds current;
  const Counts now = count(measured, current);
  std::printf("%-30s %20s   %17s   %17s   %17s\n", "", "same", "edit", "version", "different");
  std::printf("%-30s %6s %6s %6s   %5s %5s %5s   %5s %5s %5s   %5s %5s %5s\n", "threshold", "auto", "asked",
              "right", "auto", "asked", "right", "auto", "asked", "right", "auto", "asked", "named");
  std::printf("%-30s %20d   %17d   %17d   %17llu\n", "pairs", now.total[0], now.total[1], now.total[2],
              static_cast<unsigned long long>(measured.never_offered) +
                  static_cast<unsigned long long>(now.total[3]));
  print("as it is", now);
  for (const Knob& knob : knobs)
    for (const double value : knob.values) {
      Thresholds moved = current;
      knob.set(moved, value);
      char name[64];
      std::snprintf(name, sizeof name, "%s%s %g", moved == current ? "* " : "  ", knob.name, value);
      print(name, count(measured, moved));
    }
  return 0;
}

}  // namespace
}  // namespace echofold::bench

int main(int argc, char** argv) {
  return echofold::bench::run_main([&] { return echofold::bench::run(argc, argv); });
}
