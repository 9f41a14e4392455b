// Files whose tags are built part by part: every version in every order, junk, encodings, repeated and unknown parts.
// In each file either the requested tags change and every other part stays byte for byte, or the file stays as it
// was, with the expected reason.
#include <gtest/gtest.h>

#include <map>

#include "engine/tag/write_tags.h"
#include "tests/engine/tag/tag_pieces.h"
#include "tests/engine/tag/tag_support.h"
#include "tests/support/message_of.h"

namespace echofold::tag_tag_collection_test {
namespace {

using namespace std::literals;
using test::Library;

using Pieces = std::vector<std::string>;

Pieces operator+(Pieces some, const Pieces& more) {
  some.insert(some.end(), more.begin(), more.end());
  return some;
}

struct OddFile {
  std::string name;  ///< with the extension
  std::string bytes;
  Pieces pieces;        ///< that must be there afterwards, byte for byte; without the title
  std::string refused;  ///< a part of the reason; empty: it must be written
};

class TagCollection : public testing::Test {
 protected:
  void SetUp() override {
    if (!test::have_tool("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
    library.add_root();
  }

  /// 2 s without a tag, if the encoder can omit it. Each kind is made once per process.
  std::string sound(const test::MusicFile& file) {
    make_music(library, file, file.is_musepack() ? "" : "-map_metadata -1 -fflags +bitexact");
    std::string bytes = test::read_file(library.path(file.name));
    std::filesystem::remove(library.path(file.name));
    return bytes;
  }

  std::string mp3() { return sound({"sound.mp3", "-id3v2_version 0 -write_id3v1 0 -write_xing 0"}); }
  std::string without_ape(std::string bytes) { return bytes.substr(0, bytes.find("APETAGEX")); }

  /// Changes a tag, checks the file independently, and undoes it.
  void check(const OddFile& odd) {
    SCOPED_TRACE(odd.name);
    library.file(odd.name, odd.bytes);
    const TrackRecord track = scan_music(library, odd.name);
    const AudioTrack before = test::read_track_of(track.path);
    TagChange change;
    change.title = "A new title";
    ActiveRun run(library.store, "tag");
    Rewriter rewriter(run);
    const Rewritten done = write_tags(rewriter, track, change, read_track);
    close_rewrites(run, false);
    const std::string after = test::read_file(track.path);
    ++files_;
    if (!odd.refused.empty()) {
      EXPECT_FALSE(done.done());
      EXPECT_NE(test::message_of(done.failure).find(odd.refused), std::string::npos)
          << test::message_of(done.failure);
      EXPECT_NE(test::message_of(done.failure).find(track.path), std::string::npos) << "the file is named";
      EXPECT_TRUE(after == odd.bytes) << "it is as it was";
      ++refused_[odd.refused];
    } else {
      EXPECT_TRUE(done.done()) << test::message_of(done.failure);
      require_all(odd, track.path, before, after);
      if (done.done()) {
        EXPECT_EQ(library.undo().restored, 1u);
      }
      EXPECT_TRUE(test::read_file(track.path) == odd.bytes);
    }
    std::filesystem::remove(track.path);
  }

  void require_all(const OddFile& odd, const std::string& path, const AudioTrack& before,
                   const std::string& after) {
    std::map<std::string, std::size_t> from;  // each of several equal pieces must be there
    for (const std::string& piece : odd.pieces) {
      const std::size_t at = after.find(piece, from[piece]);
      EXPECT_NE(at, std::string::npos) << "lost: " << testing::PrintToString(piece.substr(0, 60));
      from[piece] = at == std::string::npos ? 0 : at + piece.size();
    }
    const AudioTrack now = test::read_track_of(path);
    EXPECT_EQ(now.tags.title, "A new title");
    Tags rest = now.tags;
    rest.title = before.tags.title;
    EXPECT_EQ(rest, before.tags);
    if (path.ends_with(".ape"))  // libav returns what follows the audio with the last packet
      EXPECT_EQ(now.hashes.samples, before.hashes.samples);
    else
      EXPECT_EQ(now.hashes, before.hashes);
    EXPECT_EQ(now.contents, before.contents);
    EXPECT_EQ(now.properties.duration_s, before.properties.duration_s);
  }

  /// For docs/TRUST.md.
  void TearDown() override {
    std::size_t refused = 0;
    for (const auto& [why, count] : refused_) refused += count;
    RecordProperty("files", static_cast<int>(files_));
    std::cout << "files " << files_ << ", written " << files_ - refused << ", refused " << refused << "\n";
    for (const auto& [why, count] : refused_) std::cout << "  " << count << " " << why << "\n";
  }

  Library library;
  std::size_t files_ = 0;
  std::map<std::string, std::size_t> refused_;
};

struct Front {
  std::string name, bytes;
  Pieces pieces;
  std::string refused;
};

std::vector<Front> fronts() {
  std::vector<Front> all = {{"none", "", {}, ""}};
  for (const int version : {2, 3, 4}) {
    const Pieces rich = test::rich_frames(version);
    const Pieces titled = Pieces{test::title_frame(version)} + rich;
    const std::string digit = std::to_string(version);
    all.push_back({"v2" + digit, test::id3v2_tag(version, titled), rich, ""});
    all.push_back({"v2" + digit + "-padded", test::id3v2_tag(version, titled, 0, 600), rich, ""});
    all.push_back({"v2" + digit + "-untitled", test::id3v2_tag(version, rich, 0, 5), rich, ""});
    all.push_back({"v2" + digit + "-twice",
                   test::id3v2_tag(version, titled) + test::id3v2_tag(version, titled), rich,
                   "more than one ID3v2 tag"});
    all.push_back({"v2" + digit + "-junk", test::id3v2_tag(version, titled + Pieces{"\0\0\0junk\0"s}), rich,
                   "something behind its frames"});
    all.push_back({"v2" + digit + "-cut",
                   test::id3v2_tag(version, titled + Pieces{version == 2 ? "TAL\0\1"s : "TALB\0\0\1"s}), rich,
                   "do not follow each other"});
  }
  for (const int version : {2, 3}) {
    const Pieces rich = test::rich_frames(version);
    Pieces safe;
    for (const std::string& frame : rich) safe.push_back(test::unsynchronised(frame));
    all.push_back(
        {"v2" + std::to_string(version) + "-unsynchronised",
         test::id3v2_tag(version, Pieces{test::title_frame(version)} + rich, 0x80), safe,
         "a player would read another"});  // libav takes the sizes of frames to include the added bytes
  }
  const Pieces rich = test::rich_frames(4);
  const Pieces titled = Pieces{test::title_frame(4)} + rich;
  all.push_back({"v24-footer", test::id3v2_tag(4, titled, 0x10), rich, ""});
  all.push_back({"v24-v23", test::id3v2_tag(4, titled) + test::id3v2_tag(3, {test::title_frame(3)}), rich,
                 "more than one ID3v2 tag"});
  all.push_back(
      {"v24-extended", test::id3v2_tag(4, Pieces{"\0\0\0\6\1\0"s} + titled, 0x40), rich, "extended header"});
  return all;
}

struct Tail {
  std::string name, bytes;
  Pieces pieces;
  std::string refused;
};

std::vector<Tail> tails() {
  const Pieces items = test::rich_ape_items();
  const std::string ape = test::ape_of(Pieces{test::ape_item("Title", "Old title")} + items);
  const std::string headless = test::ape_of(items, false);
  const std::string v1 = test::id3v1("Old title", "Bj\xf6rk", "Al", 5, "1999");
  const std::string v1_rest = v1.substr(33);
  const std::string v10 = v1.substr(0, 97) + std::string(30, 'c') + "\x11";
  return {
      {"none", "", {}, ""},
      {"v1", v1, {v1_rest}, ""},
      {"v10", v10, {v10.substr(33)}, ""},
      {"ape", ape, items, ""},
      {"headless", headless, items, ""},
      {"ape+v1", ape + v1, items + Pieces{v1_rest}, ""},
      {"v1+ape", v1 + ape, items + Pieces{v1_rest}, ""},
      {"lyrics3+v1", test::lyrics3_v2() + v1, {test::lyrics3_v2(), v1_rest}, ""},
      {"lyrics3v1+v1", test::lyrics3_v1() + v1, {test::lyrics3_v1(), v1_rest}, ""},
      {"ape+lyrics3+v1", test::ape_of(items) + test::lyrics3_v2() + v1,
       items + Pieces{test::lyrics3_v2(), v1_rest}, ""},
      {"ape+ape", ape + headless, items, "more than one APE tag"},
      {"v1+v1", v1 + v1, {v1_rest}, "more than one ID3v1 tag"},
      {"badcount", test::ape_of(items).replace(test::ape_of(items).size() - 16, 1, "\x63"), items,
       "not as many items"},
  };
}

TEST_F(TagCollection, Mp3WithEveryTagInFrontAndBehind) {
  const std::string audio = mp3();
  for (const Front& front : fronts())
    for (const Tail& tail : tails())
      if ((front.refused.empty() && tail.refused.empty()) || front.name == "none" || tail.name == "none")
        check({front.name + "," + tail.name + ".mp3", front.bytes + audio + tail.bytes,
               Pieces{audio} + front.pieces + tail.pieces,
               front.refused.empty() ? tail.refused : front.refused});
}

TEST_F(TagCollection, Mp3ThatEndsInMidFrame) {
  const std::string audio = mp3();
  const std::string cut = audio.substr(0, audio.size() - 100);
  for (const Tail& tail : tails())
    if (tail.refused.empty())
      check({"cut," + tail.name + ".mp3", cut + tail.bytes, Pieces{cut} + tail.pieces, ""});
}

TEST_F(TagCollection, FlacWithEveryBlock) {
  const std::string flac = sound({"sound.flac", "-sample_fmt s16"});
  const std::string audio = flac.substr(flac.size() / 2);
  const Pieces comments = test::rich_comments();
  const std::string titled = test::flac_block(4, test::comment_body(Pieces{"Title=Old title"} + comments));
  const std::string untitled = test::flac_block(4, test::comment_body(comments));
  const std::string application = test::flac_block(2, "abcdsome bytes");
  const std::string unknown = test::flac_block(9, "of no known kind");
  const std::string odd_padding =
      test::flac_block(1, std::string(20, '\0') + "kept here" + std::string(20, '\0'));
  const std::string padding = test::flac_block(1, std::string(400, '\0'));
  const std::string picture = test::flac_block(
      6, "\0\0\0\3\0\0\0\x09image/png\0\0\0\0\0\0\0\1\0\0\0\1\0\0\0\x18\0\0\0\0\0\0\0\4\x89PNG"s);
  const Pieces blocks = {application, unknown, odd_padding, picture, picture};
  const Pieces all = blocks + comments + Pieces{audio};
  const auto body = [](const std::string& block) {
    return block.substr(1);
  };  // the last one is marked in its head
  Pieces kept;
  for (const std::string& piece : blocks) kept.push_back(body(piece));
  kept = kept + comments + Pieces{audio};
  const std::string one = test::flac_with(flac, Pieces{titled, padding} + blocks);
  check({"titled.flac", one, kept, ""});
  check({"untitled.flac", test::flac_with(flac, blocks + Pieces{untitled}), kept, ""});
  check({"none.flac", test::flac_with(flac, {application}), {body(application), audio}, ""});
  check({"twice.flac", test::flac_with(flac, {titled, untitled}), kept, "two blocks of Vorbis comments"});
  const Pieces rich = test::rich_frames(3);
  const std::string id3 = test::id3v2_tag(3, Pieces{test::title_frame(3)} + rich);
  const std::string v1 = test::id3v1("Old title", "Bj\xf6rk", "Al", 5, "1999");
  check({"id3.flac", id3 + one, kept + rich, ""});
  check({"id3,v1.flac", id3 + one + v1, kept + rich + Pieces{v1.substr(33)}, ""});
  check({"v1.flac", one + v1, kept + Pieces{v1.substr(33)}, ""});
  check({"id3,id3.flac", id3 + id3 + one, kept, "more than one ID3v2 tag"});
  check({"ape.flac", one + test::ape_of(test::rich_ape_items()), kept, "has an APE tag"});
}

TEST_F(TagCollection, OggWithEveryComment) {
  const Pieces comments = test::rich_comments();
  const std::string titled = test::comment_body(Pieces{"TITLE=Old title"} + comments);
  const std::string untitled = test::comment_body(comments);
  const std::string vorbis = sound({"sound.ogg", "-c:a libvorbis"});
  check({"titled.ogg", test::ogg_with(vorbis, "\3vorbis" + titled + "\1"), comments, ""});
  check({"untitled.ogg", test::ogg_with(vorbis, "\3vorbis" + untitled + "\1"), comments, ""});
  check({"behind.ogg", test::ogg_with(vorbis, "\3vorbis" + titled + "\1more"), comments + Pieces{"\1more"},
         ""});
  const std::string opus = sound({"sound.opus", "-c:a libopus"});
  const std::string kept("\1kept as RFC 7845 says", 22);
  check({"titled.opus", test::ogg_with(opus, "OpusTags" + titled), comments, ""});
  check({"kept.opus", test::ogg_with(opus, "OpusTags" + titled + kept), comments + Pieces{kept}, ""});
  check({"padded.opus", test::ogg_with(opus, "OpusTags" + titled + std::string(300, '\0')), comments, ""});
  const std::string flac = sound({"sound.oga", "-c:a flac -sample_fmt s16"});
  check({"titled.oga", test::ogg_with(flac, test::flac_block(4, titled)), comments, ""});
  check({"cut.ogg", vorbis.substr(0, vorbis.size() - 40), {}, "ends where its structure does not"});
}

TEST_F(TagCollection, ApeTagsBehindWavPackAndMusepack) {
  for (const test::MusicFile& file :
       {test::MusicFile{"sound.wv", "-c:a wavpack -sample_fmt s16p"}, test::MusicFile{"sound.mpc", ""}}) {
    if (!test::can_make(file)) continue;
    const std::string audio = without_ape(sound(file));
    const std::string end = file.is_musepack() ? ".mpc" : ".wv";
    for (const Tail& tail : tails()) {
      // In Musepack libav takes an ID3v1 tag for audio, and only looks for an APE tag at the very end.
      std::string why = tail.refused;
      if (why.empty() && file.is_musepack() && tail.name.find("lyrics3") != std::string::npos)
        why = "would not see its new tag";
      if (why.empty() && file.is_musepack() && tail.bytes.size() >= 128 &&
          !tail.bytes.ends_with("\0\0\0\0\0\0\0\0"s))
        why = "decoded to something else";
      check({tail.name + end, audio + tail.bytes, Pieces{audio} + tail.pieces, why});
    }
    check({"cut" + end, audio.substr(0, audio.size() - 50), {}, "decoded to something else"});
    const Pieces rich = test::rich_frames(3);
    const std::string id3 = test::id3v2_tag(3, Pieces{test::title_frame(3)} + rich);
    check({"id3" + end, id3 + audio, {}, "hidden behind a new APE tag"});
    const Pieces items = test::rich_ape_items();
    check({"id3,ape" + end, id3 + audio + test::ape_of(items), Pieces{audio} + rich + items, ""});
  }
}

TEST_F(TagCollection, ApeTagsBehindMonkeysAudio) {
  const std::string audio = test::silent_monkeys_audio();
  for (const Tail& tail : tails()) {
    // libav only looks for an APE tag at the very end.
    const bool ends_in_v1 =
        tail.bytes.size() >= 128 && tail.bytes.substr(tail.bytes.size() - 128, 3) == "TAG";
    const std::string why = tail.refused.empty() && ends_in_v1 ? "would not see its new tag" : tail.refused;
    check({tail.name + ".ape", audio + tail.bytes, Pieces{audio} + tail.pieces, why});
  }
  const Pieces rich = test::rich_frames(3);
  const std::string id3 = test::id3v2_tag(3, Pieces{test::title_frame(3)} + rich);
  check({"id3.ape", id3 + audio, {}, "hidden behind a new APE tag"});
  const Pieces items = test::rich_ape_items();
  check({"id3,ape.ape", id3 + audio + test::ape_of(items), Pieces{audio} + rich + items, ""});
}

TEST_F(TagCollection, AsfWithEveryAttribute) {
  const std::string wma = sound({"sound.wma", "-c:a wmav2"});
  const std::string plain = test::asf_record("Mine", 0, 0, "y");
  const std::string of_language = test::asf_record("Mine", 1, 0, "y");
  const std::string of_stream = test::asf_record("Mine", 0, 1, "y");
  const std::string unknown = "0123456789abcdef" + test::little_endian(24 + 5, 8) + "bytes";
  check({"plain.wma", wma, {}, ""});
  check({"unknown.wma", test::asf_with(wma, unknown), {unknown}, ""});
  check(
      {"language.wma", test::asf_with(wma, "", {of_language, of_language}), {of_language, of_language}, ""});
  check({"stream.wma", test::asf_with(wma, "", {of_stream, of_language}), {}, "would be lost or changed"});
  check({"library.wma", test::asf_with(wma, "", {plain}), {}, "would be lost or changed"});
}

TEST_F(TagCollection, Mp4WithEveryItem) {
  const std::string mp4 = sound({"sound.m4a", "-c:a aac -metadata encoder=x"});
  const std::string title = test::mp4_item("\xa9nam", 1, "Old title");
  const Pieces usual = {test::mp4_item("\xa9"
                                       "ART",
                                       1, "Bj\xc3\xb6rk"),
                        test::mp4_item("cpil", 21, "\1"),
                        test::mp4_item("tmpo", 21, std::string("\0\x78", 2)),
                        test::mp4_item("covr", 14, "\x89PNG...."),
                        test::mp4_free_item("Mine", "yes"),
                        test::mp4_free_item("mine", "no")};
  const std::string known = title + usual[0] + usual[1] + usual[2] + usual[3] + usual[4] + usual[5];
  const std::string xtra = test::atom("Xtra", "what Windows writes");
  const std::string uuid = test::atom("uuid", "0123456789abcdef and more");
  check({"known.m4a", test::mp4_with(mp4, known), usual, ""});
  check({"xtra.m4a", test::mp4_with(mp4, known, xtra), usual + Pieces{xtra}, ""});
  check({"uuid.m4a", test::mp4_with(mp4, known) + uuid, usual + Pieces{uuid}, ""});
  const auto odd = [&](const std::string& name, const Pieces& items) {
    std::string all = known;
    for (const std::string& item : items) all += item;
    check({name + ".m4a", test::mp4_with(mp4, all), usual + items, ""});
  };
  odd("gnre", {test::mp4_item("gnre", 0, "\0\x12"s)});
  odd("gnre+gen", {test::mp4_item("gnre", 0, "\0\x12"s), test::mp4_item("\xa9gen", 1, "Folk")});
  odd("equal", {test::mp4_free_item("Mine", "once more"), test::mp4_free_item("Mine", "once more")});
  odd("utf16", {test::mp4_item("\xa9"
                               "cmt",
                               2, "\0a\0b"s)});
  odd("unknown", {test::mp4_item("zzzz", 0, "bytes"), test::atom("yyyy", "no data atom")});
  odd("numbers", {test::mp4_item("plID", 21, "\0\0\0\0\0\0\0\1"s),
                  test::mp4_item("disk", 0, "\0\0\0\1\0\2\0\0"s), test::mp4_item("pgap", 21, "\0\0\0\1"s)});
  odd("bytes",
      {test::mp4_free_item("bytes", "\0\1\2"s, 0), test::mp4_free_item("ISRC", "x", 1, "org.other")});
  const std::string fast = sound({"fast.m4a", "-c:a aac -movflags +faststart"});
  check({"fast.m4a", fast, {}, ""});
  check({"compressed.m4a", test::mp4_compressed(fast), {}, "its header is compressed"});
  check({"cut.m4a", fast.substr(0, fast.size() - 3), {}, "longer than the file"});
}

}  // namespace
}  // namespace echofold::tag_tag_collection_test
