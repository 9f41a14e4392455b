// The index on disk and its delta, against FAISS's own reading and searching of the same postings.
#include "index/candidates/candidate_index.h"

#include <faiss/IndexBinaryFlat.h>
#include <faiss/IndexBinaryIVF.h>
#include <faiss/impl/AuxIndexStructures.h>
#include <faiss/index_io.h>
#include <faiss/invlists/OnDiskInvertedLists.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <fstream>
#include <iterator>
#include <numeric>
#include <tuple>

#include "index/base/error.h"
#include "index/base/fs/stamp.h"
#include "index/base/parallel.h"
#include "tests/index/candidates/index_queries.h"
#include "tests/support/read_file.h"
#include "tests/support/synthetic.h"
#include "tests/support/temp_dir.h"

namespace echofold::candidates_candidate_index_test {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t library = 0xABCDEF;

struct Library {
  explicit Library(std::size_t tracks, std::size_t items = 300, TrackId first = 1) {
    for (std::size_t i = 0; i < tracks; ++i) {
      fingerprints.push_back(test::make_items(1000 + first + i, items + i % 7));
      ids.push_back(first + 3 * i);
    }
  }
  std::vector<IndexedTrack> tracks() const {
    std::vector<IndexedTrack> out;
    for (std::size_t i = 0; i < ids.size(); ++i) out.push_back({ids[i], fingerprints[i]});
    return out;
  }
  std::vector<std::vector<Item>> fingerprints;
  std::vector<TrackId> ids;
};

using Entry = std::tuple<Key, TrackId, std::uint32_t, Item>;

std::vector<Entry> filed_by_hand(const std::vector<IndexedTrack>& tracks, const KeySettings& keys) {
  std::vector<Entry> entries;
  for (const IndexedTrack& track : tracks)
    for (const FiledItem& f : filed_items(track.items, keys))
      entries.emplace_back(f.key, track.id, f.position, f.item);
  std::sort(entries.begin(), entries.end());
  return entries;
}

IndexStamp stamp_of(const KeySettings& keys = {}) { return {library, 4000, keys}; }

void write_bytes(const fs::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

fs::path lists_file(const fs::path& folder) {
  fs::path found;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".lists") found = entry.path();
  return found;
}

std::size_t files_in(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

void expect_holds(const CandidateIndex& index, const std::vector<Entry>& entries) {
  EXPECT_EQ(index.posting_count(), entries.size());
  for (std::size_t first = 0, last; first < entries.size(); first = last) {
    const Key key = std::get<0>(entries[first]);
    last = first;
    std::vector<test::Place> expected, found;
    for (; last < entries.size() && std::get<0>(entries[last]) == key; ++last)
      expected.emplace_back(std::get<1>(entries[last]), std::get<2>(entries[last]));
    const KeyPostings postings = test::find_one(index, key);
    const auto filed = test::places_of(postings.filed), added = test::places_of(postings.added);
    // Votes rely on this order in each of the two.
    ASSERT_TRUE(std::is_sorted(filed.begin(), filed.end()) && std::is_sorted(added.begin(), added.end()));
    std::merge(filed.begin(), filed.end(), added.begin(), added.end(), std::back_inserter(found));
    ASSERT_EQ(found, expected);
  }
}

TEST(CandidateIndexTest, HoldsExactlyWhatWasFiled) {
  const test::TempDir dir;
  const Library lib(300);
  CandidateIndex::build(dir / "index.faiss", lib.tracks(), stamp_of());
  const auto index = CandidateIndex::open(dir / "index.faiss", library, {});
  ASSERT_TRUE(index);
  EXPECT_EQ(index->stamp(), stamp_of());
  EXPECT_EQ(index->track_ids(), lib.ids);
  EXPECT_TRUE(index->intact());
  expect_holds(*index, filed_by_hand(lib.tracks(), {}));
  EXPECT_EQ(test::find_one(*index, 0x02020200).size(), 0u);
}

TEST(CandidateIndexTest, ManyBucketsHoldTheSame) {
  const test::TempDir dir;
  const Library lib(400, 500);
  const KeySettings all{.mask = 0xFFF00000, .sampling = 1, .max_per_track = 100, .min_keys = 0};
  const auto entries = filed_by_hand(lib.tracks(), all);
  ASSERT_GT(entries.size(), 100'000u);
  CandidateIndex::build(dir / "index.faiss", lib.tracks(), stamp_of(all));
  const auto index = CandidateIndex::open(dir / "index.faiss", library, all);
  ASSERT_TRUE(index);
  EXPECT_TRUE(index->intact());
  expect_holds(*index, entries);
}

TEST(CandidateIndexTest, BytesAreTheSameForAnyThreadCountAndOrderOfTracks) {
  const test::TempDir one, two;
  const Library lib(1500, 250);
  auto tracks = lib.tracks();
  {
    const ThreadLimit limit(1);
    CandidateIndex::build(one / "index.faiss", tracks, stamp_of());
  }
  std::reverse(tracks.begin(), tracks.end());
  const ThreadLimit limit(2);
  CandidateIndex::build(two / "index.faiss", tracks, stamp_of());
  EXPECT_EQ(test::read_file(one / "index.faiss"), test::read_file(two / "index.faiss"));
  EXPECT_EQ(lists_file(one.path()).filename(), lists_file(two.path()).filename());
  EXPECT_EQ(test::read_file(lists_file(one.path())), test::read_file(lists_file(two.path())));
}

/// FAISS opens the file by itself; its lists name a file of the same folder.
std::unique_ptr<faiss::IndexBinary> opened_by_faiss(const fs::path& file) {
  return std::unique_ptr<faiss::IndexBinary>(
      faiss::read_index_binary(file.c_str(), faiss::IO_FLAG_READ_ONLY | faiss::IO_FLAG_ONDISK_SAME_DIR));
}

TEST(CandidateIndexTest, FaissReadsTheFileAndFindsTheSamePostings) {
  const test::TempDir dir;
  const Library lib(300);
  CandidateIndex::build(dir / "index.faiss", lib.tracks(), stamp_of());
  const auto index = opened_by_faiss(dir / "index.faiss");
  const auto* ivf = dynamic_cast<const faiss::IndexBinaryIVF*>(index.get());
  ASSERT_NE(ivf, nullptr);
  ASSERT_NE(dynamic_cast<const faiss::OnDiskInvertedLists*>(ivf->invlists), nullptr);
  std::vector<Entry> entries;
  for (std::size_t list = 0; list < ivf->nlist; ++list) {
    const auto* items = reinterpret_cast<const Item*>(ivf->invlists->get_codes(list));
    const auto* ids = ivf->invlists->get_ids(list);
    for (std::size_t i = 0; i < ivf->invlists->list_size(list); ++i)
      entries.emplace_back(items[i] & KeySettings{}.mask, ids[i] >> 24, ids[i] & 0xFFFFFF, items[i]);
  }
  std::sort(entries.begin(), entries.end());
  EXPECT_EQ(entries, filed_by_hand(lib.tracks(), {}));
  EXPECT_EQ(static_cast<std::size_t>(ivf->ntotal), entries.size());
}

/// (track, position) of each hit, sorted.
std::vector<std::pair<TrackId, std::uint32_t>> faiss_flat(const faiss::IndexBinaryFlat& flat,
                                                          const std::vector<Entry>& entries, Item item,
                                                          int radius) {
  faiss::RangeSearchResult result(1);
  flat.range_search(1, reinterpret_cast<const std::uint8_t*>(&item), radius + 1, &result);  // FAISS: below
  std::vector<std::pair<TrackId, std::uint32_t>> hits;
  for (std::size_t i = 0; i < result.lims[1]; ++i) {
    const Entry& entry = entries[static_cast<std::size_t>(result.labels[i])];
    hits.emplace_back(std::get<1>(entry), std::get<2>(entry));
  }
  std::sort(hits.begin(), hits.end());
  return hits;
}

TEST(CandidateIndexTest, NearKeysReachEveryPostingThatFaissFindsByBruteForce) {
  const test::TempDir dir;
  const Library lib(200), newer(50, 200, 5000);
  CandidateIndex::build(dir / "index.faiss", lib.tracks(), stamp_of());
  auto index = CandidateIndex::open(dir / "index.faiss", library, {});
  ASSERT_TRUE(index);
  index->add(newer.tracks());
  auto entries = filed_by_hand(lib.tracks(), {});
  for (const Entry& entry : filed_by_hand(newer.tracks(), {})) entries.push_back(entry);
  faiss::IndexBinaryFlat flat(32);
  for (const Entry& entry : entries) flat.add(1, reinterpret_cast<const std::uint8_t*>(&std::get<3>(entry)));

  std::size_t hits = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const Item near = std::get<3>(entries[seed * 97 % entries.size()]);
    const Item item = test::with_bit_errors({near}, 0.06, seed)[0];
    for (int radius = 0; radius <= 3; ++radius) {
      std::vector<std::pair<TrackId, std::uint32_t>> found;
      for (const test::Posting& posting : test::postings_near(*index, item, radius)) {
        EXPECT_EQ(posting.key, posting.item & KeySettings{}.mask);
        found.emplace_back(posting.track, posting.position);
      }
      ASSERT_EQ(found, faiss_flat(flat, entries, item, radius)) << "radius " << radius;
      hits += found.size();
    }
  }
  EXPECT_GT(hits, 100u);
}

TEST(CandidateIndexTest, DeltaEqualsRebuilt) {
  const test::TempDir dir;
  const Library lib(120);
  const auto tracks = lib.tracks();
  CandidateIndex::build(dir / "index.faiss", std::span(tracks).first(60), stamp_of());
  auto index = CandidateIndex::open(dir / "index.faiss", library, {});
  ASSERT_TRUE(index);
  index->add(std::span(tracks).subspan(60, 1));
  index->add(std::span(tracks).subspan(90));
  index->add(std::span(tracks).subspan(61, 29));
  index->add({});
  expect_holds(*index, filed_by_hand(tracks, {}));
  EXPECT_EQ(index->track_ids(), lib.ids);

  auto all_delta = CandidateIndex::empty(stamp_of());
  all_delta.add(tracks);
  expect_holds(all_delta, filed_by_hand(tracks, {}));
  EXPECT_TRUE(all_delta.intact());
}

TEST(CandidateIndexTest, AnEmptyLibraryAndEmptyTracksOpen) {
  const test::TempDir dir;
  CandidateIndex::build(dir / "index.faiss", {}, stamp_of());
  auto index = CandidateIndex::open(dir / "index.faiss", library, {});
  ASSERT_TRUE(index);
  EXPECT_EQ(index->posting_count(), 0u);
  EXPECT_EQ(test::find_one(*index, 17).size(), 0u);
  EXPECT_TRUE(test::postings_near(*index, 17, 1).empty());
  EXPECT_TRUE(index->intact());

  const std::vector<Item> silent(500, silence_item), one = {4711};
  const std::vector<IndexedTrack> tracks = {{1, silent}, {2, {}}, {3, one}};
  CandidateIndex::build(dir / "index.faiss", tracks, stamp_of());
  index = CandidateIndex::open(dir / "index.faiss", library, {});
  ASSERT_TRUE(index);
  EXPECT_EQ(index->posting_count(), 1u);
  EXPECT_EQ(index->track_ids(), (std::vector<TrackId>{1, 2, 3}));
}

TEST(CandidateIndexTest, LargestIdsAndPositionsSurvive) {
  auto index = CandidateIndex::empty(stamp_of());
  const TrackId last = (TrackId{1} << 40) - 1;
  const auto items = test::make_items(1, 60);
  index.add(std::vector<IndexedTrack>{{last, items}, {7, items}});
  std::vector<TrackId> tracks;
  for (const test::Place& place : test::places_of(test::find_one(index, filed_items(items, {})[0].key).added))
    tracks.push_back(place.first);
  EXPECT_EQ(tracks, (std::vector<TrackId>{7, last}));
}

class DamagedIndexTest : public testing::Test {
 protected:
  void SetUp() override { CandidateIndex::build(file_, Library(80).tracks(), stamp_of()); }
  bool opens() const { return CandidateIndex::open(file_, library, {}).has_value(); }

  test::TempDir dir_;
  fs::path file_ = dir_ / "index.faiss";
};

TEST_F(DamagedIndexTest, AnyFlippedByteOfTheIndexFileIsNoticed) {
  const std::string good = test::read_file(file_);
  for (std::size_t at = 0; at < good.size(); at += at + 120 < good.size() ? 37 : 1) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0x10);
    write_bytes(file_, bad);
    ASSERT_FALSE(opens()) << "byte " << at;
  }
  write_bytes(file_, good);
  EXPECT_TRUE(opens());
}

