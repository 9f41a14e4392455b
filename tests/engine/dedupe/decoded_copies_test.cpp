// Which file is decoded from which, what the ranking makes of it, and that nothing is lost by it.
#include "engine/dedupe/decoded_copies.h"

#include <gtest/gtest.h>

#include "engine/dedupe/plan.h"
#include "tests/engine/dedupe/small_library.h"
#include "tests/support/sample_heard.h"

namespace echofold::dedupe_decoded_copies_test {
namespace {

using namespace test;
using Lines = std::vector<std::string>;

/// What is heard of a FLAC and the MP3 that it was decoded from.
Heard decode() {
  Heard heard = same_sound();
  heard.equal_s = heard.compared_s;
  heard.rounded_s = 180;
  heard.equal_kbps = 600;
  return heard;
}

TEST(DecodedCopies, OnlyALosslessFileCanBeDecodedFromALossyOne) {
  const TrackRecord flac = lossless("/m/a.flac"), lossy = mp3("/m/a.mp3");
  EXPECT_TRUE(is_decoded_from(flac, lossy, decode()));
  EXPECT_FALSE(is_decoded_from(lossy, flac, decode()));
  EXPECT_FALSE(is_decoded_from(flac, flac, decode()));
  EXPECT_FALSE(is_decoded_from(lossy, lossy, decode()));
  EXPECT_FALSE(is_decoded_from(flac, lossy, same_sound()));
  TrackRecord damaged = lossy;
  damaged.quality.frames_skipped = 1;
  EXPECT_FALSE(is_decoded_from(flac, damaged, decode()));
}

TEST(DecodedCopies, TheTextNamesTheFormats) {
  const TrackRecord flac = lossless("/m/a.flac"), lossy = mp3("/m/a.mp3");
  EXPECT_EQ(decoded_text(lossy), "decoded from this very MP3");
  EXPECT_EQ(decoded_text(flac, lossy, decode()), "the FLAC is decoded from this very MP3");
  EXPECT_EQ(decoded_text(lossy, flac, decode()), "the FLAC is decoded from this very MP3");
  EXPECT_EQ(decoded_text(lossy, flac, same_sound()), "");
}

/// A library, and which of its files are decoded from which.
class DecodedBeside : public testing::Test {
 protected:
  void add(TrackRecord track, std::uint64_t copy) { library_.add(std::move(track), copy_of(1, copy)); }

  /// "drop:action(why)" of each, the keeper first. Listens until nothing new turns up, as a run does.
  Lines plan(PlanSettings settings = {}) {
    library_.update();
    std::map<std::pair<std::string, std::string>, Heard> known;
    bool asked = false;
    settings.by_ear = [&](const TrackRecord& keeper, const TrackRecord& loser, const Evidence&) -> ByEar {
      const auto [place, is_new] = known.try_emplace({keeper.path, loser.path}, heard(keeper, loser));
      asked = asked || is_new;
      return {place->second};
    };
    settings.heard_so_far = [&](const TrackRecord& a, const TrackRecord& b) -> std::optional<Heard> {
      for (const auto& key : {std::pair{a.path, b.path}, {b.path, a.path}})
        if (const auto found = known.find(key); found != known.end()) return found->second;
      return std::nullopt;
    };
    for (int round = 0; round < 10; ++round) {
      asked = false;
      const Plan plan = make_plan(library_.store().snapshot(), "", settings);
      if (!asked) return lines(plan);
    }
    return {"it never ends"};
  }
  static Lines lines(const Plan& plan) {
    Lines out;
    for (const PlanGroup& group : plan.groups) {
      out.push_back(group.keep.track.path + ": " + group.why);
      for (const PlanDrop& drop : group.drops)
        out.push_back(drop.file.track.path + ": " + std::string(name_of(drop.action)) + ", " + drop.why);
    }
    return out;
  }
  Heard heard(const TrackRecord& a, const TrackRecord& b) const {
    for (const auto& [copy, source] : decoded_)
      if ((a.path == copy && b.path == source) || (b.path == copy && a.path == source)) return decode();
    return same_sound();
  }

