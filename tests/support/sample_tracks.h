// Records with every field set, for tests of storage.
#pragma once

#include <cstdint>
#include <string>

#include "index/model/record.h"

namespace echofold::test {

/// A record whose fields all differ from their defaults and from those of other `seed`s.
inline TrackRecord sample_track(std::uint64_t seed) {
  const std::string n = std::to_string(seed);
  TrackRecord record;
  record.path = "/music/artist/album/" + n + ".flac";
  record.stamp = {64, 1000 + seed, 30'000'000 + seed, -1 - static_cast<std::int64_t>(seed)};
  record.properties = {"flac", "flac", true, 900'000, 44'100, 16, 2, 213.4 + static_cast<double>(seed)};
  record.tags = {"Artist " + n, "Title",      "Album",    "Band", "3/12",
                 "1",           "1999-02-03", "acoustid", "mbid", true};
  record.quality = {3,
                    true,
                    214.0,
                    120,
                    16021,
                    38.5,
                    -101.2,
                    3.4,
                    0.52,
                    812,
                    true,
                    13,
                    5,
                    4,
                    Mix::side,
                    {0, 40, 254, level_silent},
                    {30, 81, 254}};
  record.hashes = {29'000'000 + seed, {seed + 1, 2}, {3, seed + 4}};
  record.contents = {true, 1, 2, 3, 12, true, true, {5, seed + 6}};
  return record;
}

}  // namespace echofold::test