TEST_F(DamagedIndexTest, ATruncatedOrGrownIndexFileIsNoticed) {
  const std::string good = test::read_file(file_);
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, std::size_t{104}, good.size() / 2, good.size() - 1}) {
    write_bytes(file_, good.substr(0, size));
    EXPECT_FALSE(opens()) << size;
  }
  write_bytes(file_, good + "x");
  EXPECT_FALSE(opens());
}

TEST_F(DamagedIndexTest, ListsOfAnotherSizeOrBuildAreNoticed) {
  const fs::path lists = lists_file(dir_.path());
  const std::string good = test::read_file(lists);
  write_bytes(lists, good.substr(0, good.size() - 8));
  EXPECT_FALSE(opens());
  write_bytes(lists, good + "12345678");
  EXPECT_FALSE(opens());
  for (std::size_t at = 0; at < 64; ++at) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 1);
    write_bytes(lists, bad);
    ASSERT_FALSE(opens()) << "byte " << at;
  }
  fs::remove(lists);
  EXPECT_FALSE(opens());
}

TEST_F(DamagedIndexTest, DamagedPostingsAreFoundByTheCheckAndLeadNowhere) {
  const fs::path lists = lists_file(dir_.path());
  std::string bytes = test::read_file(lists);
  for (std::size_t at = 64; at < bytes.size(); ++at) bytes[at] = static_cast<char>(at * 2654435761u >> 13);
  write_bytes(lists, bytes);
  const auto index = CandidateIndex::open(file_, library, {});
  ASSERT_TRUE(index);
  EXPECT_FALSE(index->intact());
  for (const Item item : test::make_items(5, 500)) test::postings_near(*index, item, 1);
}

