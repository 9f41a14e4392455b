// The synthetic library: always the same, as described, and like music where it matters for a join.
#include <gtest/gtest.h>

#include <bit>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "datasets/synth/damage.h"
#include "datasets/synth/output.h"
#include "datasets/synth/statistics.h"
#include "engine/library/import.h"
#include "index/base/error.h"
#include "index/base/fs/stamp.h"
#include "tests/support/source_tree.h"
#include "tests/support/temp_dir.h"

namespace echofold::synth {
namespace {

MusicModel committed_model() {
  std::ifstream in(test::source_tree() / "datasets/synth/music.model");
  return MusicModel::load(in);
}

double difference(const std::vector<Item>& a, const std::vector<Item>& b) {
  double bits = 0;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) bits += std::popcount(a[i] ^ b[i]);
  return bits / item_bits / static_cast<double>(std::min(a.size(), b.size()));
}

TEST(SynthTest, ASeedAlwaysMakesTheSameLibrary) {
  const MusicModel model = committed_model();
  const SyntheticLibrary one(model, {.tracks = 80}), again(model, {.tracks = 80});
  const SyntheticLibrary other(model, {.tracks = 80, .seed = 2});
  for (std::uint32_t track = 0; track < one.size(); ++track) {
    EXPECT_EQ(one.items(track), again.items(track));
    EXPECT_NE(one.items(track), other.items(track));
  }
  EXPECT_EQ(hash_items(one.items(0)), hash_items(again.items(0)));
}

TEST(SynthTest, CopiesDifferAsMuchAsTheyShould) {
  const MusicModel model = committed_model();
  const SyntheticLibrary library(model, {.tracks = 400, .clones = 3});
  std::set<std::uint32_t> copied;
  for (const auto& pair : library.truth()) {
    const std::vector<Item> a = library.items(pair.a), b = library.items(pair.b);
    const double bits = difference(a, b);
    switch (pair.kind) {
      case Kind::codec:
      case Kind::clone:
        EXPECT_NEAR(bits, 0.01, 0.005);
        break;
      case Kind::shifted:
        EXPECT_NEAR(bits, 0.05, 0.01);
        break;
      case Kind::harsh:
        EXPECT_NEAR(bits, 0.12, 0.03);
        break;
      default:
        EXPECT_EQ(std::max(a.size(), b.size()), std::min(a.size(), b.size()) + 150);
    }
    if (pair.kind == Kind::clone) continue;
    const bool is_new = copied.insert(library.role(pair.a).kind == Kind::original ? pair.a : pair.b).second;
    EXPECT_TRUE(is_new) << "an original was copied twice";
  }
  EXPECT_EQ(copied.size(), 40u);
  EXPECT_EQ(library.truth().size(), 42u);
}

TEST(SynthTest, MovesLikeMusicAndCollidesLikeIt) {
  const MusicModel model = committed_model();
  const SyntheticLibrary library(model, {.tracks = 600});
  std::vector<std::vector<Item>> tracks;
  for (std::uint32_t track = 0; track < library.size(); ++track)
    if (library.role(track).kind == Kind::original) tracks.push_back(library.items(track));
  const Statistics s = measure(tracks);
  EXPECT_NEAR(s.changed_bits, 4.1, 0.4);  // the real values are in datasets/README.md
  EXPECT_NEAR(s.repeated, 0.0142, 0.004);
  EXPECT_NEAR(s.still, 0.072, 0.015);
  EXPECT_GT(s.silent, 0.0005);
  const double real[] = {15211.3, 1427.2, 482.5, 227.1, 115.2, 72.0, 37.8};
  for (std::size_t i = 0; i < s.top_bits.size(); ++i) {
    EXPECT_GT(s.top_bits[i] * 462e6, real[i] / 3) << Statistics::widths[i];
    EXPECT_LT(s.top_bits[i] * 462e6, real[i] * 3) << Statistics::widths[i];
  }
}

TEST(SynthTest, VersionsOfOnePieceDoNotCountAsChance) {
  const MusicModel model = committed_model();
  const SyntheticLibrary library(model, {.tracks = 80});
  const std::vector<Item> track = library.items(20);
  EXPECT_EQ(without_related({track, library.items(21), track}).size(), 2u);
}

TEST(SynthTest, AStoreFilledInProcessHoldsWhatAnImportWould) {
  const MusicModel model = committed_model();
  const SyntheticLibrary library(model, {.tracks = 80, .silent = 2});
  const test::TempDir dir;
  write_ndjson(library, dir.path());
  Store filled = Store::open(dir / "filled"), imported = Store::open(dir / "imported");
  fill_store(filled, library);
  std::ifstream lines(dir / "fingerprints.ndjson");
  EXPECT_EQ(import_fingerprints(imported, lines, {}, {}, {}).imported, 82u);
  const Snapshot a = filled.snapshot(), b = imported.snapshot();
  ASSERT_EQ(a.last_track_id(), 82u);
  for (TrackId id = 1; id <= 82; ++id) {
    EXPECT_EQ(a.track(id)->items_hash, b.track(id)->items_hash);
    EXPECT_EQ(a.track(id)->path, b.track(id)->path);
    EXPECT_NEAR(a.track(id)->properties.duration_s, b.track(id)->properties.duration_s, 0.01);
  }
}

TEST(SynthTest, WordsAreCountsAndItems) {
  const MusicModel model = committed_model();
  const SyntheticLibrary library(model, {.tracks = 40, .jingle = true});
  const test::TempDir dir;
  write_words(library, dir.path());
  std::ifstream in(dir / "fingerprints.bin", std::ios::binary);
  for (std::uint32_t track = 0; track < library.size(); ++track) {
    std::uint32_t count = 0;
    in.read(reinterpret_cast<char*>(&count), sizeof count);
    std::vector<Item> items(count);
    in.read(reinterpret_cast<char*>(items.data()), static_cast<std::streamsize>(count * sizeof(Item)));
    EXPECT_EQ(items, library.items(track));
  }
  EXPECT_EQ(in.peek(), std::ifstream::traits_type::eof());
}

TEST(SynthTest, AModelThatIsNoneIsRefused) {
  std::istringstream nothing(""), other("echofold-music-model-1 2 99");
  EXPECT_THROW(MusicModel::load(nothing), Error);
  EXPECT_THROW(MusicModel::load(other), Error);
}

TEST(SynthTest, AModelSurvivesItsText) {
  const MusicModel model = committed_model();
  std::stringstream text;
  model.save(text);
  const MusicModel again = MusicModel::load(text);
  Random x(7), y(7);
  std::vector<Item> a, b;
  model.append(a, 100, 3, x);
  again.append(b, 100, 3, y);
  EXPECT_EQ(a, b);
}

TEST(SynthTest, WhatIsLearntFromALibraryMovesLikeIt) {
  const MusicModel model = committed_model();
  std::vector<std::vector<Item>> tracks(40);
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    Random random(i);
    model.append(tracks[i], 2000, 0, random);
  }
  std::stringstream text;  // the tables of shared items are made when a model is read
  MusicModel::learn(tracks, 1).save(text);
  const MusicModel learnt = MusicModel::load(text);
  std::vector<std::vector<Item>> remade(40);
  for (std::size_t i = 0; i < remade.size(); ++i) {
    Random random(1000 + i);
    learnt.append(remade[i], 2000, 0, random);
  }
  EXPECT_NEAR(measure(remade).changed_bits, measure(tracks).changed_bits, 0.5);
}

}  // namespace
}  // namespace echofold::synth
