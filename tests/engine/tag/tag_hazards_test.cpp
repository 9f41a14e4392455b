// Tags in files that are odd, damaged or of another format than they seem; art, versions of ID3v2, further tags.
#include <gtest/gtest.h>

#include "engine/tag/payload.h"
#include "engine/tag/write_tags.h"
#include "index/base/error.h"
#include "tests/engine/tag/tag_support.h"
#include "tests/support/message_of.h"

namespace echofold::tag_tag_hazards_test {
namespace {

using test::Library;

TagChange new_title(const std::string& title = "Tómas") {
  TagChange change;
  change.title = title;
  return change;
}

struct TagHazard : testing::Test {
  void SetUp() override {
    if (!test::have_tool("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
    library.add_root();
  }

  TrackRecord made(const test::MusicFile& file, const std::string& more = "") {
    make_music(library, file, more);
    return scan_music(library, file.name);
  }

  Rewritten write(const TrackRecord& track, const TagChange& change) {
    ActiveRun run(library.store, "tag");
    Rewriter rewriter(run);
    Rewritten done = write_tags(rewriter, track, change, read);
    close_rewrites(run, false);
    return done;
  }

  /// Writes, undoes, compares. @return the bytes with the new tags
  std::string there_and_back(const TrackRecord& track, const TagChange& change) {
    const std::string before = test::read_file(track.path);
    const Rewritten done = write(track, change);
    EXPECT_TRUE(done.done()) << test::message_of(done.failure);
    std::string after = test::read_file(track.path);
    EXPECT_EQ(library.undo().restored, 1u);
    EXPECT_TRUE(test::read_file(track.path) == before);
    return after;
  }

  Library library;
  TrackReader read = read_track;
};

TEST_F(TagHazard, ArtStays) {
  for (const test::MusicFile file :
       {test::MusicFile{"art.mp3", "-map 0:a -map 1 -c:v png -id3v2_version 3"},
        test::MusicFile{"art.flac", "-map 0:a -map 1 -c:v png -disposition:v attached_pic -sample_fmt s16"},
        test::MusicFile{"art.m4a", "-map 0:a -map 1 -c:v png -disposition:v attached_pic"}}) {
    SCOPED_TRACE(file.name);
    const std::string picture = test::cover(library);
    const std::filesystem::path path = library.path(file.name);
    test::make_clip(path, std::string("-t 2 ") + file.options,
                    "-i " + test::quoted(test::clip()) + " -i " + test::quoted(picture));
    const TrackRecord track = scan_music(library, file.name);
    ASSERT_TRUE(track.tags.has_art);
    ASSERT_TRUE(write(track, new_title()).done());
    const Tags tags = test::read_track_of(path).tags;
    EXPECT_TRUE(tags.has_art);
    EXPECT_EQ(tags.title, "Tómas");
    EXPECT_EQ(tags, library.record(track.id).tags);
  }
}

TEST_F(TagHazard, TheVersionOfAnId3TagStaysAndANewOneIs24) {
  EXPECT_EQ(there_and_back(made({"3.mp3", "-id3v2_version 3"}), new_title()).substr(0, 4), "ID3\x03");
  EXPECT_EQ(there_and_back(made({"4.mp3", "-id3v2_version 4"}), new_title()).substr(0, 4), "ID3\x04");
  EXPECT_EQ(there_and_back(made({"n.mp3", "-write_id3v2 0 -map_metadata -1"}), new_title()).substr(0, 4),
            "ID3\x04");
}

TEST_F(TagHazard, AnId3v1TagFollowsAndIsNeverStale) {
  const TrackRecord track = made({"1.mp3", "-id3v2_version 3 -write_id3v1 1"});
  std::string bytes = there_and_back(track, new_title("Tom"));
  EXPECT_EQ(bytes.substr(bytes.size() - 128, 7), std::string("TAGTom\0", 7));
  bytes = there_and_back(library.record(track.id), new_title("Свефн"));
  EXPECT_EQ(bytes.substr(bytes.size() - 128, 4), std::string("TAG\0", 4))
      << "what Latin-1 can't hold is left out";
}

TEST_F(TagHazard, WithAnId3v1TagAloneItsValuesComeAlong) {
  const TrackRecord track = made({"old.mp3", "-write_id3v2 0 -write_id3v1 1 -metadata artist=Olde"});
  ASSERT_EQ(track.tags.artist, "Olde");
  ASSERT_TRUE(write(track, new_title()).done());
  const Tags tags = test::read_track_of(track.path).tags;
  EXPECT_EQ(tags.artist, "Olde");
  EXPECT_EQ(tags.title, "Tómas");
}

TEST_F(TagHazard, FormatsWithoutAWriterAreLeft) {
  for (const test::MusicFile file :
       {test::MusicFile{"a.wav", ""}, test::MusicFile{"a.mka", "-c:a flac -sample_fmt s16"}}) {
    const TrackRecord track = made(file);
    const std::string before = test::read_file(track.path);
    EXPECT_NE(test::message_of(write(track, new_title()).failure).find("not written to files of this kind"),
              std::string::npos);
    EXPECT_TRUE(test::read_file(track.path) == before);
  }
}

TEST_F(TagHazard, AFragmentedMp4IsLeft) {
  const TrackRecord track = made({"f.m4a", "-c:a aac -movflags frag_keyframe+empty_moov"});
  const std::string before = test::read_file(track.path);
  EXPECT_NE(test::message_of(write(track, new_title()).failure).find("fragments"), std::string::npos);
  EXPECT_TRUE(test::read_file(track.path) == before);
}

TEST_F(TagHazard, ChainedOggIsLeft) {
  TrackRecord track = made({"c.ogg", "-c:a libvorbis"});
  const std::string once = test::read_file(track.path);
  test::write_file(track.path, once + once);
  track.stamp = test::stamp(track.path);
  library.store.write([&](Writer& writer) { writer.update_track(track); });
  EXPECT_NE(test::message_of(write(track, new_title()).failure).find("more than one stream"),
            std::string::npos);
  EXPECT_TRUE(test::read_file(track.path) == once + once);
}

/// There are no packaged encoders for them: the header of a file, and bytes in place of audio.
TEST_F(TagHazard, ApeAndMusepackFilesGetApeTags) {
  read = [](int, std::string_view, const ReadSettings&, const std::stop_token&) {
    AudioTrack track;
    track.facts = {{"tag Title", "Tómas"}};
    return track;
  };
  for (const auto& [name, container, head] :
       {std::tuple{"a.ape", "ape", "MAC "}, std::tuple{"a.mpc", "mpc8", "MPCK"}}) {
    SCOPED_TRACE(name);
    std::string audio = head;
    for (int i = 0; i < 40'000; ++i) audio += static_cast<char>(i * i >> 4);
    library.file(name, audio);
    TrackRecord track = library.scanned(name);
    track.properties.container = container;
    TagChange change = new_title();
    change.musicbrainz_release_id = "a-release";
    const std::string bytes = there_and_back(track, change);
    EXPECT_EQ(bytes.substr(0, audio.size()), audio);
    EXPECT_NE(bytes.find("APETAGEX"), std::string::npos);
    EXPECT_NE(bytes.find("MUSICBRAINZ_ALBUMID"), std::string::npos);
    EXPECT_NE(bytes.find("Tómas"), std::string::npos);
  }
}

TEST_F(TagHazard, DamagedFilesAreLeftOrWrittenWithTheSameAudio) {
  for (const test::MusicFile& file : test::music_files) {
    SCOPED_TRACE(file.name);
    if (!test::can_make(file)) continue;  // WriteTagsTest says so
    TrackRecord track = made(file);
    const std::string whole = test::read_file(track.path);
    for (std::size_t cut : {whole.size() / 2, std::size_t{200}, std::size_t{40}, std::size_t{3}}) {
      std::string damaged = whole.substr(0, cut);
      test::write_file(track.path, damaged);
      track.stamp = test::stamp(track.path);
      library.store.write([&](Writer& writer) { writer.update_track(track); });
      if (write(track, new_title("cut " + std::to_string(cut))).done()) {
        EXPECT_EQ(library.undo().restored, 1u);
        track = library.record(track.id);
      }
      EXPECT_TRUE(test::read_file(track.path) == damaged) << cut;
    }
  }
}

/// An APE tag of 131 bytes has a "TAG" 128 bytes before the end of the file, which is not an ID3v1 tag.
TEST_F(TagHazard, TheNameOfAnApeTagIsNoId3v1Tag) {
  const TrackRecord track = made({"a.wv", "-c:a wavpack -sample_fmt s16p"});
  std::string bytes = test::read_file(track.path);
  const std::string audio = bytes.substr(0, bytes.find("APETAGEX"));
  const auto ape_tag = [](std::size_t whole) {
    const std::size_t size = whole - 32;
    const std::string item = std::string(1, static_cast<char>(size - 32 - 8 - 6)) + std::string(7, '\0') +
                             std::string("title\0", 6) + std::string(size - 32 - 8 - 6, 'x');
    const auto frame = [&](char flags) {
      return std::string("APETAGEX\xd0\x07\0\0", 12) + static_cast<char>(size) + std::string(3, '\0') +
             std::string("\1\0\0\0\0\0\0", 7) + flags + std::string(8, '\0');
    };
    return frame('\xa0') + item + frame('\x80');
  };
  std::string first;
  for (const std::size_t whole : {130u, 131u, 132u}) {
    test::write_file(track.path, audio + ape_tag(whole));
    const Fd fd(open(track.path.c_str(), O_RDONLY | O_CLOEXEC));
    const std::string hash = payload_hash(fd.get(), TagFormat::wavpack);
    if (first.empty()) first = hash;
    EXPECT_EQ(hash, first) << whole;
  }
}

TEST_F(TagHazard, ValuesThatAreNoTextAreRefused) {
  const TrackRecord track = made({"3.mp3", "-id3v2_version 3"});
  EXPECT_THROW(write(track, new_title("\xff")), Error);
  EXPECT_THROW(write(track, new_title(std::string("a\0b", 3))), Error);
}

TEST_F(TagHazard, AnotherPayloadIsAnotherHash) {
  for (const test::MusicFile& file : test::music_files) {
    SCOPED_TRACE(file.name);
    if (!test::can_make(file)) continue;  // WriteTagsTest says so
    const TrackRecord track = made(file);
    const TagFormat format = *tag_format_of(track.properties);
    const Fd fd(open(track.path.c_str(), O_RDWR | O_CLOEXEC));
    const std::string hash = payload_hash(fd.get(), format);
    EXPECT_EQ(payload_hash(fd.get(), format), hash);
    // In the middle there is only audio.
    const auto middle = static_cast<off_t>(track.stamp.size_bytes / 2);
    char byte = 0;
    ASSERT_EQ(pread(fd.get(), &byte, 1, middle), 1);
    byte = static_cast<char>(byte ^ 1);
    ASSERT_EQ(pwrite(fd.get(), &byte, 1, middle), 1);
    EXPECT_NE(payload_hash(fd.get(), format), hash);
  }
}

}  // namespace
}  // namespace echofold::tag_tag_hazards_test
