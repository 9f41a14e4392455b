// What inotify reports about real files and folders.
#include "engine/library/folder_events.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "tests/support/temp_dir.h"

namespace echofold::library_folder_events_test {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;
using Kind = FolderEvent::Kind;

class FolderEventsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    events_.add(dir_.path().string());
    if (events_.watched_folders() == 0)
      GTEST_SKIP() << "inotify: " << (events_.limit() ? events_.limit()->what() : "nothing is watched");
  }
  std::string at(const std::string& name) const { return (dir_ / name).string(); }
  bool reported(Kind kind, const std::string& path) {
    for (int i = 0; i < 10; ++i) {
      const FolderChanges changes = events_.wait(100ms);
      all_.insert(all_.end(), changes.events.begin(), changes.events.end());
      lost_ = lost_ || changes.lost;
      if (has(kind, path)) return true;
    }
    return false;
  }
  bool has(Kind kind, const std::string& path) const {
    return std::any_of(all_.begin(), all_.end(),
                       [&](const FolderEvent& event) { return event.kind == kind && event.path == path; });
  }

  test::TempDir dir_;
  FolderEvents events_{WalkSettings{}};
  std::vector<FolderEvent> all_;
  bool lost_ = false;
};

TEST_F(FolderEventsTest, WatchesNoTrash) {
  const std::size_t before = events_.watched_folders();
  for (const char* name : {"#recycle", ".Trash-1000/files", "sub/@eaDir", ".hidden"})
    fs::create_directories(at(name));
  EXPECT_TRUE(reported(Kind::changed, at("sub")));
  EXPECT_EQ(events_.watched_folders(), before + 1);
  std::ofstream(at("#recycle/a.mp3")) << "x";
  std::ofstream(at("sub/b.mp3")) << "x";
  EXPECT_TRUE(reported(Kind::written, at("sub/b.mp3")));
  EXPECT_FALSE(has(Kind::written, at("#recycle/a.mp3")));
  EXPECT_FALSE(has(Kind::changed, at("#recycle")));

  WalkSettings settings;
  settings.include_trash = true;
  FolderEvents all(settings);
  all.add(dir_.path().string());
  EXPECT_EQ(all.watched_folders(), 6u);  // all but .hidden
}

TEST_F(FolderEventsTest, TellsWritersFromThoseThatAreDone) {
  std::ofstream file(at("a.MP3"));
  file << "x" << std::flush;
  EXPECT_TRUE(reported(Kind::writing, at("a.MP3")));
  EXPECT_FALSE(has(Kind::written, at("a.MP3")));
  file.close();
  EXPECT_TRUE(reported(Kind::written, at("a.MP3")));
  fs::rename(at("a.MP3"), at("b.mp3"));
  EXPECT_TRUE(reported(Kind::written, at("b.mp3")));
  EXPECT_TRUE(has(Kind::changed, dir_.path().string()));
  all_.clear();
  fs::remove(at("b.mp3"));
  EXPECT_TRUE(reported(Kind::changed, dir_.path().string()));
}

TEST_F(FolderEventsTest, HearsOfFoldersThatAreMadeLater) {
  fs::create_directories(dir_ / "new/deep");
  EXPECT_TRUE(reported(Kind::changed, at("new")));
  std::ofstream(at("new/deep/a.flac")) << "x";
  EXPECT_TRUE(reported(Kind::written, at("new/deep/a.flac")));
  fs::rename(dir_ / "new", dir_ / "renamed");
  EXPECT_TRUE(reported(Kind::changed, at("renamed")));
  std::ofstream(at("renamed/deep/b.flac")) << "x";
  EXPECT_TRUE(reported(Kind::written, at("renamed/deep/b.flac")));
  fs::remove_all(dir_ / "renamed");
  all_.clear();
  EXPECT_TRUE(reported(Kind::changed, dir_.path().string()) || has(Kind::changed, at("renamed")));
  while (!events_.wait(100ms).events.empty()) {
  }
  EXPECT_EQ(events_.watched_folders(), 1u);
}

TEST_F(FolderEventsTest, PassesOverWhatIsNoMusic) {
  fs::create_directory(dir_ / ".hidden");
  std::ofstream(at(".hidden/a.mp3")) << "x";
  std::ofstream(at("notes.txt")) << "x";
  std::ofstream(at(".part.mp3")) << "x";
  std::ofstream(at("a.mp3")) << "x";
  EXPECT_TRUE(reported(Kind::written, at("a.mp3")));
  for (const FolderEvent& event : all_) EXPECT_EQ(event.path, at("a.mp3"));
  EXPECT_EQ(events_.watched_folders(), 1u);
}

/// Runs in its own process and user namespace, which has its own limit.
int watched_with_a_limit_of(int watches, const fs::path& folder) {
  constexpr int can_not = 99;
  const pid_t child = ::fork();
  if (child == 0) {
    if (::unshare(CLONE_NEWUSER) != 0) ::_exit(can_not);
    std::ofstream limit("/proc/sys/user/max_inotify_watches");
    if (!(limit << watches << std::flush)) ::_exit(can_not);
    FolderEvents events{WalkSettings{}};
    events.add(folder.string());
    const bool reported =
        events.limit() &&
        std::string_view(events.limit()->what()).find("max_user_watches") != std::string_view::npos;
    ::_exit(reported ? static_cast<int>(events.watched_folders()) : 98);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST_F(FolderEventsTest, SaysWhenTheSystemGivesNoMoreWatches) {
  for (int i = 0; i < 10; ++i) fs::create_directory(dir_ / std::to_string(i));
  const int watched = watched_with_a_limit_of(4, dir_.path());
  if (watched == 99) GTEST_SKIP() << "no user namespaces here";
  EXPECT_EQ(watched, 4);
}

TEST_F(FolderEventsTest, SaysWhenEventsWereLost) {
  std::ifstream limit("/proc/sys/fs/inotify/max_queued_events");
  int most = 0;
  limit >> most;
  if (most == 0 || most > 100'000) GTEST_SKIP() << "a queue of " << most << " events is too long for a test";
  for (int i = 0; i <= most / 2; ++i) {  // alternates between two files: equal consecutive events are merged
    std::ofstream(at("a.mp3")) << i;
    std::ofstream(at("b.mp3")) << i;
  }
  reported(Kind::writing, at("never.mp3"));
  EXPECT_TRUE(lost_);
}

}  // namespace
}  // namespace echofold::library_folder_events_test
