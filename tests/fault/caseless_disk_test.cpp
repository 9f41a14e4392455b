// A set-aside folder on a case-insensitive file system: an NTFS in a file. It is also a file system in user space
// without RENAME_NOREPLACE.
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <csignal>

#include "engine/act/journal/journal.h"
#include "engine/act/journal/journal_read.h"
#include "engine/act/journal/runs_dir.h"
#include "engine/act/journal/step.h"
#include "engine/act/recovery/recover.h"
#include "engine/act/rename.h"
#include "index/base/fs/path.h"
#include "tests/engine/act/act_support.h"
#include "tests/engine/act/step_support.h"
#include "tests/support/mounts.h"

namespace echofold::fault_caseless_disk_test {
namespace {

/// Served by a process that ends with the test.
class NtfsDisk {
 public:
  NtfsDisk(const std::string& image, const std::string& at) : at_(at) {
    std::filesystem::create_directories(at);
    const std::string make =
        "truncate -s 8M '" + image + "' && mkntfs -F -Q -q '" + image + "' >/dev/null 2>&1";
    if (std::system(make.c_str()) != 0) return;
    const auto before = look_at(at)->st_dev;
    server_ = fork();
    if (server_ == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      (void)!freopen("/dev/null", "w", stderr);
      execlp("lowntfs-3g", "lowntfs-3g", image.c_str(), at.c_str(), "-o", "ignore_case,no_detach", nullptr);
      _exit(127);
    }
    for (int i = 0; i < 200 && !mounted_; ++i) {
      usleep(20'000);
      mounted_ = look_at(at)->st_dev != before;
    }
  }
  ~NtfsDisk() {
    if (mounted_) umount2(at_.c_str(), MNT_DETACH);
    if (server_ > 0 && !mounted_) kill(server_, SIGKILL);
    if (server_ > 0) waitpid(server_, nullptr, 0);
  }
  NtfsDisk(const NtfsDisk&) = delete;
  NtfsDisk& operator=(const NtfsDisk&) = delete;
  explicit operator bool() const { return mounted_; }

 private:
  std::string at_;
  pid_t server_ = -1;
  bool mounted_ = false;
};

class CaselessDiskTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!test::may_mount()) GTEST_SKIP() << "mounting takes root";
    disk.emplace((library.dir / "image").native(), at());
    if (!*disk) GTEST_SKIP() << "there is no ntfs-3g, or file systems in user space are not allowed here";
    settings.set_aside_dir = at() + "/dups";
    library.file("keep.flac", "the keeper");
    library.add_root();
  }

  std::string at() const { return (library.dir / "disk").native(); }
  std::vector<std::string> bytes() const { return test::contents({library.root, at()}); }

  test::Library library;
  std::optional<NtfsDisk> disk;
  ApplySettings settings;
};

TEST_F(CaselessDiskTest, ThereAndBack) {
  library.file("album/Song.mp3", "one song");
  library.file("album/Other.mp3", "another song");
  test::age(library.root);
  const auto plan = std::vector{library.group(1, "keep.flac", {"album/Song.mp3", "album/Other.mp3"})};
  const auto picture = test::tree(library.root);
  EXPECT_EQ(library.apply(plan, settings).moved, 2u);
  EXPECT_EQ(library.undo().restored, 2u);
  EXPECT_EQ(test::tree(library.root), picture);
}

TEST_F(CaselessDiskTest, EqualFilesWhoseNamesDifferOnlyByCaseAreNotTakenForOne) {
  library.file("album/Song.mp3", "the same bytes");
  library.file("album/song.mp3", "the same bytes");
  test::age(library.root);
  const auto plan = std::vector{library.group(1, "keep.flac", {"album/Song.mp3", "album/song.mp3"})};
  const auto picture = test::tree(library.root);
  const auto before = bytes();
  EXPECT_EQ(library.apply(plan, settings).moved, 1u) << "the second one finds its place taken";
  EXPECT_EQ(bytes(), before) << "the first one must not be removed as if it were a leftover of the second";
  recover(library.store);
  EXPECT_EQ(bytes(), before);
  EXPECT_EQ(library.undo().restored, 1u);
  EXPECT_EQ(test::tree(library.root), picture);
}

TEST_F(CaselessDiskTest, NorAfterACrash) {
  // The first was moved, which the journal does not show yet; for the second there is only the intent.
  library.file("Song.mp3", "the same bytes");
  library.file("song.mp3", "the same bytes");
  const auto group = library.group(1, "keep.flac", {"Song.mp3", "song.mp3"});
  auto journal = Journal::create(library.dir / "db/runs", library.store.library_id());
  Intent intent;
  for (std::uint64_t i = 0; i < 2; ++i) {
    Move move;
    move.number = i + 1;
    move.track = group.drops[i].file.track.id;
    move.from = group.drops[i].file.track.path;
    move.to = at() + "/" + split_path(move.from).name;
    move.stamp = group.drops[i].file.track.stamp;
    move.root = library.root;
    intent.moves.push_back(move);
  }
  journal.intend(intent);
  const auto before = bytes();
  std::filesystem::copy_file(intent.moves[0].from, intent.moves[0].to);
  std::filesystem::remove(intent.moves[0].from);
  EXPECT_EQ(recover(library.store), 2u);
  EXPECT_EQ(bytes(), before);
  EXPECT_EQ(test::moves(read_journal(journal.file()))[1].state, StepState::skipped);
  EXPECT_EQ(library.undo().restored, 1u);
  EXPECT_EQ(test::read_file(library.path("Song.mp3")), "the same bytes");
}

TEST_F(CaselessDiskTest, ANameOfWhichOnlyTheCaseChanges) {
  const std::string path = at() + "/music/song.mp3";
  test::write_file(path, "a song");
  TrackRecord record;
  record.path = path;
  record.stamp = test::stamp(path);
  library.store.write([&](Writer& writer) { record.id = writer.put_track(record, Items{}); });
  const Rename rename{record.id, path, at() + "/music/SONG.mp3", at() + "/music", record.stamp, {}};
  EXPECT_EQ(rename_files(library.store, "organize", {rename}, {{0, false}}).moved, 1u);
  // This file system shows all names in lower case. Other kinds need the detour through another name.
  EXPECT_EQ(read_journal(journal_files(runs_dir(library.store)).back()).info.moves_done, 2u);
  EXPECT_EQ(library.record(record.id).path, rename.to);
  EXPECT_EQ(library.undo().skipped, 0u);
  EXPECT_EQ(library.record(record.id).path, path);
  EXPECT_EQ(test::read_file(path), "a song");
}

}  // namespace
}  // namespace echofold::fault_caseless_disk_test
