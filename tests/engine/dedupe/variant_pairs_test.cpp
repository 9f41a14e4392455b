// Which variants are looked up when, and that their pairs last.
#include "engine/dedupe/variant_pairs.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/engine/dedupe/small_library.h"
#include "tests/support/sample_variants.h"

namespace echofold::dedupe_variant_pairs_test {
namespace {

using namespace test;
using Names = std::vector<std::string>;

/// A large library in small: no probe compares all tracks with all.
class VariantPairsTest : public testing::Test {
 protected:
  VariantPairsTest() {
    library.settings.join.speed_probe_max_library = 0;
    library.settings.join.third_probe_max_library = 0;
    for (std::uint64_t i = 0; i < 12; ++i) library.add("/s/" + std::to_string(i), music(500 + i));
  }

  void put_variants(TrackId id, const SpeedVariants& variants) {
    library.store().write([&](Writer& writer) { writer.put_variants(id, variants); });
  }
  /// Music that has nothing of `seed` but in its variants.
  TrackId add_faster(const std::string& path, std::uint64_t seed, double speed, int percent = 4) {
    const TrackId id = library.add(path, music(seed * 1000));
    if (percent > 0) put_variants(id, variants_of_copy(music(seed), 0, speed, percent));
    return id;
  }
  /// Runs update() and counts the tracks whose variants were looked up.
  std::uint64_t update() {
    std::uint64_t looked_up = 0;
    update_pairs(library.store(), library.settings,
                 [&](std::string_view stage, std::uint64_t, std::uint64_t total) {
                   if (stage == "other speeds") looked_up = total;
                 });
    return looked_up;
  }

  SmallLibrary library;
};

TEST_F(VariantPairsTest, AreFoundOnceAndOnlyForWhatIsNew) {
  library.add("/m/a", music(1));
  EXPECT_EQ(update(), 0u) << "a library without variants";
  add_faster("/m/fast", 1, 1.03);
  EXPECT_EQ(update(), 1u);
  EXPECT_EQ(library.pairs(), Names{"/m/a|/m/fast"});
  const auto generation = library.store().snapshot().generation();
  EXPECT_EQ(update(), 0u);
  EXPECT_EQ(library.store().snapshot().generation(), generation) << "nothing was written";
  add_faster("/m/slow", 502, 0.98);
  EXPECT_EQ(update(), 1u) << "not those that were looked up before";
  EXPECT_EQ(library.pairs(), (Names{"/m/a|/m/fast", "/m/slow|/s/2"}));
}

TEST_F(VariantPairsTest, TheVariantsOfTheOlderTrackFindTheNewOne) {
  add_faster("/m/fast", 1, 1.03);
  update();
  EXPECT_EQ(library.pairs(), Names{});
  library.add("/m/imported", music(1));
  EXPECT_EQ(update(), 1u) << "it has no variants: those of the others are looked up in it";
  EXPECT_EQ(library.pairs(), Names{"/m/fast|/m/imported"});
  EXPECT_EQ(update(), 0u);
}

TEST_F(VariantPairsTest, MadeLaterOrFartherTheyAreLookedUpThen) {
  library.add("/m/a", music(1));
  const TrackId fast = add_faster("/m/fast", 1, 1.03, 0);
  update();
  EXPECT_EQ(library.pairs(), Names{});
  put_variants(fast, variants_of_copy(music(1), 0, 1.03, 2));
  EXPECT_EQ(update(), 1u);
  EXPECT_EQ(library.pairs(), Names{}) << "2 % is not far enough";
  put_variants(fast, variants_of_copy(music(1), 0, 1.03, 4));
  EXPECT_EQ(update(), 1u);
  EXPECT_EQ(library.pairs(), Names{"/m/a|/m/fast"});
}

TEST_F(VariantPairsTest, OfTracksWithOneFingerprintAnyOneMayHaveThem) {
  library.add("/m/a", music(1));
  library.add("/m/fast 1", music(1000));
  const TrackId second = library.add("/m/fast 2", music(1000));
  put_variants(second, variants_of_copy(music(1), 0, 1.03, 4));
  EXPECT_EQ(update(), 1u);
  EXPECT_EQ(library.pairs(), (Names{"/m/a|/m/fast 1", "/m/a|/m/fast 2", "/m/fast 1|/m/fast 2"}));
}

TEST_F(VariantPairsTest, AreLookedUpAgainWhenPairsAreDropped) {
  library.add("/m/a", music(1));
  add_faster("/m/fast", 1, 1.03);
  update();
  library.settings.join.offsets_per_pair = 5;
  EXPECT_EQ(update(), 1u) << "other settings: all pairs are looked for again";
  EXPECT_EQ(library.pairs(), Names{"/m/a|/m/fast"});
  library.settings.join.variant_votes = 5;
  EXPECT_EQ(update(), 1u) << "other settings of the variants: only those";
  EXPECT_EQ(library.pairs(), Names{"/m/a|/m/fast"});
}

TEST_F(VariantPairsTest, AJoinOfTheWholeLibraryKeepsThem) {
  // Alike enough at one speed to be a version: the second half is other music.
  std::vector<Item> version = copy_of(1);
  const std::vector<Item> other = music(77);
  std::copy(other.begin() + 150, other.end(), version.begin() + 150);
  library.add("/m/a", music(1));
  const TrackId fast = library.add("/m/fast", version);
  update();
  ASSERT_EQ(library.pairs(), Names{"/m/a|/m/fast"});
  ASSERT_FALSE(list_pairs(library.store().snapshot(), {}).at(0).evidence.has_other_speed());
  put_variants(fast, variants_of_copy(music(1), 0, 1.03, 4));
  update();
  ASSERT_TRUE(list_pairs(library.store().snapshot(), {}).at(0).evidence.has_other_speed());
  library.settings.library_join_from = 4;
  for (std::uint64_t i = 0; i < 12; ++i) library.add("/t/" + std::to_string(i), music(700 + i));
  update();
  EXPECT_TRUE(list_pairs(library.store().snapshot(), {}).at(0).evidence.has_other_speed());
}

}  // namespace
}  // namespace echofold::dedupe_variant_pairs_test
