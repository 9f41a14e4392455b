// A new index replaces the old one as a whole, at whatever moment a run is killed.
//
// This process never builds an index itself: its children would lack the threads that a build starts.
#include <gtest/gtest.h>

#include <filesystem>

#include "index/candidates/candidate_index.h"
#include "tests/support/kill.h"
#include "tests/support/synthetic.h"
#include "tests/support/temp_dir.h"

namespace echofold::candidates_index_rewrite_test {
namespace {

constexpr std::uint64_t library = 7;

/// Tracks `first` .. `first + count - 1`.
void build(const std::filesystem::path& file, TrackId first, TrackId count) {
  std::vector<std::vector<Item>> items;
  for (TrackId id = first; id < first + count; ++id) items.push_back(test::make_items(id, 200));
  std::vector<IndexedTrack> tracks;
  for (TrackId i = 0; i < count; ++i) tracks.push_back({first + i, items[i]});
  CandidateIndex::build(file, tracks, {library, first + count - 1, {}});
}

std::vector<TrackId> ids(TrackId first, TrackId count) {
  std::vector<TrackId> all(count);
  for (TrackId i = 0; i < count; ++i) all[i] = first + i;
  return all;
}

TEST(IndexRewriteTest, AKillLeavesTheOldOrTheNew) {
  const test::TempDir dir;
  const std::filesystem::path file = dir / "index.faiss";
  const auto nothing = [] {};
  constexpr long never = 1'000'000;
  if (test::killed_at(never, nothing, [&] { build(file, 1, 40); }) == 0)
    GTEST_SKIP() << "tracing is not allowed here";
  bool was_new = false;
  for (long at = 1;; ++at) {
    const long calls = test::killed_at(at, nothing, [&] { build(file, 100, 50); });
    const auto index = CandidateIndex::open(file, library, {});
    ASSERT_TRUE(index) << "after a kill at call " << at;
    ASSERT_TRUE(index->intact()) << "after a kill at call " << at;
    const bool is_new = index->track_ids() == ids(100, 50);
    ASSERT_TRUE(is_new || index->track_ids() == ids(1, 40)) << "after a kill at call " << at;
    if (calls < at) break;
    ASSERT_TRUE(is_new || !was_new) << "the new one was already there";
    was_new = is_new;
  }
  EXPECT_TRUE(was_new) << "kills after the new one was there are part of it";
  test::killed_at(never, nothing, [&] { build(file, 1, 40); });
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(dir.path()), {}), 2) << "remains are removed";
}

}  // namespace
}  // namespace echofold::candidates_index_rewrite_test
