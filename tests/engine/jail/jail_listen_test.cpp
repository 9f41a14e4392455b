// Two files in one jailed process: the same answer as outside, the same limits and errors as for one.
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <array>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <limits>
#include <thread>

#include "engine/jail/answer.h"
#include "engine/jail/jail.h"
#include "index/base/error.h"
#include "index/base/fd.h"
#include "tests/engine/audio/clips.h"
#include "tests/engine/jail/jailed.h"
#include "tests/support/read_file.h"
#include "tests/support/temp_dir.h"

namespace echofold::jail_jail_listen_test {
namespace {

using namespace std::chrono_literals;
using test::clip;
using test::has;
using test::OpenClip;
using test::sanitized;
using test::short_limits;
using test::TempDir;

constexpr int answer_pipe = 3;  // of the jailed process

/// The error of `call`, which must throw one.
Error error_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "came back without an error";
  return {Fault::usage, ""};
}

Jail jail_with(ListenFunction listener, JailLimits limits = short_limits()) {
  return Jail({.limits = limits, .on_missing_protection = {}, .listen = listener});
}

Error error_of_jailed(ListenFunction listener, JailLimits limits = short_limits()) {
  Jail jail = jail_with(listener, limits);
  const OpenClip a, b;
  return error_of([&] { jail.listen(a.fd(), "ogg", b.fd(), "ogg", {}, {}); });
}

/// What `listener` in the jail reports as the rate: a number that it found out there.
std::uint32_t number_of_jailed(ListenFunction listener) {
  Jail jail = jail_with(listener);
  const OpenClip a, b;
  return jail.listen(a.fd(), "ogg", b.fd(), "ogg", {}, {}).rate_hz;
}

Heard says(long number) {
  Heard heard;
  heard.rate_hz = static_cast<std::uint32_t>(number);
  return heard;
}

#define LISTENER \
  [](const ListenFile& a, const ListenFile& b, const ListenSettings&, const std::stop_token&) -> Heard

TEST(JailListen, HearsAsListenDoes) {
  if (!test::have_tool("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
  const TempDir dir;
  test::make_clip(dir.path() / "copy.mp3", "-b:a 128k");
  const OpenClip a, b(dir.path() / "copy.mp3");
  Jail jail({});
  const Heard jailed = jail.listen(a.fd(), "ogg", b.fd(), "mp3", {}, {});
  EXPECT_EQ(jailed, listen({a.fd(), "ogg"}, {b.fd(), "mp3"}, {}, {}));
  EXPECT_TRUE(jailed.lined_up);
  EXPECT_GT(jailed.compared_s, 1);
}

TEST(JailListen, HandsFilesExtensionsAndSettingsOn) {
  const TempDir dir;
  test::write_bytes(dir.path() / "a", "a");
  test::write_bytes(dir.path() / "b", "b");
  const OpenClip a(dir.path() / "a"), b(dir.path() / "b");
  const auto listener = [](const ListenFile& first, const ListenFile& second, const ListenSettings& settings,
                           const std::stop_token&) -> Heard {
    std::array<char, 2> bytes{};
    const bool read = pread(first.fd, &bytes[0], 1, 0) == 1 && pread(second.fd, &bytes[1], 1, 0) == 1;
    Heard heard;
    heard.lined_up = read && bytes == std::array{'a', 'b'} && first.extension == "flac" &&
                     second.extension == "an extension of ";
    heard.offset_s = settings.offset_s;
    return heard;
  };
  Jail jail = jail_with(listener);
  const Heard heard =
      jail.listen(a.fd(), "flac", b.fd(), "an extension of great length", {.offset_s = -2.5}, {});
  EXPECT_TRUE(heard.lined_up);
  EXPECT_EQ(heard.offset_s, -2.5);
}

TEST(JailListen, OneDescriptorCanBeBothFiles) {
  Jail jail({});
  const OpenClip file;
  const Heard heard = jail.listen(file.fd(), "ogg", file.fd(), "ogg", {}, {});
  EXPECT_TRUE(heard.lined_up);
  EXPECT_EQ(heard.offset_s, 0);
}

TEST(JailListen, ReadsAndListensInAnyOrder) {
  Jail jail({});
  const OpenClip a, b;
  const std::vector<Item> items = jail.read(a.fd(), "ogg", {}, {}).items;
  const Heard heard = jail.listen(a.fd(), "ogg", b.fd(), "ogg", {}, {});
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(jail.listen(a.fd(), "ogg", b.fd(), "ogg", {}, {}), heard);
    EXPECT_EQ(jail.read(a.fd(), "ogg", {}, {}).items, items);
  }
}

TEST(JailListen, PassesOnWhyAFileCannotBeDecoded) {
  const TempDir dir;
  test::write_bytes(dir.path() / "text.mp3", "hello, this is only text\n");
  const OpenClip music, text(dir.path() / "text.mp3");
  Jail jail({});
  const auto both_ways = [&](int a, int b) {
    const Error jailed = error_of([&] { jail.listen(a, "", b, "", {}, {}); });
    EXPECT_STREQ(jailed.what(), error_of([&] { listen({a, ""}, {b, ""}, {}, {}); }).what());
    EXPECT_EQ(jailed.fault(), Fault::unsupported);
  };
  both_ways(music.fd(), text.fd());
  both_ways(text.fd(), music.fd());
}

TEST(JailListen, ACrashIsNamedByItsSignalButNotTheFile) {
  const Error error = error_of_jailed(LISTENER {
    raise(SIGSEGV);
    return says(a.fd + b.fd);
  });
  EXPECT_STREQ(error.what(), "the decoder crashed on one of them (SIGSEGV)");
  EXPECT_EQ(error.fault(), Fault::unsupported);
}

TEST(JailListen, ACrashCostsThatPairAlone) {
  Jail jail = jail_with(LISTENER {
    if (a.extension == "bad" || b.extension == "bad") std::abort();
    return says(7);
  });
  const OpenClip a, b;
  for (int i = 0; i < 3; ++i) {
    EXPECT_THROW(jail.listen(a.fd(), "ogg", b.fd(), "bad", {}, {}), Error);
    EXPECT_EQ(jail.listen(a.fd(), "ogg", b.fd(), "ogg", {}, {}).rate_hz, 7U);
    EXPECT_FALSE(jail.read(a.fd(), "ogg", {}, {}).items.empty());
  }
}

Heard spin(int fd) {
  const volatile bool for_ever = fd >= 0;
  while (for_ever) {
  }
  return {};
}

TEST(JailListen, AnEndlessLoopEndsAtTheLimitOfProcessorTime) {
  JailLimits limits = short_limits();
  limits.bytes_a_cpu_second = std::uint64_t{1} << 30;
  limits.wall = 60s;
  const Error error = error_of_jailed(
      LISTENER { return spin(a.fd + b.fd); }, limits);
  EXPECT_PRED2(has, error.what(), "decoding them took more than 2 s");
  EXPECT_PRED2(has, error.what(), "far more than music of their size, and was stopped (SIGXCPU)");
  EXPECT_EQ(error.fault(), Fault::unsupported);
}

TEST(JailListen, AListenerThatSleepsIsEndedByTheWallClock) {
  JailLimits limits = short_limits();
  limits.wall = 1s;
  limits.bytes_a_wall_second = std::uint64_t{1} << 30;
  const Error error = error_of_jailed(
      LISTENER {
        for (;;) std::this_thread::sleep_for(std::chrono::seconds(a.fd + b.fd));
      },
      limits);
  EXPECT_PRED2(has, error.what(), "reading them took more than 2 s");
  EXPECT_PRED2(has, error.what(), "s and was stopped (SIGKILL)");
  EXPECT_EQ(error.fault(), Fault::io);
}

TEST(JailListen, MemoryHasALimit) {
  if (sanitized) GTEST_SKIP() << "a sanitizer ends the process itself when memory runs out";
  const Error error = error_of_jailed(LISTENER {
    std::vector<std::string> hoard;
    for (;;) hoard.emplace_back(std::size_t{16} << 20, static_cast<char>(a.fd + b.fd));
  });
  EXPECT_STREQ(error.what(), "reading them takes more memory than there is");
}

TEST(JailListen, TwoFilesGetTheLimitsOfBoth) {
  JailLimits limits;
  limits.memory_bytes = 100;
  limits.cpu = 10s;
  limits.wall = 20s;
  limits.bytes_a_cpu_second = 1000;
  limits.bytes_a_wall_second = 500;
  const std::array<std::uint64_t, 1> one{4000};
  EXPECT_EQ(limits.of_files(one).memory_bytes, 100U);
  EXPECT_EQ(limits.of_files(one).cpu, 14s);
  EXPECT_EQ(limits.of_files(one).wall, 28s);
  const std::array<std::uint64_t, 2> two{4000, 2000};
  EXPECT_EQ(limits.of_files(two).memory_bytes, 200U);
  EXPECT_EQ(limits.of_files(two).cpu, 26s);
  EXPECT_EQ(limits.of_files(two).wall, 52s);
}

/// Sends bytes of its own in place of the answer.
[[noreturn]] void answer_with(const JailAnswer& answer) {
  const std::string bytes = encode(answer);
  static_cast<void>(!write(answer_pipe, bytes.data(), bytes.size()));
  _exit(0);
}

TEST(JailListen, AHostileAnswerIsRefused) {
  const Error infinite = error_of_jailed(LISTENER {
    Heard heard = says(a.fd + b.fd);
    heard.gain_db = std::numeric_limits<double>::infinity();
    return heard;
  });
  EXPECT_PRED2(has, infinite.what(), "without a whole answer");
  EXPECT_EQ(infinite.fault(), Fault::unsupported);
  const Error many = error_of_jailed(LISTENER {
    Heard heard = says(a.fd + b.fd);
    heard.bursts.resize(100'000);
    return heard;
  });
  EXPECT_PRED2(has, many.what(), "without a whole answer");
}

TEST(JailListen, AnAnswerOfAnotherKindIsRefused) {
  const Error track = error_of_jailed(LISTENER {
    if (a.fd != b.fd) answer_with({{}, AudioTrack{}});
    return {};
  });
  EXPECT_PRED2(has, track.what(), "of another kind");
  EXPECT_EQ(track.fault(), Fault::unsupported);
  const auto reader = [](int, std::string_view, const ReadSettings&, const std::stop_token&) -> AudioTrack {
    answer_with({{}, Heard{}});
  };
  Jail jail({.limits = {}, .on_missing_protection = {}, .read = reader});
  const OpenClip file;
  const Error heard = error_of([&] { jail.read(file.fd(), "ogg", {}, {}); });
  EXPECT_PRED2(has, heard.what(), "of another kind");
  EXPECT_EQ(heard.fault(), Fault::unsupported);
}

TEST(JailListen, OnlyBothFilesAreOpenInside) {
  const TempDir dir;
  const Fd secret(open((dir.path() / "secret").c_str(), O_CREAT | O_RDWR, 0600));  // without O_CLOEXEC
  ASSERT_TRUE(secret.valid());
  ASSERT_EQ(write(secret.get(), "secret", 6), 6);
  const auto files = number_of_jailed(LISTENER {
    long files = 0;
    for (int fd = 0; fd < 1024; ++fd) {
      char byte = 0;
      if (pread(fd, &byte, 1, 0) <= 0) continue;
      if (fd != a.fd && fd != b.fd) return says(1000 + fd);
      ++files;
    }
    return says(files);
  });
  EXPECT_EQ(files, 2U);
}

TEST(JailListen, IsConfinedAsReadIs) {
  EXPECT_EQ(number_of_jailed(LISTENER {
              return says(open("/etc/passwd", O_RDONLY) < 0 && errno == EPERM && a.fd != b.fd ? 1 : 0);
            }),
            1U);
  EXPECT_PRED2(
      has, error_of_jailed(LISTENER { return says(socket(AF_INET, SOCK_STREAM, 0) + a.fd + b.fd); }).what(),
      "SIGSYS");
  EXPECT_PRED2(has, error_of_jailed(LISTENER { return says(fchmod(a.fd, 0) + b.fd); }).what(), "SIGSYS");
  EXPECT_PRED2(has, error_of_jailed(LISTENER { return says(ftruncate(b.fd, 0) + a.fd); }).what(), "SIGSYS");
}

TEST(JailListen, AStopEndsAListenerAtOnce) {
  Jail jail = jail_with(LISTENER { return spin(a.fd + b.fd); }, {});
  const OpenClip a, b;
  std::stop_source stop;
  std::thread later([&] {
    std::this_thread::sleep_for(300ms);
    stop.request_stop();
  });
  const auto before = std::chrono::steady_clock::now();
  EXPECT_EQ(error_of([&] { jail.listen(a.fd(), "ogg", b.fd(), "ogg", {}, stop.get_token()); }).fault(),
            Fault::interrupted);
  EXPECT_LT(std::chrono::steady_clock::now() - before, 8s);
  later.join();
}

TEST(JailListen, ManyThreadsListenAtOnce) {
  Jail jail({});
  const OpenClip file;
  const Heard wanted = jail.listen(file.fd(), "ogg", file.fd(), "ogg", {}, {});
  std::array<Heard, 4> heard;
  std::vector<std::thread> threads;
  for (Heard& one : heard)
    threads.emplace_back([&jail, &one] {
      const OpenClip a, b;
      one = jail.listen(a.fd(), "ogg", b.fd(), "ogg", {}, {});
    });
  for (std::thread& thread : threads) thread.join();
  for (const Heard& one : heard) EXPECT_EQ(one, wanted);
}

}  // namespace
}  // namespace echofold::jail_jail_listen_test
