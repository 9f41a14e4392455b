// A part of a file, read in a jailed process: the same as outside, and nothing of another size passes.
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>

#include "engine/jail/jail.h"
#include "index/base/error.h"
#include "tests/engine/jail/jailed.h"

namespace echofold::jail_jail_media_test {
namespace {

using test::has;
using test::OpenClip;
using test::short_limits;

const MediaRequest peaks{.kind = MediaKind::peaks, .columns = 50};

std::string error_of_jailed(MediaFunction function) {
  JailLimits limits = short_limits();
  limits.wall = std::chrono::seconds(120);  // on a busy machine a second of processor time takes long
  Jail jail({.limits = limits, .on_missing_protection = {}, .media = function});
  const OpenClip file;
  try {
    jail.media(file.fd(), "ogg", peaks, {});
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

TEST(JailMedia, IsTheSameAsOutside) {
  Jail jail({.limits = {}, .on_missing_protection = {}});
  const OpenClip file;
  for (const MediaRequest& request :
       {peaks, MediaRequest{.kind = MediaKind::window, .from_s = 0.5, .length_s = 1, .rate_hz = 48'000},
        MediaRequest{.kind = MediaKind::spectrogram, .from_s = 0, .length_s = 1}}) {
    const Media inside = jail.media(file.fd(), "ogg", request, {});
    EXPECT_EQ(inside, read_media(file.fd(), "ogg", request, {}));
    EXPECT_FALSE(inside.bytes.empty());
  }
}

TEST(JailMedia, AnAnswerOfAnotherSizeIsRefused) {
  const auto too_much = [](int, std::string_view, const MediaRequest& request, std::stop_token) {
    Media media;
    media.columns = request.columns + 1;
    media.bytes.assign(2 * media.columns, 'a');
    return media;
  };
  EXPECT_TRUE(has(error_of_jailed(too_much), "something else than what was asked for"));
}

TEST(JailMedia, ACrashConcernsOnlyTheFile) {
  const auto crash = [](int, std::string_view, const MediaRequest&, std::stop_token) -> Media {
    std::raise(SIGSEGV);
    return {};
  };
  EXPECT_TRUE(has(error_of_jailed(crash), "SIGSEGV"));
}

TEST(JailMedia, TheLimitOfTimeHolds) {
  const auto spin = [](int fd, std::string_view, const MediaRequest&, std::stop_token) -> Media {
    const volatile bool for_ever = fd >= 0;
    while (for_ever) {
    }
    return {};
  };
  EXPECT_TRUE(has(error_of_jailed(spin), "SIGXCPU"));
}

}  // namespace
}  // namespace echofold::jail_jail_media_test
