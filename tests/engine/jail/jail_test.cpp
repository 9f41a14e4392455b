// What a decoder may and may not do in the jail, tested with decoders that try it.
#include "engine/jail/jail.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <thread>

#include "index/base/error.h"
#include "tests/engine/audio/clips.h"
#include "tests/engine/jail/jailed.h"
#include "tests/support/read_file.h"
#include "tests/support/temp_dir.h"

namespace echofold::jail_jail_test {
namespace {

using namespace std::chrono_literals;
using test::clip;
using test::has;
using test::OpenClip;
using test::read_file;
using test::sanitized;
using test::short_limits;
using test::TempDir;

/// Reads the clip in a jail with `decoder`. Returns the text of the error, or the artist that the decoder "found".
std::string result_of_jailed(decltype(&read_track) decoder, JailLimits limits = short_limits()) {
  Jail jail({.limits = limits, .on_missing_protection = {}, .read = decoder});
  const OpenClip file;
  try {
    return jail.read(file.fd(), "ogg", {}, {}).tags.artist;
  } catch (const Error& error) {
    EXPECT_TRUE(error.fault() == Fault::unsupported || error.fault() == Fault::io);
    return error.what();
  }
}

AudioTrack says(const std::string& text) {
  AudioTrack track;
  track.tags.artist = text;
  return track;
}

AudioTrack spin(int fd) {
  const volatile bool for_ever = fd >= 0;
  while (for_ever) {
  }
  return {};
}

/// The result of a system call: the name of its error, or that it worked.
AudioTrack result_of(long result) {
  const int error = errno;
  return says(result >= 0 ? "worked" : strerrorname_np(error));
}

#define DECODER [](int fd, std::string_view, const ReadSettings&, const std::stop_token&) -> AudioTrack

TEST(Jail, ReadsAsReadTrackDoes) {
  Jail jail({});
  const OpenClip file;
  const AudioTrack jailed = jail.read(file.fd(), "ogg", {}, {}), direct = read_track(file.fd(), "ogg");
  EXPECT_EQ(jailed.items, direct.items);
  EXPECT_EQ(jailed.properties, direct.properties);
  EXPECT_EQ(jailed.tags, direct.tags);
  EXPECT_EQ(jailed.quality, direct.quality);
  EXPECT_EQ(jailed.status, direct.status);
  EXPECT_FALSE(jailed.items.empty());
}

TEST(Jail, ListsContentsAsListContentsDoes) {
  Jail jail({});
  const OpenClip file;
  const std::vector<ListedFact> jailed = jail.read(file.fd(), "ogg", {.list_contents = true}, {}).facts;
  EXPECT_EQ(jailed, read_track(file.fd(), "ogg", {.list_contents = true}).facts);
  const auto has = [&](std::string_view name) {
    return std::any_of(jailed.begin(), jailed.end(),
                       [&](const ListedFact& fact) { return fact.name == name; });
  };
  for (const char* name :
       {"audio samples", "audio start", "audio hash", "stream 0 disposition", "stream 0 tag title"})
    EXPECT_TRUE(has(name)) << name;
}

TEST(Jail, HandsSettingsAndExtensionOn) {
  const OpenClip file;
  Jail real({});
  EXPECT_LT(real.read(file.fd(), "ogg", {std::chrono::seconds(5)}, {}).items.size(),
            real.read(file.fd(), "ogg", {}, {}).items.size());
  const auto decoder = [](int, std::string_view extension, const ReadSettings& settings,
                          const std::stop_token&) -> AudioTrack {
    return says(std::string(extension) + " " + std::to_string(settings.limit.count()));
  };
  Jail echo({.limits = {}, .on_missing_protection = {}, .read = decoder});
  EXPECT_EQ(echo.read(file.fd(), "flac", {7s}, {}).tags.artist, "flac 7");
  EXPECT_EQ(echo.read(file.fd(), "an extension of great length", {7s}, {}).tags.artist, "an extension of  7");
}  // namespace echofold::jail_jail_test

TEST(Jail, PassesOnWhyAFileCannotBeDecoded) {
  const TempDir dir;
  test::write_bytes(dir.path() / "text.mp3", "hello, this is only text\n");
  const OpenClip file(dir.path() / "text.mp3");
  Jail jail({});
  std::string jailed, direct;
  try {
    jail.read(file.fd(), "mp3", {}, {});
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::unsupported);
    jailed = error.what();
  }
  try {
    read_track(file.fd(), "mp3");
  } catch (const Error& error) {
    direct = error.what();
  }
  EXPECT_EQ(jailed, direct);
  EXPECT_FALSE(direct.empty());
}

TEST(Jail, ACrashIsNamedByItsSignal) {
  EXPECT_PRED2(has, result_of_jailed(DECODER {
                 raise(SIGSEGV);
                 return says(std::to_string(fd));
               }),
               "SIGSEGV");
  EXPECT_PRED2(has, result_of_jailed(DECODER {
                 if (fd >= 0) std::abort();
                 return {};
               }),
               "SIGABRT");
  EXPECT_PRED2(has, result_of_jailed(DECODER {
                 raise(SIGFPE);
                 return says(std::to_string(fd));
               }),
               "SIGFPE");
}

TEST(Jail, ACrashCostsThatFileAlone) {
  const auto decoder = [](int fd, std::string_view extension, const ReadSettings& settings,
                          const std::stop_token& stop) -> AudioTrack {
    if (extension == "bad") std::abort();
    return read_track(fd, extension, settings, stop);
  };
  Jail jail({.limits = {}, .on_missing_protection = {}, .read = decoder});
  const OpenClip file;
  for (int i = 0; i < 5; ++i) {
    EXPECT_THROW(jail.read(file.fd(), "bad", {}, {}), Error);
    EXPECT_FALSE(jail.read(file.fd(), "ogg", {}, {}).items.empty());
  }
}

TEST(Jail, AnEndlessLoopEndsAtTheLimitOfProcessorTime) {
  const auto before = std::chrono::steady_clock::now();
  JailLimits limits = short_limits();
  limits.wall = 60s;
  EXPECT_PRED2(has,
               result_of_jailed(
                   DECODER { return spin(fd); }, limits),
               "s of processor time, far more than music of its size, and was stopped (SIGXCPU)");
  EXPECT_LT(std::chrono::steady_clock::now() - before, 30s);
}

TEST(Jail, ADecoderThatSleepsIsEndedByTheWallClock) {
  JailLimits limits = short_limits();
  limits.wall = 1s;
  EXPECT_PRED2(has,
               result_of_jailed(
                   DECODER {
                     for (;;) std::this_thread::sleep_for(std::chrono::seconds(fd + 1));
                   },
                   limits),
               "s and was stopped (SIGKILL)");
}

TEST(Jail, MemoryHasALimit) {
  if (sanitized) GTEST_SKIP() << "a sanitizer ends the process itself when memory runs out";
  EXPECT_PRED2(has, result_of_jailed(DECODER {
                 std::vector<std::string> hoard;
                 for (;;) hoard.emplace_back(std::size_t{16} << 20, static_cast<char>(fd));
               }),
               "more memory");
}

TEST(Jail, AnAnswerWithoutEndIsRefused) {
  const std::string result = result_of_jailed(
      DECODER {
        AudioTrack track;
        track.items.resize((std::size_t{90} << 20) / sizeof(Item), static_cast<Item>(fd));
        return track;
      },
      {});
  EXPECT_PRED2(has, result, "did not end");
}

TEST(Jail, NoOtherFileCanBeOpened) {
  EXPECT_EQ(result_of_jailed(DECODER { return result_of(open("/etc/passwd", O_RDONLY) + 0 * fd); }), "EPERM");
  EXPECT_EQ(result_of_jailed(DECODER {
              return result_of(open("/tmp/echofold-jail-test", O_CREAT | O_WRONLY, 0600) + 0 * fd);
            }),
            "EPERM");
  EXPECT_EQ(result_of_jailed(DECODER { return result_of(open("/proc/self/fd/4", O_RDWR) + 0 * fd); }),
            "EPERM");
  EXPECT_FALSE(std::filesystem::exists("/tmp/echofold-jail-test"));
}

TEST(Jail, NothingCanBeLearntOfOtherFiles) {
  EXPECT_EQ(result_of_jailed(DECODER {
              struct stat status {};
              return result_of(stat("/etc/passwd", &status) + 0 * fd);
            }),
            "EPERM");
  EXPECT_EQ(result_of_jailed(DECODER { return result_of(access("/etc/passwd", F_OK) + 0 * fd); }), "EPERM");
}

TEST(Jail, TheFileItselfCannotBeChanged) {
  const TempDir dir;
  std::filesystem::copy(clip(), dir.path() / "copy.ogg");
  const std::string before = read_file(dir.path() / "copy.ogg");
  const auto modes = std::filesystem::status(dir.path() / "copy.ogg").permissions();
  const auto decoder = [](int fd, std::string_view what, const ReadSettings&,
                          const std::stop_token&) -> AudioTrack {
    if (what == "write") return result_of(write(fd, "x", 1));
    if (what == "chmod") return result_of(fchmod(fd, 0));
    return result_of(ftruncate(fd, 0));
  };
  Jail jail({.limits = short_limits(), .on_missing_protection = {}, .read = decoder});
  const OpenClip file(dir.path() / "copy.ogg");
  EXPECT_EQ(jail.read(file.fd(), "write", {}, {}).tags.artist, "EBADF");
  for (const char* what : {"chmod", "truncate"}) {
    try {
      jail.read(file.fd(), what, {}, {});
      ADD_FAILURE() << what << " was allowed";
    } catch (const Error& error) {
      EXPECT_PRED2(has, error.what(), "SIGSYS");
    }
  }
  EXPECT_EQ(read_file(dir.path() / "copy.ogg"), before);
  EXPECT_EQ(std::filesystem::status(dir.path() / "copy.ogg").permissions(), modes);
}

TEST(Jail, NoNetworkNoProgramNoProcess) {
  EXPECT_PRED2(has, result_of_jailed(DECODER { return result_of(socket(AF_INET, SOCK_STREAM, 0) + 0 * fd); }),
               "SIGSYS");
  EXPECT_PRED2(has,
               result_of_jailed(DECODER { return result_of(execl("/bin/true", "true", nullptr) + 0 * fd); }),
               "SIGSYS");
  EXPECT_EQ(result_of_jailed(DECODER { return result_of(fork() + 0 * fd); }), "EPERM");
  EXPECT_PRED2(has, result_of_jailed(DECODER { return result_of(kill(getppid(), SIGTERM) + 0 * fd); }),
               "SIGSYS");
}

TEST(Jail, NothingOfTheProgramIsOpenInside) {
  const TempDir dir;
  const int secret = open((dir.path() / "secret").c_str(), O_CREAT | O_RDWR, 0600);  // without O_CLOEXEC
  ASSERT_GE(secret, 0);
  ASSERT_EQ(write(secret, "secret", 6), 6);
  const std::string result = result_of_jailed(DECODER {
    std::string open_ones;
    for (int other = 0; other < 1024; ++other) {
      char byte = 0;
      if (other != fd && pread(other, &byte, 1, 0) > 0) open_ones += std::to_string(other) + " ";
    }
    return says(open_ones.empty() ? "none" : open_ones);
  });
  EXPECT_EQ(result, "none");
  close(secret);
}

TEST(Jail, AStopEndsADecoderAtOnce) {
  Jail jail({.limits = {}, .on_missing_protection = {}, .read = DECODER{return spin(fd);
}
}  // namespace
);
const OpenClip file;
std::stop_source stop;
std::thread later([&] {
  std::this_thread::sleep_for(300ms);
  stop.request_stop();
});
const auto before = std::chrono::steady_clock::now();
try {
  jail.read(file.fd(), "ogg", {}, stop.get_token());
  ADD_FAILURE() << "came back without an error";
} catch (const Error& error) {
  EXPECT_EQ(error.fault(), Fault::interrupted);
}
EXPECT_LT(std::chrono::steady_clock::now() - before, 8s);
later.join();
}  // namespace echofold::jail_jail_test

TEST(Jail, ManyThreadsReadAtOnce) {
  Jail jail({});
  const OpenClip file;
  const std::vector<Item> wanted = read_track(file.fd(), "ogg").items;
  std::vector<std::thread> threads;
  std::array<std::vector<Item>, 8> items;
  for (std::vector<Item>& one : items)
    threads.emplace_back([&jail, &one] {
      const OpenClip own;
      one = jail.read(own.fd(), "ogg", {}, {}).items;
    });
  for (std::thread& thread : threads) thread.join();
  for (const std::vector<Item>& one : items) EXPECT_EQ(one, wanted);
}

/// The ids of all processes whose parent is `parent`.
std::vector<pid_t> children_of(pid_t parent) {
  std::ifstream in("/proc/" + std::to_string(parent) + "/task/" + std::to_string(parent) + "/children");
  std::vector<pid_t> children;
  for (pid_t child = 0; in >> child;) children.push_back(child);
  return children;
}

TEST(Jail, NoProcessOutlivesTheProgram) {
  int report[2];
  ASSERT_EQ(pipe(report), 0);
  const pid_t program = fork();
  if (program == 0) {
    const auto decoder = [](int fd, std::string_view, const ReadSettings&,
                            const std::stop_token&) -> AudioTrack { return spin(fd); };
    Jail jail({.limits = {}, .on_missing_protection = {}, .read = decoder});
    const OpenClip file;
    std::thread reader([&] { jail.read(file.fd(), "ogg", {}, {}); });
    std::vector<pid_t> all;
    while (all.size() < 2) {
      all = children_of(getpid());
      for (const pid_t zygote : std::vector(all))
        for (const pid_t worker : children_of(zygote)) all.push_back(worker);
    }
    static_cast<void>(!write(report[1], all.data(), 2 * sizeof(pid_t)));
    raise(SIGKILL);
  }
  pid_t processes[2] = {};
  ASSERT_EQ(read(report[0], processes, sizeof processes), static_cast<ssize_t>(sizeof processes));
  waitpid(program, nullptr, 0);
  for (const pid_t process : processes) {
    const auto is_there = [&] {
      std::ifstream in("/proc/" + std::to_string(process) + "/stat");
      std::string number, name, state;
      return (in >> number >> name >> state) && state != "Z";
    };
    for (int i = 0; i < 500 && is_there(); ++i) std::this_thread::sleep_for(10ms);
    EXPECT_FALSE(is_there()) << process;
  }
  close(report[0]);
  close(report[1]);
}

TEST(Jail, AZygoteThatIsGoneIsAnErrorNotAHang) {
  Jail jail({});
  const OpenClip file;
  for (const pid_t child : children_of(getpid())) kill(child, SIGKILL);
  try {
    jail.read(file.fd(), "ogg", {}, {});
    ADD_FAILURE() << "read without a zygote";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::io);
  }
}

}  // namespace
}  // namespace echofold::jail_jail_test
