// The proof refuses a copy that lacks one part, has one more, or differs in one byte.
#include "engine/tag/tag_proof.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include "engine/tag/listing_proof.h"
#include "index/base/error.h"
#include "index/base/fd.h"
#include "tests/engine/tag/tag_pieces.h"
#include "tests/engine/tag/tag_support.h"

namespace echofold::tag_tag_proof_test {
namespace {

using Pieces = std::vector<std::string>;

struct TagProof : testing::Test {
  void SetUp() override {
    if (!test::have_tool("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
    library.add_root();
    make_music(library, {"a.mp3", "-id3v2_version 0 -write_id3v1 0"});
    sound = test::read_file(library.path("a.mp3"));
    edit.asked.insert("TITLE", TagLib::StringList("New"));
    edit.main = edit.asked;
  }

  /// Why the copy would not take the file's place; empty if it would.
  std::string refusal(const std::string& before, const std::string& after) {
    const auto opened = [&](const char* name, const std::string& bytes) {
      library.file(name, bytes);
      return Fd(open(library.path(name).c_str(), O_RDONLY | O_CLOEXEC));
    };
    const Fd file = opened("before.mp3", before);
    const Fd copy = opened("after.mp3", after);
    try {
      require_rest_unchanged(file.get(), copy.get(), TagFormat::mpeg, edit, read_track);
      return "";
    } catch (const Error& e) {
      return e.what();
    }
  }

  test::Library library;
  std::string sound;
  TagEdit edit;
};

std::string titled(const Pieces& frames, const std::string& title) {
  Pieces all = {test::id3v2_text("TIT2", title)};
  all.insert(all.end(), frames.begin(), frames.end());
  return test::id3v2_tag(4, all);
}

TEST_F(TagProof, NoPartMayGoOrComeOrChange) {
  const Pieces rich = test::rich_frames(4);
  const std::string before = titled(rich, "Old") + sound;
  EXPECT_EQ(refusal(before, titled(rich, "New") + sound), "");
  for (std::size_t i = 0; i < rich.size(); ++i) {
    SCOPED_TRACE(rich[i].substr(0, 4));
    Pieces fewer = rich;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_NE(refusal(before, titled(fewer, "New") + sound).find("would be lost or changed"),
              std::string::npos);
    Pieces more = rich;
    more.push_back(rich[i]);
    EXPECT_NE(refusal(before, titled(more, "New") + sound).find("not asked for"), std::string::npos);
    Pieces other = rich;
    if (other[i].size() <= 10) continue;  // a frame that is only a header
    other[i].back() = static_cast<char>(other[i].back() ^ 1);
    EXPECT_NE(refusal(before, titled(other, "New") + sound).find("lost or changed"), std::string::npos);
  }
}

TEST_F(TagProof, TheHeadAndFurtherTagsBelongToTheFile) {
  const Pieces rich = test::rich_frames(4);
  const std::string before = titled(rich, "Old") + sound;
  std::string other_version = titled(rich, "New");
  other_version[5] = '\x20';
  EXPECT_NE(refusal(before, other_version + sound), "");
  const std::string v1 = test::id3v1("Old", "Me");
  EXPECT_NE(refusal(before + v1, titled(rich, "New") + sound), "");
  EXPECT_NE(refusal(before, titled(rich, "New") + sound + v1), "");
  EXPECT_NE(refusal(before + test::lyrics3(), titled(rich, "New") + sound), "");
}

TEST_F(TagProof, OneByteOfTheAudioIsAnother) {
  std::string other = sound;
  other[other.size() / 2] = static_cast<char>(other[other.size() / 2] ^ 1);
  EXPECT_NE(refusal(titled({}, "Old") + sound, titled({}, "New") + other).find("audio"), std::string::npos);
}

TEST_F(TagProof, EveryFactOfAnotherReaderCounts) {
  const std::vector<ListedFact> before = {
      {"audio samples", "88200"}, {"audio start", "0"},           {"audio hash", "1.2"},
      {"tag artist", "Me"},       {"tag title", "Old"},           {"stream 0 disposition", "1"},
      {"picture 0 hash", "3.4"},  {"chapter 0 start", "0"},       {"chapter 0 tag title", "One"},
      {"tag lyrics-eng", "la"},   {"stream 0 tag language", "is"}};
  std::vector<ListedFact> after = before;
  after[4].value = "New";
  EXPECT_NO_THROW(require_same_listing(before, after, edit));
  EXPECT_THROW(require_same_listing(before, before, edit), Error) << "the title is not seen";
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (i == 4) continue;
    SCOPED_TRACE(before[i].name);
    std::vector<ListedFact> other = after;
    other[i].value += "x";
    EXPECT_THROW(require_same_listing(before, other, edit), Error);
    other.erase(other.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_THROW(require_same_listing(before, other, edit), Error);
  }
  for (const char* name : {"chapter 1 start", "picture 1 hash", "stream 1 codec"}) {
    std::vector<ListedFact> more = after;
    more.push_back({name, "0"});
    EXPECT_THROW(require_same_listing(before, more, edit), Error) << name;
  }
}

}  // namespace
}  // namespace echofold::tag_tag_proof_test
