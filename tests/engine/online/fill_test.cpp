// Which tags are written: missing ones, the ids, and others only on request.
#include "engine/online/fill.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace echofold::online_fill_test {
namespace {

const FoundTags found{"Artist",    "Title",   "Album", "Band",  "4/12",   "1/1",  "2003",
                      "recording", "release", "group", "track", "person", "band", "acoustid"};

std::vector<std::string> fields_of(const std::vector<FieldChange>& changes) {
  std::vector<std::string> fields;
  for (const FieldChange& change : changes) fields.emplace_back(change.field);
  return fields;
}

TEST(FillTest, AnUntaggedFileGetsEverything) {
  const auto changes = changes_to({}, found, false);
  EXPECT_EQ(changes.size(), 14u);
  for (const FieldChange& change : changes)
    EXPECT_TRUE(change.from.empty() && !change.to.empty()) << change.field;
}

TEST(FillTest, WhatIsThereStaysAndIdsAreWritten) {
  Tags present;
  present.artist = "artist, as I write it";
  present.title = "Title";
  present.acoustid_id = "another";
  const auto changes = changes_to(present, found, false);
  const auto fields = fields_of(changes);
  EXPECT_EQ(
      std::count(fields.begin(), fields.end(), "artist") + std::count(fields.begin(), fields.end(), "title"),
      0);
  EXPECT_EQ(std::count(fields.begin(), fields.end(), "album"), 1);
  const auto id =
      std::find_if(changes.begin(), changes.end(), [](const auto& c) { return c.field == "acoustid_id"; });
  ASSERT_NE(id, changes.end());
  EXPECT_EQ(*id, (FieldChange{"acoustid_id", "another", "acoustid"}));
}

TEST(FillTest, OverwriteReplacesWhatDiffersAndTakesNothingAway) {
  Tags present{"x", "Title", "y", "z", "5", "1/1", "1999", "acoustid", "recording", true};
  EXPECT_EQ(
      fields_of(changes_to(present, found, true)),
      (std::vector<std::string>{"artist", "album", "album_artist", "track", "date", "musicbrainz_release_id",
                                "musicbrainz_release_group_id", "musicbrainz_release_track_id",
                                "musicbrainz_artist_id", "musicbrainz_album_artist_id"}));
  FoundTags bare;
  bare.title = "Title";
  EXPECT_TRUE(changes_to(present, bare, true).empty());
}

TEST(FillTest, AFileThatHasItAllIsLeftAlone) {
  const Tags present{"x", "Title", "y", "z", "5", "1/1", "1999", "acoustid", "recording", true};
  EXPECT_TRUE(changes_to(present, found, false).empty());
}

}  // namespace
}  // namespace echofold::online_fill_test
