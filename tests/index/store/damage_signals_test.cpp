// Which crashes are caused by a damaged library, and which are not.
#include "index/store/damage_signals.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <functional>

#include "tests/support/temp_dir.h"

namespace echofold::store_damage_signals_test {
namespace {

/// @return the exit code of a child that does this; 128 + a signal
int ends_with(const std::function<void()>& work) {
  const pid_t child = fork();
  if (child == 0) {
    if (freopen("/dev/null", "w", stderr) == nullptr) _exit(101);
    end_on_damage(3);
    name_library("/music/\x1b[2J/data.mdb");
    work();
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// A file of one page with this name, of which `pages` pages are mapped.
volatile char* mapped(const std::filesystem::path& file, std::size_t pages) {
  const int fd = open(file.c_str(), O_RDWR | O_CREAT, 0600);
  if (fd < 0 || ftruncate(fd, 4096) != 0) throw std::runtime_error("no file");
  void* start = mmap(nullptr, pages * 4096, PROT_READ, MAP_SHARED, fd, 0);
  close(fd);
  if (start == MAP_FAILED) throw std::runtime_error("no map");
  return static_cast<volatile char*>(start);
}

TEST(DamageSignals, AReadBehindALibrarysEndEndsWithTheCode) {
  const test::TempDir temp;
  EXPECT_EQ(ends_with([&] { (void)mapped(temp / "data.mdb", 8)[3 * 4096]; }), 3);
}

TEST(DamageSignals, OtherFilesAndWildPointersCrashAsEver) {
  const test::TempDir temp;
  EXPECT_EQ(ends_with([&] { (void)mapped(temp / "song.mp3", 8)[3 * 4096]; }), 128 + SIGBUS);
  volatile std::uintptr_t nowhere = 8;
  EXPECT_EQ(ends_with([&] { (void)*reinterpret_cast<volatile char*>(nowhere); }), 128 + SIGSEGV);
  EXPECT_EQ(ends_with([] { std::abort(); }), 128 + SIGABRT);
}

TEST(DamageSignals, InsideAWriteEachCrashIsTheLibrarys) {
  EXPECT_EQ(ends_with([] {
              const InsideWrite mark;
              std::abort();
            }),
            3);
  EXPECT_EQ(ends_with([] {
              { const InsideWrite mark; }
              std::abort();
            }),
            128 + SIGABRT);
}

TEST(DamageSignals, AChildThatIsWatchedCrashes) {
  EXPECT_EQ(ends_with([] {
              crash_on_damage();
              const InsideWrite mark;
              std::abort();
            }),
            128 + SIGABRT);
}

TEST(DamageSignals, AnAssertionEndsOnlyWhereThatWasAskedFor) {
  EXPECT_EQ(ends_with([] { end_if_told("an assertion failed"); }), 3);
  EXPECT_EQ(ends_with([] {
              crash_on_damage();
              end_if_told("an assertion failed");
            }),
            0);
}

}  // namespace
}  // namespace echofold::store_damage_signals_test
