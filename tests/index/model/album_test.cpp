// What makes two tracks tracks of one album, and what does not.
#include "index/model/album.h"

#include <gtest/gtest.h>

#include "index/base/text/folding.h"

namespace echofold::model_album_test {
namespace {

TrackRecord track(const std::string& path, const std::string& album, const std::string& disc = "") {
  TrackRecord record;
  record.path = path;
  record.tags.album = album;
  record.tags.disc = disc;
  return record;
}

Tags tags(const std::string& artist, const std::string& album_artist, const std::string& album) {
  Tags tags;
  tags.artist = artist;
  tags.album_artist = album_artist;
  tags.album = album;
  return tags;
}

TEST(Album, CaseAndNormalFormOfATitleDoNotCount) {
  EXPECT_TRUE(same_album_title("Ís og eldur", "ÍS OG ELDUR"));
  EXPECT_TRUE(same_album_title("Mot\u00f6rhead", "Moto\u0308rhead")) << "composed and decomposed";
  EXPECT_FALSE(same_album_title("Ís og eldur", "Is og eldur")) << "an accent makes another title";
  EXPECT_FALSE(same_album_title("Album", "Album (Deluxe)"));
  EXPECT_EQ(album_in_folder(track("/m/a/1.mp3", "Album")), album_in_folder(track("/m/a/2.mp3", "ALBUM")));
  EXPECT_EQ(album_by_artist(tags("A", "", "Album")), album_by_artist(tags("a", "", "aLBUM")));
}

TEST(Album, TitlesOfAsciiAreFoldedAsAllOthers) {
  for (int c = 1; c < 0x80; ++c) {
    const std::string title = std::string("A") + static_cast<char>(c) + "z";
    EXPECT_EQ(album_in_folder(track("/m/1.mp3", title)), std::string("/m") + '\0' + folded(title)) << c;
  }
}

TEST(Album, AnUnknownAlbumIsTheSameAsNoOther) {
  EXPECT_FALSE(same_album_title("", ""));
  EXPECT_FALSE(alike_as_titles("", ""));
  EXPECT_EQ(album_in_folder(track("/m/a/1.mp3", "")), std::nullopt);
  EXPECT_EQ(disc_in_folder(track("/m/a/1.mp3", "", "1")), std::nullopt);
  EXPECT_EQ(album_by_artist(tags("A", "B", "")), std::nullopt);
}

TEST(Album, FilesOfOneFolderAndTitle) {
  const auto here = album_in_folder(track("/m/a/1.mp3", "Album", "1"));
  EXPECT_EQ(here, album_in_folder(track("/m/a/2.mp3", "Album", "2"))) << "all its discs";
  EXPECT_NE(here, album_in_folder(track("/m/b/1.mp3", "Album", "1")));
  EXPECT_NE(here, album_in_folder(track("/m/a/1.mp3", "Other", "1")));
  EXPECT_NE(album_in_folder(track("/m/a/1.mp3", "b")), album_in_folder(track("/m/1.mp3", "a/b")));
}

TEST(Album, EachDiscByItself) {
  const auto first = disc_in_folder(track("/m/a/1.mp3", "Album", "01/2"));
  EXPECT_EQ(first, disc_in_folder(track("/m/a/2.mp3", "album", ""))) << "no number is disc 1";
  EXPECT_EQ(first, disc_in_folder(track("/m/a/3.mp3", "Album", "A"))) << "nor is a letter one";
  EXPECT_NE(first, disc_in_folder(track("/m/a/4.mp3", "Album", "2/2")));
}

TEST(Album, TheAlbumArtistSeparatesAlbumsOfOneTitle) {
  const auto hits = album_by_artist(tags("A", "", "Greatest Hits"));
  EXPECT_EQ(hits, album_by_artist(tags("A feat. B", "A", "Greatest Hits")));
  EXPECT_NE(hits, album_by_artist(tags("B", "", "Greatest Hits")));
}

TEST(Album, OfATitleInADatabaseLettersAndDigitsCount) {
  EXPECT_TRUE(alike_as_titles("winter hits, 2001", "Winter Hits 2001"));
  EXPECT_TRUE(alike_as_titles("ÍS, OG ELDUR!", "Ís og eldur"));
  EXPECT_FALSE(alike_as_titles("Winter Hits 2001", "Winter Hits 2002"));
  EXPECT_TRUE(alike_as_titles("!!!", "!!!"));
  EXPECT_FALSE(alike_as_titles("!!!", "???"));
}

TEST(Album, NumbersAndTotals) {
  EXPECT_EQ(number_of("03/12"), 3U);
  EXPECT_EQ(total_of("03/12"), 12U);
  EXPECT_EQ(number_of(" 3 / 12"), 3U);
  EXPECT_EQ(total_of("3"), std::nullopt);
  EXPECT_EQ(number_of("999999999"), 999'999'999U);
  for (const char* none : {"", "/12", "A1", "1-3", "3a", "-3", "1000000000", "4294967297"})
    EXPECT_EQ(number_of(none), std::nullopt) << none;
}

TEST(Album, TheYearOfADate) {
  EXPECT_EQ(year_of("1999"), "1999");
  EXPECT_EQ(year_of("1999-05-17"), "1999");
  for (const char* none : {"", "99", "19990517", "May 1999"}) EXPECT_EQ(year_of(none), "") << none;
}

}  // namespace
}  // namespace echofold::model_album_test
