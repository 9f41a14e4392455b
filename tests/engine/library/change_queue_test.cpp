// When a change is ready to be scanned, with the test's own clock.
#include "engine/library/change_queue.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/support/temp_dir.h"

namespace echofold::library_change_queue_test {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

class ChangeQueueTest : public ::testing::Test {
 protected:
  std::string file(const std::string& name, const std::string& text = "x") const {
    fs::create_directories((dir_ / name).parent_path());
    std::ofstream(dir_ / name, std::ios::app) << text;
    return (dir_ / name).string();
  }

  test::TempDir dir_;
  ChangeQueue queue_{10s};
  const ChangeQueue::Time start_{};
};

using Paths = std::vector<std::string>;

TEST_F(ChangeQueueTest, AFileIsReadyWhenItHasBeenQuiet) {
  const std::string a = file("a.mp3");
  queue_.note_written(a, start_);
  EXPECT_EQ(queue_.take_ready(start_ + 9999ms), Paths{});
  queue_.note_written(a, start_ + 9999ms);
  EXPECT_EQ(queue_.take_ready(start_ + 11s), Paths{}) << "heard of again";
  EXPECT_EQ(queue_.take_ready(start_ + 20s), Paths{a});
  EXPECT_TRUE(queue_.empty());
}

TEST_F(ChangeQueueTest, AFileThatIsOpenForWritingWaitsForItsWriter) {
  const std::string a = file("a.mp3"), b = file("b.mp3");
  queue_.note_writing(a, start_);
  queue_.note_written(b, start_);
  EXPECT_TRUE(queue_.is_being_written(a));
  EXPECT_EQ(queue_.take_ready(start_ + 10s), Paths{b}) << "others don't wait for it";
  EXPECT_EQ(queue_.take_ready(start_ + 10h), Paths{});
  queue_.note_written(a, start_ + 10h);
  EXPECT_FALSE(queue_.is_being_written(a));
  EXPECT_EQ(queue_.take_ready(start_ + 10h + 10s), Paths{a});
}

TEST_F(ChangeQueueTest, AFileThatGrowsWithoutAWordIsNotQuiet) {
  const std::string a = file("a.mp3");
  queue_.note_written(a, start_);
  file("a.mp3", "more");
  EXPECT_EQ(queue_.take_ready(start_ + 10s), Paths{});
  EXPECT_EQ(queue_.take_ready(start_ + 19s), Paths{});
  EXPECT_EQ(queue_.take_ready(start_ + 20s), Paths{a});
}

TEST_F(ChangeQueueTest, ThousandsAreOne) {
  for (int i = 0; i < 2000; ++i) queue_.note_written(file("d/" + std::to_string(i)), start_ + i * 10ms);
  EXPECT_EQ(queue_.take_ready(start_ + 25s), Paths{}) << "the first ones wait for those that follow";
  EXPECT_EQ(queue_.take_ready(start_ + 30s).size(), 2000u);
}

TEST_F(ChangeQueueTest, AStreamWithoutEndIsTakenInParts) {
  const std::string first = file("first.mp3");
  queue_.note_written(first, start_);
  Paths ready;
  int second = 1;
  for (; ready.empty() && second < 1000; ++second) {
    queue_.note_written(file(std::to_string(second)), start_ + second * 1s);
    ready = queue_.take_ready(start_ + second * 1s);
  }
  EXPECT_LE(second, 102);
  EXPECT_GE(ready.size(), 90u);
}

TEST_F(ChangeQueueTest, AFolderStandsForAllInIt) {
  const std::string a = file("d/a.mp3"), b = file("d/sub/b.mp3"), c = file("other.mp3");
  queue_.note_folder(dir_ / "d", start_);
  queue_.note_folder(dir_ / "d/sub", start_);
  for (const std::string& path : {a, b, c}) queue_.note_written(path, start_);
  EXPECT_EQ(queue_.take_ready(start_ + 10s), (Paths{dir_ / "d", c}));
}

TEST_F(ChangeQueueTest, AfterLostEventsNobodyIsBelievedToWrite) {
  const std::string a = file("a.mp3");
  queue_.note_writing(a, start_);
  queue_.forget_writers();
  EXPECT_EQ(queue_.take_ready(start_ + 10s), Paths{a});
}

}  // namespace
}  // namespace echofold::library_change_queue_test
