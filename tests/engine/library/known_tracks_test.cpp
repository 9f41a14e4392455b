// The table of known files when many of them have the same audio.
#include "engine/library/known_tracks.h"

#include <gtest/gtest.h>

#include <ctime>

#include "tests/support/temp_dir.h"

namespace echofold::library_known_tracks_test {
namespace {

constexpr std::uint64_t tracks = 40'000;

/// A library of tracks that are too short for a fingerprint; `payload_of` gives each the hash of its audio.
template <class PayloadOf>
Store library(const test::TempDir& dir, const std::string& name, PayloadOf payload_of) {
  Store store = Store::open(dir / name);
  store.write([&](Writer& writer) {
    for (std::uint64_t i = 0; i < tracks; ++i) {
      TrackRecord record;
      record.path = "/music/" + std::to_string(i) + ".wav";
      record.stamp = {1, i + 1, 800, 1'500'000'000};
      record.status = TrackStatus::too_short;
      record.hashes.payload = payload_of(i);
      writer.put_track(record, {});
    }
  });
  return store;
}

double cpu_seconds_of_reading(const Store& store) {
  const std::clock_t before = std::clock();
  const KnownTracks known(store.snapshot());
  EXPECT_EQ(known.size(), tracks);
  return static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
}

TEST(KnownTracksTest, ManyCopiesOfOneSoundAreReadAsFastAsOthers) {
  const test::TempDir dir;
  const Store others = library(dir, "others", [](std::uint64_t i) {
    return Hash128{7, (i + 1) * 0x9e3779b97f4a7c15u};
  });
  const Store copies = library(dir, "copies", [](std::uint64_t) { return Hash128{7, 42}; });
  const double usual_s = cpu_seconds_of_reading(others);
  EXPECT_LT(cpu_seconds_of_reading(copies), 5 * usual_s + .1);
}

TEST(KnownTracksTest, TheFirstCopyThatFitsIsFound) {
  const test::TempDir dir;
  const Store store = library(dir, "copies", [](std::uint64_t i) { return Hash128{42, i % 2}; });
  const KnownTracks known(store.snapshot());
  const auto found = [&](std::uint64_t low, KnownTracks::Number from) {
    return known.find_payload(Hash128{42, low},
                              [&](const KnownTrack& track) { return known.number_of(track) >= from; });
  };
  EXPECT_EQ(found(0, 0), 0u);
  EXPECT_EQ(found(1, 0), 1u);
  EXPECT_EQ(found(1, 1000), 1001u);
  EXPECT_EQ(found(0, tracks), std::nullopt);
  EXPECT_EQ(found(2, 0), std::nullopt);
}

}  // namespace
}  // namespace echofold::library_known_tracks_test
