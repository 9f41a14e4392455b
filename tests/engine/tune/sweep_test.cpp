// Sweeps judge each pair again; pairs without a label are measured if they are candidates; verdicts are labels.
#include "engine/tune/sweep.h"

#include <gtest/gtest.h>

#include "engine/tune/tune.h"
#include "engine/tune/verdict_labels.h"
#include "index/base/parallel.h"
#include "index/pair/measure.h"
#include "tests/engine/dedupe/small_library.h"

namespace echofold::tune_sweep_test {
namespace {

using test::copy_of;
using test::music;
using test::SmallLibrary;

LoadedTracks tracks_of(SmallLibrary& library, const std::vector<std::string>& paths) {
  return load_tracks(paths, &library.store(), read_track);
}

MeasuredPair pair_of(Label label, double similarity) {
  MeasuredPair pair;
  pair.label = label;
  pair.evidence = measure(music(1), music(1), 0);
  pair.evidence.corrected_ber = 1 - similarity;
  return pair;
}

TEST(Sweep, CountsWhatEachValueMovesAndShows) {
  Measurements measured;
  measured.pairs = {pair_of(Label::same, 0.995), pair_of(Label::same, 0.965),
                    pair_of(Label::different, 0.985), pair_of(Label::edit, 0.925)};
  measured.never_offered = 100;
  const Sweep sweep = sweep_auto(measured, {});
  EXPECT_EQ(sweep.all[Label::different], 101u);
  EXPECT_EQ(sweep.all.not_same(), 102u);
  EXPECT_EQ(sweep.rows.front().value, 0.9);
  EXPECT_EQ(sweep.rows.back().value, 0.999);
  const SweepRow& at98 = sweep.at(0.98);
  EXPECT_EQ(at98.moved.same(), 1u);
  EXPECT_EQ(at98.moved[Label::different], 1u);
  EXPECT_EQ(at98.shown.same(), 2u);
  EXPECT_DOUBLE_EQ(recall(at98.moved, sweep.all), 0.5);
  EXPECT_DOUBLE_EQ(precision(at98.moved), 0.5);
  EXPECT_EQ(sweep.at(0.99).moved.not_same(), 0u);
  EXPECT_EQ(sweep.at(0.92).moved[Label::edit], 1u);  // review_similarity went down with it
  EXPECT_THROW(sweep.at(0.12345), std::out_of_range);
  const Sweep review = sweep_review(measured, {});
  EXPECT_EQ(review.at(0.95).shown[Label::edit], 0u);
  EXPECT_EQ(review.at(0.92).shown[Label::edit], 1u);
  measured.pairs[0].titles_differ = true;  // never moved, whatever the value
  EXPECT_EQ(sweep_auto(measured, {}).at(0.9).moved.same(), 1u);
}

TEST(Sweep, NothingFoundIsNoWrongAnswer) {
  EXPECT_EQ(recall({}, {}), 0);
  EXPECT_EQ(precision({}), 1);
}

/// A labelled library: copies of 1 and 2, two files with the same bytes, and one that shares no original with any
/// other.
class Tune : public testing::Test {
 protected:
  Tune() {
    library.add("/m/1.flac", music(1));
    library.add("/m/1.mp3", copy_of(1));
    library.add("/m/2.flac", music(2));
    library.add("/m/2.mp3", copy_of(2));
    library.add("/m/3.flac", music(3));
    library.add("/m/same-sound.flac", music(3));
    set.pairs =
        parse_labels("a,b,label\n1.flac,1.mp3,same\n2.flac,2.mp3,same\n1.flac,2.flac,different\n", "L", "/m");
    set.manifest = Manifest::parse(
        "file,track\n1.flac,one\n1.mp3,one\n2.flac,two\n2.mp3,two\n3.flac,three\nsame-sound.flac,four\n", "M",
        "/m");
  }

  TuneResult run() { return tune(set, tracks_of(library, set.paths()), {}); }

  SmallLibrary library;
  LabelledSet set;
};

TEST_F(Tune, StrangersComeFromTheCandidateStageAndTheRestIsCounted) {
  const TuneResult result = run();
  EXPECT_EQ(result.measured.labelled, 3u);
  // Of 15 pairs 2 share an original and one is labelled; of the rest one sounds the same.
  ASSERT_EQ(result.measured.pairs.size(), 4u);
  EXPECT_EQ(result.measured.never_offered, 11u);
  EXPECT_EQ(result.measured.pairs[3].label, Label::different);
  EXPECT_EQ(result.measured.pairs[3].evidence.similarity(), 1);
  EXPECT_EQ(result.automatic.all.not_same(), 13u);
  EXPECT_EQ(result.automatic.at(0.98).moved.not_same(), 1u);  // identical sound under two names: a false move
  EXPECT_FALSE(result.advice.lowest);
  EXPECT_EQ(result.recommended, Thresholds{});
}

TEST_F(Tune, IsTheSameForEveryNumberOfThreads) {
  const auto with_threads = [&](std::size_t threads) {
    const ThreadLimit limit(threads);
    return run();
  };
  const TuneResult one = with_threads(1), four = with_threads(4);
  EXPECT_EQ(one.automatic.rows, four.automatic.rows);
  ASSERT_EQ(one.measured.pairs.size(), four.measured.pairs.size());
  for (std::size_t i = 0; i < one.measured.pairs.size(); ++i)
    EXPECT_EQ(one.measured.pairs[i].evidence, four.measured.pairs[i].evidence);
}

TEST_F(Tune, AFileThatIsNotThereLeavesItsPairsOut) {
  set.manifest.reset();
  set.pairs.push_back({"/m/1.flac", "/m/none.flac", Label::same, ""});
  const LoadedTracks tracks = tracks_of(library, set.paths());
  ASSERT_EQ(tracks.failures.size(), 1u);
  EXPECT_EQ(tracks.failures[0].path, "/m/none.flac");
  EXPECT_EQ(tune(set, tracks, {}).measured.left_out, 1u);
}

TEST(VerdictLabels, NameTracksByPathAndCountTheLost) {
  SmallLibrary library;
  const TrackId a = library.add("/m/a", music(1)), b = library.add("/m/b", copy_of(1));
  const TrackId c = library.add("/m/c", music(2)), d = library.add("/m/d", copy_of(2));
  const TrackId e = library.add("/m/e", music(3));
  library.decide(a, b, Verdict::keep_b);
  library.decide(c, d, Verdict::keep_both);
  library.decide(a, e, Verdict::keep_both);
  library.change(b, [](TrackRecord& track) {
    track.place = TrackPlace::set_aside;
    track.set_aside_path = "/m/aside/b";
  });
  library.remove(e);
  const VerdictLabels verdicts = verdict_labels(library.store().snapshot());
  EXPECT_EQ(verdicts.lost, 1u);
  ASSERT_EQ(verdicts.labels.size(), 2u);
  for (const VerdictLabel& label : verdicts.labels) {
    const bool first = label.pair.a == "/m/a" || label.pair.b == "/m/a";
    EXPECT_EQ(label.pair.label, first ? Label::same : Label::different);
    EXPECT_EQ(label.pair.a == "/m/b" || label.pair.b == "/m/b", first);
    const Verdict kept_b = label.pair.a == "/m/b" ? Verdict::keep_a : Verdict::keep_b;
    EXPECT_EQ(label.verdict, first ? kept_b : Verdict::keep_both);
  }
}

}  // namespace
}  // namespace echofold::tune_sweep_test
