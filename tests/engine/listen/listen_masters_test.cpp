// Other masters and other channels are told from copies.
#include "engine/listen/listen.h"

#include <gtest/gtest.h>

#include "tests/engine/listen/listening.h"

namespace echofold::listen_masters_test {
namespace {

using namespace test;
using Path = std::filesystem::path;

TEST_F(Listening, SwappedChannelsDiffer) {
  const Heard heard = heard_of(song(), mp3_of({music().rate_hz, music().right, music().left}));
  expect_judged(heard, "differs: swapped");
}

TEST_F(Listening, AFoldDownIsARemaster) {
  Samples mono = music().left;
  for (std::size_t i = 0; i < mono.size(); ++i) mono[i] = (mono[i] + music().right[i]) / 2;
  for (const Path& copy : {mp3_of({44'100, mono, mono}), made_by_ffmpeg("mono.mp3", "-ac 1 -b:a 128k")}) {
    const Heard heard = heard_of(song(), copy);
    expect_judged(heard, "remaster: mono");
    EXPECT_EQ(heard.channels, HeardChannels::b_is_mono);
    EXPECT_EQ(heard_of(copy, song()).channels, HeardChannels::a_is_mono);
  }
}

TEST_F(Listening, AnotherEqualiserIsARemaster) {
  const Heard bass = heard_of(song(), made_by_ffmpeg("bass.mp3", "-b:a 192k -af bass=g=9:f=200,volume=-6dB"));
  expect_judged(bass, "remaster: equaliser");
  EXPECT_NEAR(bass.bass_db, 8, 2);
  const Heard middle =
      heard_of(song(), made_by_ffmpeg("middle.mp3", "-b:a 192k -af equalizer=f=700:t=o:w=2:g=-7"));
  expect_judged(middle, "remaster: equaliser");
}

TEST_F(Listening, ACompressorIsARemaster) {
  const auto quieter = [](float& left, float& right, std::size_t) {
    left *= 0.2F;
    right *= 0.2F;
  };
  const Path song_with_a_quiet_part = file_of("dynamic.wav", changed(music(), 6, 13, quieter));
  encode(song_with_a_quiet_part, *dir_ / "pressed.mp3",
         "-b:a 192k -af acompressor=threshold=0.05:ratio=6:attack=20:release=500:makeup=2");
  expect_judged(heard_of(song_with_a_quiet_part, *dir_ / "pressed.mp3"), "remaster: gain");
}

TEST_F(Listening, ALimiterIsARemaster) {
  const Heard heard = heard_of(
      song(), made_by_ffmpeg("loud.mp3", "-b:a 192k -af volume=14dB,alimiter=limit=0.9:level=false"));
  EXPECT_EQ(judge(heard).hearing, Hearing::remaster) << judged(heard) << numbers(heard);
  EXPECT_LT(heard.range_db, -2) << numbers(heard);
}

TEST_F(Listening, AFadeIsARemaster) {
  const Path out = made_by_ffmpeg("out.mp3", "-b:a 192k -af afade=t=out:st=15:d=5");
  const Heard heard = heard_of(song(), out);
  expect_judged(heard, "remaster: fade");
  EXPECT_NEAR(heard.fade_out_s, 5, 1) << numbers(heard);
  EXPECT_EQ(heard.fade_in_s, 0);
  EXPECT_NEAR(heard_of(out, song()).fade_out_s, -5, 1);
  const Heard in = heard_of(song(), made_by_ffmpeg("in.mp3", "-b:a 192k -af afade=t=in:d=2"));
  expect_judged(in, "remaster: fade");
  EXPECT_NEAR(in.fade_in_s, 2, 0.5) << numbers(in);
}

// Another word under a fade elsewhere, and a last word that is muted, are told.
TEST_F(Listening, AFadeHidesNothingElse) {
  const auto reversed = [&](float& left, float& right, std::size_t i) {
    left = music().left[music().left.size() - 1 - i];
    right = music().right[music().right.size() - 1 - i];
  };
  encode(file_of("word.wav", changed(music(), 8, 8.6, reversed)), *dir_ / "faded.mp3",
         "-b:a 192k -af afade=t=out:st=15:d=5");
  expect_judged(heard_of(song(), *dir_ / "faded.mp3"), "differs: burst");
  const auto mute = [](float& left, float& right, std::size_t) { left = right = 0; };
  expect_judged(heard_of(song(), mp3_of(changed(music(), length_s - 1.5, length_s - 0.2, mute))),
                "differs: burst");
}

TEST_F(Listening, OtherSoundLeftAndRightDiffers) {
  // The same mean of both channels, with another difference.
  const StereoSound other = made_music(5, length_s);
  const Heard heard =
      heard_of(song(), mp3_of(changed(music(), 0, length_s, [&](float& left, float& right, std::size_t i) {
                 const float mid = (left + right) / 2, side = (other.left[i] - other.right[i]) / 2;
                 left = mid + side;
                 right = mid - side;
               })));
  expect_judged(heard, "differs: channels");
}

TEST_F(Listening, ExchangedFilesGiveExchangedNumbers) {
  const Path bass = made_by_ffmpeg("bass.mp3", "-b:a 192k -af bass=g=9:f=200,volume=-9dB");
  expect_mirrored(heard_of(song(), bass), heard_of(bass, song()));
  const Path mono = made_by_ffmpeg("mono.mp3", "-ac 1 -b:a 128k");
  expect_mirrored(heard_of(song(), mono), heard_of(mono, song()));
}

}  // namespace
}  // namespace echofold::listen_masters_test
