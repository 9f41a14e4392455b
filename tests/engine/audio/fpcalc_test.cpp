// Compares our items with those of Chromaprint's own program: equal for every format that both read.
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "clips.h"
#include "engine/audio/fingerprint_text.h"
#include "engine/audio/fingerprinter.h"
#include "tests/support/read_file.h"
#include "tests/support/temp_dir.h"

namespace echofold::audio_fpcalc_test {
namespace {

using test::make_clip;
using test::quoted;
using test::read_track_of;
using test::TempDir;

constexpr std::chrono::seconds fpcalc_length{120};

/// What `fpcalc OPTIONS -plain` prints for `file`. Its exit code is ignored: it is 3 for intact short files.
std::string fpcalc(const std::filesystem::path& file, const std::string& options) {
  const std::filesystem::path out = file.string() + ".fpcalc";
  const std::string command =
      "fpcalc " + options + " -plain " + quoted(file) + " >" + quoted(out) + " 2>/dev/null";
  [[maybe_unused]] const int code = std::system(command.c_str());
  std::string text = test::read_file(out);
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

std::vector<Item> fpcalc_items(const std::filesystem::path& file) {
  std::istringstream in(fpcalc(file, "-raw -length 120"));
  std::vector<Item> items;
  for (std::string item; std::getline(in, item, ',');) items.push_back(static_cast<Item>(std::stoul(item)));
  return items;
}

class Fpcalc : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* tool : {"ffmpeg", "fpcalc"})
      if (!test::have_tool(tool)) GTEST_SKIP() << tool << " is not installed";
  }
  void expect_same(const std::string& name, const std::string& options, const std::string& input) {
    SCOPED_TRACE(name + " " + options);
    make_clip(dir_ / name, options, input);
    const std::vector<Item> theirs = fpcalc_items(dir_ / name);
    ASSERT_FALSE(theirs.empty());
    EXPECT_EQ(read_track_of(dir_ / name, fpcalc_length).items, theirs);
    std::filesystem::remove(dir_ / name);
  }
  TempDir dir_;
};

TEST_F(Fpcalc, EveryFormat) {
  const std::string whole = "-i " + quoted(test::clip());
  const std::pair<const char*, const char*> formats[] = {{"a.mp3", "-b:a 320k"},
                                                         {"b.mp3", "-b:a 128k"},
                                                         {"c.mp3", "-q:a 0"},
                                                         {"d.mp3", "-b:a 128k -write_xing 0"},
                                                         {"e.mp3", "-ac 1 -ar 48000"},
                                                         {"a.flac", "-sample_fmt s16"},
                                                         {"b.flac", "-sample_fmt s32"},
                                                         {"c.flac", "-ar 96000"},
                                                         {"a.m4a", "-c:a aac"},
                                                         {"b.m4a", "-c:a alac"},
                                                         {"a.aac", "-c:a aac"},
                                                         {"a.opus", "-c:a libopus"},
                                                         {"a.ogg", "-c:a libvorbis"},
                                                         {"a.wma", "-c:a wmav2"},
                                                         {"a.wv", ""},
                                                         {"a.wav", ""},
                                                         {"b.wav", "-ar 8000 -ac 1"},
                                                         {"c.wav", "-ar 11025 -ac 1"},
                                                         {"a.aiff", ""},
                                                         {"a.tta", ""},
                                                         {"a.mka", "-c:a libvorbis"},
                                                         {"b.mka", "-c:a ac3 -ac 6"}};
  for (const auto& [name, options] : formats) expect_same(name, options, whole);
}

TEST_F(Fpcalc, TheFirst120SecondsOfALongTrack) {
  const std::string looped = "-stream_loop 11 -i " + quoted(test::clip());
  expect_same("a.mp3", "-t 126 -q:a 2", looped);
  expect_same("a.flac", "-t 126 -sample_fmt s16", looped);
}

TEST_F(Fpcalc, AWholeTrackBeginsWithTheSame948Items) {
  make_clip(dir_ / "a.flac", "-t 126 -sample_fmt s16", "-stream_loop 11 -i " + quoted(test::clip()));
  std::vector<Item> whole = read_track_of(dir_ / "a.flac").items;
  ASSERT_GT(whole.size(), 948u);
  whole.resize(948);
  EXPECT_EQ(whole, fpcalc_items(dir_ / "a.flac"));
}

TEST_F(Fpcalc, TheCompressedText) {
  std::filesystem::copy_file(test::clip(), dir_ / "a.ogg");
  const std::string text = fpcalc(dir_ / "a.ogg", "-length 0");
  const std::vector<Item> items = read_track_of(dir_ / "a.ogg").items;
  EXPECT_EQ(encode_fingerprint_text(items), text);
  EXPECT_EQ(decode_fingerprint_text(text), items);
}

// The text sent to AcoustID comes from the stored items of the whole file, without decoding again.
TEST_F(Fpcalc, TheTextForALookupOfShortAndLongTracks) {
  const std::string looped = "-stream_loop 11 -i " + quoted(test::clip());
  const std::pair<const char*, const char*> formats[] = {
      {"a.flac", "-t 121 -sample_fmt s16"}, {"a.mp3", "-t 121 -b:a 192k"}, {"a.m4a", "-t 20 -c:a aac"},
      {"a.ogg", "-t 15 -c:a libvorbis"},    {"a.opus", "-t 15"},           {"a.wv", "-t 20"}};
  for (const auto& [name, options] : formats) {
    SCOPED_TRACE(name);
    make_clip(dir_ / name, options, looped);
    const std::string theirs = fpcalc(dir_ / name, "-length 120");
    ASSERT_FALSE(theirs.empty());
    EXPECT_EQ(lookup_fingerprint_text(read_track_of(dir_ / name).items), theirs);
    std::filesystem::remove(dir_ / name);
  }
}

}  // namespace
}  // namespace echofold::audio_fpcalc_test
