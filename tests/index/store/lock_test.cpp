// A library has one writing run and any number of readers; a process opens it once.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <functional>

#include "index/base/error.h"
#include "index/store/store.h"
#include "tests/support/sample_tracks.h"
#include "tests/support/synthetic.h"
#include "tests/support/temp_dir.h"

namespace echofold::store_lock_test {
namespace {

using test::make_items;
using test::sample_track;

/// A child process that does one thing at its start and runs until it is ended.
class Child {
 public:
  /// `work` runs in the child; the constructor returns when `ready` was called or the child ended.
  explicit Child(const std::function<void(const std::function<void()>& wait)>& work) {
    if (pipe(ready_) != 0 || pipe(stop_) != 0) throw std::runtime_error("pipe");
    pid_ = fork();
    if (pid_ == 0) run(work);
    close(ready_[1]);
    close(stop_[0]);
    char byte;
    (void)!read(ready_[0], &byte, 1);
  }
  ~Child() {
    close(stop_[1]);
    int status = 0;
    waitpid(pid_, &status, 0);
    EXPECT_EQ(status, 0);
    close(ready_[0]);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  pid_t pid() const { return pid_; }

 private:
  [[noreturn]] void run(const std::function<void(const std::function<void()>&)>& work) {
    close(stop_[1]);
    try {
      work([this] {
        char byte = 'r';
        (void)!write(ready_[1], &byte, 1);
        (void)!read(stop_[0], &byte, 1);  // ends when the parent closes its end
      });
    } catch (...) {
      _exit(1);
    }
    _exit(0);
  }

  int ready_[2]{}, stop_[2]{};
  pid_t pid_ = 0;
};

std::optional<Error> error_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& e) {
    return e;
  }
  return std::nullopt;
}

bool contains(const Error& e, const std::string& text) {
  return std::string(e.what()).find(text) != std::string::npos;
}

TEST(StoreLockTest, ASecondRunIsLockedOutAndToldByWhom) {
  const test::TempDir temp;
  {
    const Child child([&](const auto& wait) {
      const Store store = Store::open(temp / "library");
      wait();
    });
    const auto error = error_of([&] { Store::open(temp / "library"); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->fault(), Fault::locked);
    EXPECT_TRUE(contains(*error, "locked by another run (process " + std::to_string(child.pid()) + ")"))
        << error->what();
    EXPECT_TRUE(contains(*error, (temp / "library").string())) << error->what();
  }
  EXPECT_NO_THROW(Store::open(temp / "library")) << "the lock goes with the run";
}

TEST(StoreLockTest, ReadersWorkBesideAWriter) {
  const test::TempDir temp;
  const Child child([&](const auto& wait) {
    Store store = Store::open(temp / "library");
    store.write([](Writer& writer) { writer.put_track(sample_track(1), make_items(1, 100)); });
    wait();
  });
  Store store = Store::open_to_read(temp / "library");
  EXPECT_FALSE(store.writable());
  EXPECT_EQ(store.snapshot().track_count(), 1u);
  EXPECT_THROW(store.write([](Writer&) {}), std::logic_error);
}

TEST(StoreLockTest, AKilledRunLeavesNoLock) {
  const test::TempDir temp;
  const pid_t child = fork();
  if (child == 0) {
    Store store = Store::open(temp / "library");
    store.write([](Writer& writer) { writer.put_track(sample_track(1), make_items(1, 100)); });
    const Snapshot snapshot = store.snapshot();
    kill(getpid(), SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  Store store = Store::open(temp / "library");
  EXPECT_EQ(store.snapshot().track_count(), 1u);
  store.write([](Writer& writer) { writer.put_track(sample_track(2), make_items(2, 100)); });
  EXPECT_EQ(store.snapshot().track_count(), 2u);
}

TEST(StoreLockTest, AProcessOpensALibraryOnce) {
  const test::TempDir temp;
  {
    const Store store = Store::open(temp / "library");
    const std::filesystem::path detour = temp / "library" / ".." / "library";
    for (const auto& again : std::vector<std::function<void()>>{[&] { Store::open(temp / "library"); },
                                                                [&] { Store::open_to_read(detour); }}) {
      const auto error = error_of(again);
      ASSERT_TRUE(error);
      EXPECT_EQ(error->fault(), Fault::locked);
      EXPECT_TRUE(contains(*error, "already open in this process")) << error->what();
    }
  }
  { const Store store = Store::open_to_read(temp / "library"); }
  EXPECT_NO_THROW(Store::open(temp / "library"));
}

TEST(StoreLockTest, AForkedChildMayNotUseItsParentsStore) {
  const test::TempDir temp;
  Store store = Store::open(temp / "library");
  store.write([](Writer& writer) { writer.put_track(sample_track(1), make_items(1, 100)); });
  {
    std::optional<Snapshot> snapshot = store.snapshot();
    const pid_t child = fork();
    if (child == 0) {
      bool refused = false;
      try {
        store.snapshot();
      } catch (const std::logic_error&) {
        refused = true;
      }
      snapshot.reset();
      { const Store gone = std::move(store); }  // must free nothing of the parent's
      _exit(refused ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
    EXPECT_EQ(hash_items(snapshot->items(1)), snapshot->track(1)->items_hash);
  }
  store.write([](Writer& writer) { writer.put_track(sample_track(2), make_items(2, 100)); });
  EXPECT_EQ(store.snapshot().track_count(), 2u);
  const Child other([&](const auto& wait) {
    const auto error = error_of([&] { Store::open(temp / "library"); });
    if (!error || error->fault() != Fault::locked) throw std::runtime_error("not locked");
    wait();
  });
}

}  // namespace
}  // namespace echofold::store_lock_test
