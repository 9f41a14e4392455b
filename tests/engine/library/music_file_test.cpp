// Opens only the file that was found, and notices when it changes.
#include "engine/library/music_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <functional>

#include "index/base/error.h"
#include "tests/engine/library/files.h"
#include "tests/support/temp_dir.h"

namespace echofold::library_music_file_test {
namespace {

using namespace test;
namespace fs = std::filesystem;

Stamp stamp_at(const fs::path& path) {
  struct stat status {};
  EXPECT_EQ(lstat(path.c_str(), &status), 0);
  return stamp_of(status);
}

/// The error of `call`, which must throw one.
Error error_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "no error";
  return {Fault::usage, ""};
}

class OpenMusic : public testing::Test {
 protected:
  void SetUp() override { write_bytes(path_, "music"); }
  Error opening(const fs::path& path, const Stamp& found) {
    return error_of([&] { MusicFile(path.string(), found); });
  }
  TempDir dir_;
  fs::path path_ = dir_ / "a.mp3";
};

TEST_F(OpenMusic, TheFileThatWasFoundIsRead) {
  const MusicFile file(path_, stamp_at(path_));
  std::array<char, 5> bytes{};
  ASSERT_EQ(pread(file.fd(), bytes.data(), bytes.size(), 0), 5);
  EXPECT_EQ(std::string(bytes.data(), 5), "music");
  EXPECT_EQ(file.stamp(), stamp_at(path_));
  EXPECT_NO_THROW(file.check_unchanged());
}

TEST_F(OpenMusic, AFileThatIsNotThereIsAnError) {
  const Error error = opening(dir_ / "none.mp3", stamp_at(path_));
  EXPECT_EQ(error.fault(), Fault::missing);
  EXPECT_NE(std::string(error.what()).find("can't be opened"), std::string::npos);
}

TEST_F(OpenMusic, AnotherFileAtThePathIsRefused) {
  const Stamp found = stamp_at(path_);
  write_bytes(dir_ / "b.mp3", "music");
  fs::rename(dir_ / "b.mp3", path_);
  const Error error = opening(path_, found);
  EXPECT_EQ(error.fault(), Fault::changed);
  EXPECT_STREQ(error.what(), "was replaced after it was found");
}

TEST_F(OpenMusic, ALinkIsNotFollowed) {
  fs::create_symlink(path_, dir_ / "link.mp3");
  EXPECT_EQ(opening(dir_ / "link.mp3", stamp_at(path_)).fault(), Fault::io);
}

TEST_F(OpenMusic, AFifoDoesNotBlockAndIsRefused) {
  ASSERT_EQ(mkfifo((dir_ / "fifo.mp3").c_str(), 0600), 0);
  EXPECT_EQ(opening(dir_ / "fifo.mp3", stamp_at(dir_ / "fifo.mp3")).fault(), Fault::changed);
}

TEST_F(OpenMusic, AFolderIsRefused) {
  EXPECT_EQ(opening(dir_.path(), stamp_at(dir_.path())).fault(), Fault::changed);
}

// The caller decides whether size and time may differ from what was found: a scan takes the file as it is now.
TEST_F(OpenMusic, TheStampIsThatOfTheOpenedFile) {
  const Stamp found = stamp_at(path_);
  write_bytes(path_, "longer music");
  const MusicFile file(path_, found);
  EXPECT_EQ(file.stamp().size_bytes, 12u);
  EXPECT_NO_THROW(file.check_unchanged());
}

TEST_F(OpenMusic, AChangeWhileItIsReadIsNoticed) {
  const MusicFile longer(path_, stamp_at(path_));
  std::ofstream(path_, std::ios::app) << "more";
  const Error error = error_of([&] { longer.check_unchanged(); });
  EXPECT_EQ(error.fault(), Fault::changed);
  EXPECT_STREQ(error.what(), "changed while it was read");

  const MusicFile newer(path_, stamp_at(path_));
  fs::last_write_time(path_, fs::last_write_time(path_) + std::chrono::seconds(1));
  EXPECT_EQ(error_of([&] { newer.check_unchanged(); }).fault(), Fault::changed);
}

TEST_F(OpenMusic, AFileThatIsRemovedMeanwhileIsReadToItsEnd) {
  const MusicFile file(path_, stamp_at(path_));
  fs::remove(path_);
  EXPECT_NO_THROW(file.check_unchanged());
}

}  // namespace
}  // namespace echofold::library_music_file_test