TEST_F(DamagedIndexTest, SizesThatAreOnlyClaimedCostNothing) {
  fs::resize_file(file_, std::uint64_t{100} << 30);  // a sparse file
  const auto began = std::chrono::steady_clock::now();
  EXPECT_FALSE(opens());
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(2));
}

TEST_F(DamagedIndexTest, WhatHoldsMoreThanItsLibraryIsNotRead) {
  const auto index = CandidateIndex::open(file_, library, {});
  ASSERT_TRUE(index);
  const IndexBounds exact{index->track_ids().size(), index->posting_count()};
  EXPECT_TRUE(CandidateIndex::open(file_, library, {}, exact));
  EXPECT_FALSE(CandidateIndex::open(file_, library, {}, {exact.tracks - 1, exact.postings}));
  EXPECT_FALSE(CandidateIndex::open(file_, library, {}, {exact.tracks, exact.postings - 1}));
}

TEST_F(DamagedIndexTest, ATrailerThatFitsDoesNotMakeALargeFileAnIndex) {
  // The trailer of a good index at the end of a sparse file of 100 GiB; then a trailer that claims this size.
  const std::string good = test::read_file(file_);
  constexpr std::size_t trailer_bytes = 104, faiss_bytes_at = 24;
  const std::uint64_t hole = std::uint64_t{100} << 30;
  std::string trailer = good.substr(good.size() - trailer_bytes);
  for (const bool fits : {false, true}) {
    std::uint64_t claimed = 0;
    std::memcpy(&claimed, &trailer[faiss_bytes_at], sizeof claimed);
    if (fits) claimed += hole - (good.size() - trailer_bytes);
    std::memcpy(&trailer[faiss_bytes_at], &claimed, sizeof claimed);
    write_bytes(file_, "");
    fs::resize_file(file_, hole);
    std::ofstream(file_, std::ios::binary | std::ios::app) << trailer;
    const auto began = std::chrono::steady_clock::now();
    EXPECT_FALSE(opens());
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(2));
  }
}