  SmallLibrary library_;
  std::vector<std::pair<std::string, std::string>> decoded_;  ///< copy, source
};

TEST_F(DecodedBeside, TheSourceStays) {
  add(lossless("/m/a.flac"), 1);
  add(mp3("/m/b.mp3"), 2);
  EXPECT_EQ(plan(), (Lines{"/m/a.flac: lossless", "/m/b.mp3: move, lossy"}));
  decoded_ = {{"/m/a.flac", "/m/b.mp3"}};
  EXPECT_EQ(plan(), (Lines{"/m/b.mp3: the other was decoded from it",
                           "/m/a.flac: move, decoded from this very MP3"}));
}

TEST_F(DecodedBeside, ATrueOriginalStillWins) {
  TrackRecord deep = lossless("/m/24 bits.flac");
  deep.properties.bits_per_sample = 24;
  add(deep, 1);
  add(mp3("/m/b.mp3"), 2);
  add(lossless("/m/original.flac"), 3);
  decoded_ = {{"/m/24 bits.flac", "/m/b.mp3"}};
  EXPECT_EQ(plan(), (Lines{"/m/original.flac: lossless", "/m/24 bits.flac: move, decoded MP3",
                           "/m/b.mp3: move, lossy"}));
}

TEST_F(DecodedBeside, ALossyFileOfAHigherRateWins) {
  add(lossless("/m/a.flac"), 1);
  add(mp3("/m/b.mp3", 128), 2);
  add(mp3("/m/c.mp3", 320), 3);
  decoded_ = {{"/m/a.flac", "/m/b.mp3"}};
  EXPECT_EQ(plan(), (Lines{"/m/c.mp3: higher bit rate", "/m/a.flac: move, lower bit rate",
                           "/m/b.mp3: move, lower bit rate"}));
}

TEST_F(DecodedBeside, ALossyFileOfALowerRateLoses) {
  add(lossless("/m/a.flac"), 1);
  add(mp3("/m/b.mp3", 320), 2);
  add(mp3("/m/c.mp3", 128), 3);
  decoded_ = {{"/m/a.flac", "/m/b.mp3"}};
  EXPECT_EQ(plan(), (Lines{"/m/b.mp3: higher bit rate; the other was decoded from it",
                           "/m/a.flac: move, decoded from this very MP3", "/m/c.mp3: move, lower bit rate"}));
}

TEST_F(DecodedBeside, SeveralDecodedCopiesAllGo) {
  for (const char* name : {"/m/1.flac", "/m/2.flac", "/m/3.flac"}) {
    add(lossless(name), decoded_.size() + 1);
    decoded_.emplace_back(name, "/m/b.mp3");
  }
  add(mp3("/m/b.mp3"), 9);
  EXPECT_EQ(
      plan(),
      (Lines{"/m/b.mp3: the other was decoded from it", "/m/1.flac: move, decoded from this very MP3",
             "/m/2.flac: move, decoded from this very MP3", "/m/3.flac: move, decoded from this very MP3"}));
}

TEST_F(DecodedBeside, AnotherFileOfTheSameRateIsNotItsSource) {
  const TrackRecord copy = lossless("/m/a.flac"), other = mp3("/m/c.mp3");
  TrackRecord source = mp3("/m/b.mp3"), same = mp3("/m/d.mp3");
  source.id = 1;
  source.hashes = same.hashes = {1000, {1, 2}, {}};
  const Ranked decoded{&copy, 0, 0, false, {}, &source};
  EXPECT_TRUE(is_source_of({&source}, decoded));
  EXPECT_TRUE(is_source_of({&same}, decoded)) << "the same audio with other tags";
  EXPECT_FALSE(is_source_of({&other}, decoded));
  EXPECT_FALSE(is_source_of({&source}, {&copy}));
  const RankReason reason = compare_copies({&other}, decoded, {});
  EXPECT_LT(reason.order, 0);
  EXPECT_EQ(why_worse(reason, decoded), "decoded MP3");
}

TEST_F(DecodedBeside, ASourceThatHasNoFileHereCountsForNothing) {
  add(lossless("/m/a.flac"), 1);
  TrackRecord imported = mp3("/m/b.mp3");
  imported.place = TrackPlace::imported;
  add(imported, 2);
  library_.update();
  PlanSettings settings;
  settings.heard_so_far = [](const TrackRecord&, const TrackRecord&) { return decode(); };
  EXPECT_EQ(lines(make_plan(library_.store().snapshot(), "", settings)),
            (Lines{"/m/a.flac: lossless", "/m/b.mp3: move, lossy"}));
}

TEST_F(DecodedBeside, AProtectedFileStays) {
  add(lossless("/safe/a.flac"), 1);
  add(mp3("/m/b.mp3"), 2);
  decoded_ = {{"/safe/a.flac", "/m/b.mp3"}};
  PlanSettings settings;
  settings.rank.protected_folders = {"/safe"};
  EXPECT_EQ(plan(settings),
            (Lines{"/safe/a.flac: protected folder", "/m/b.mp3: move, outside the protected folders"}));
  settings.rank.protected_folders = {"/safe", "/m"};
  EXPECT_EQ(plan(settings), (Lines{"/safe/a.flac: lossless", "/m/b.mp3: none, in a protected folder"}))
      << "what stays anyway is not listened to";
}

TEST_F(DecodedBeside, WhatOnlyTheCopyHoldsIsAskedAbout) {
  TrackRecord copy = lossless("/m/a.flac"), source = mp3("/m/b.mp3");
  copy.contents.known = source.contents.known = true;
  copy.contents.lyrics = true;
  add(copy, 1);
  add(source, 2);
  decoded_ = {{"/m/a.flac", "/m/b.mp3"}};
  const Lines lines = plan();
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[1].find("/m/a.flac: review, decoded from this very MP3; to review: "), 0u) << lines[1];
}

}  // namespace
}  // namespace echofold::dedupe_decoded_copies_test