TEST_F(DamagedIndexTest, IsOfOneLibraryAndOneSetOfKeys) {
  EXPECT_FALSE(CandidateIndex::open(file_, library + 1, {}));
  EXPECT_FALSE(CandidateIndex::open(file_, library, {.sampling = 5}));
  EXPECT_FALSE(CandidateIndex::open(file_, library, {.mask = 0xFFFF}));
  EXPECT_FALSE(CandidateIndex::open(dir_ / "nothing", library, {}));
  EXPECT_FALSE(CandidateIndex::open(dir_.path(), library, {}));
}

TEST_F(DamagedIndexTest, ANewBuildReplacesTheOldAndItsRemains) {
  write_bytes(dir_ / "index.faiss.AbCdEf.tmp", "the remains of a crash");
  write_bytes(dir_ / "index.faiss.0123456789abcdef.lists", "of an older build");
  write_bytes(dir_ / "another.lists", "not ours");
  const auto before = CandidateIndex::open(file_, library, {});
  ASSERT_TRUE(before);
  const Library other(90, 300, 9000);
  CandidateIndex::build(file_, other.tracks(), stamp_of());
  EXPECT_EQ(files_in(dir_.path()), 3u);
  expect_holds(*before,
               filed_by_hand(Library(80).tracks(), {}));  // a reader still has the files that it opened
  const auto after = CandidateIndex::open(file_, library, {});
  ASSERT_TRUE(after);
  expect_holds(*after, filed_by_hand(other.tracks(), {}));
}

TEST_F(DamagedIndexTest, AFailedBuildLeavesTheOldOne) {
  try {
    CandidateIndex::build(dir_ / "no such folder" / "index.faiss", {}, stamp_of());
    FAIL() << "built into a folder that is not there";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::missing);
  }
  EXPECT_TRUE(opens());
}

}  // namespace
}  // namespace echofold::candidates_candidate_index_test
