// Losers that become links of their keeper: only with equal bytes, and files of their own again by undo.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/xattr.h>

#include <optional>

#include "engine/act/apply_checks.h"
#include "engine/act/recovery/recover.h"
#include "index/base/error.h"
#include "tests/engine/act/rewrite_support.h"
#include "tests/support/kill.h"
#include "tests/support/message_of.h"
#include "tests/support/mounts.h"
#include "tests/support/temp_base.h"

namespace echofold::act_link_test {
namespace {

using test::Library;

std::uint64_t inode(const std::string& path) { return test::stamp(path).inode; }

/// A keeper, a loser of equal bytes and one of others.
struct Linkable {
  Library library;
  PlanGroup group;
  std::map<std::string, std::string> before;

  Linkable() {
    library.file("a/keep.flac", test::noise(1, 9'000));
    library.file("b/equal.flac", test::noise(1, 9'000));
    library.file("b/other.mp3", test::noise(2, 9'000));
    chmod(library.path("b/equal.flac").c_str(), 0600);
    library.add_root();
    test::age(library.root);
    group = library.group(1, "a/keep.flac", {"b/equal.flac", "b/other.mp3"});
    before = test::tree(library.root);
  }

  ApplySummary apply(LinkKind kind) {
    ApplySettings settings;
    settings.link = kind;
    return library.apply({group}, settings);
  }
};

TEST(LinkTest, EqualBytesBecomeAHardLinkAndAFileOfTheirOwnAgain) {
  Linkable scene;
  const std::string equal = scene.group.drops[0].file.track.path;
  const bool attributes = setxattr(equal.c_str(), "user.echofold-test", "v", 1, 0) == 0;
  const ApplySummary summary = scene.apply(LinkKind::hard);
  EXPECT_EQ(summary.linked, 1u);
  EXPECT_EQ(summary.moved, 1u);
  EXPECT_EQ(inode(equal), inode(scene.group.keep.track.path));
  EXPECT_EQ(test::read_file(equal), test::noise(1, 9'000));
  EXPECT_EQ(std::get<RewriteStep>(scene.library.reported.at(0)).rewrite.kind, RewriteKind::hard_link);
  EXPECT_EQ(place_after(scene.library.reported.at(0)), equal);
  EXPECT_TRUE(std::holds_alternative<MoveStep>(scene.library.reported.at(1)));
  EXPECT_FALSE(test::exists(scene.group.drops[1].file.track.path)) << "set aside as ever";
  EXPECT_EQ(scene.library.record(scene.group.drops[0].file.track.id).place, TrackPlace::missing)
      << "a further name of its keeper is no copy";

  EXPECT_EQ(scene.library.undo().restored, 2u);
  EXPECT_NE(inode(equal), inode(scene.group.keep.track.path));
  EXPECT_EQ(test::tree(scene.library.root), scene.before) << "its own mode and time, too";
  char value[8];
  if (attributes) {
    EXPECT_EQ(getxattr(equal.c_str(), "user.echofold-test", value, sizeof value), 1);
  }
  const TrackRecord record = scene.library.record(scene.group.drops[0].file.track.id);
  EXPECT_EQ(record.place, TrackPlace::present);
  EXPECT_EQ(record.stamp, test::stamp(equal));
}

TEST(LinkTest, WhereTheFileSystemCannotShareNothingMoves) {
  if (!test::may_mount()) GTEST_SKIP() << "mounting is not allowed here";
  const test::TempDir dir;
  const test::Mount memory = test::Mount::in_memory((dir / "m").native(), "8m");
  if (!memory) GTEST_SKIP() << "no file system in memory here";
  const test::TempBase in_memory(dir / "m");
  Linkable scene;
  const ApplySummary summary = scene.apply(LinkKind::reflink);
  EXPECT_EQ(summary.linked, 0u);
  EXPECT_EQ(summary.skipped, 1u);
  EXPECT_EQ(summary.moved, 1u) << "the one of other bytes";
  EXPECT_NE(outcome(scene.library.reported.at(0)).note.find("reflink"), std::string::npos)
      << outcome(scene.library.reported.at(0)).note;
  EXPECT_EQ(test::read_file(scene.group.drops[0].file.track.path), test::noise(1, 9'000));
  EXPECT_EQ(scene.library.undo().restored, 1u);
  EXPECT_EQ(test::tree(scene.library.root), scene.before);
}

/// A file system that can share bytes, where mkfs and the kernel have one.
struct Sharing {
  test::TempDir dir;
  bool mounted = false;
  std::optional<test::TempBase> in_it;
  Sharing() {
    if (!test::may_mount()) return;
    const std::string image = (dir / "image").native();
    const std::string at = (dir / "m").native();
    std::filesystem::create_directory(at);
    const std::string command = "truncate -s 320M '" + image + "' && { mkfs.xfs -q -m reflink=1 '" + image +
                                "' || mkfs.btrfs -q '" + image + "'; } >/dev/null 2>&1 && mount -o loop '" +
                                image + "' '" + at + "' 2>/dev/null";
    mounted = std::system(command.c_str()) == 0;
    if (mounted) in_it.emplace(at);
  }
  ~Sharing() {
    if (mounted && std::system(("umount '" + (dir / "m").native() + "'").c_str()) != 0) return;
  }
};

TEST(LinkTest, ReflinksShareBytesAndKeepTheirOwnTimes) {
  const Sharing sharing;
  if (!sharing.mounted) GTEST_SKIP() << "no file system with shared bytes can be mounted here";
  Linkable scene;
  const std::string equal = scene.group.drops[0].file.track.path;
  EXPECT_EQ(scene.apply(LinkKind::reflink).linked, 1u);
  EXPECT_NE(inode(equal), inode(scene.group.keep.track.path));
  EXPECT_EQ(test::stamp(equal).mtime_ns, scene.group.drops[0].file.track.stamp.mtime_ns);
  EXPECT_EQ(scene.library.record(scene.group.drops[0].file.track.id).stamp, test::stamp(equal));
  EXPECT_EQ(scene.library.undo().restored, 2u);
  EXPECT_EQ(test::tree(scene.library.root), scene.before);
}

TEST(LinkTest, AKeeperThatIsReplacedIsNotLinked) {
  Linkable scene;
  ActiveRun run(scene.library.store, "set_aside");
  Rewriter rewriter(run);
  const TrackRecord& loser = scene.group.drops[0].file.track;
  const TrackRecord& keep = scene.group.keep.track;
  test::write_file(keep.path, test::noise(3, 9'000));
  const Rewritten linked =
      rewriter.link({loser.path, loser.stamp, loser.id, keep.path, keep.stamp, LinkKind::hard});
  EXPECT_FALSE(linked.done());
  EXPECT_NE(test::message_of(linked.failure).find("changed"), std::string::npos)
      << test::message_of(linked.failure);
  const Rewritten unequal =
      rewriter.link({loser.path, loser.stamp, loser.id, keep.path, test::stamp(keep.path), LinkKind::hard});
  EXPECT_NE(test::message_of(unequal.failure).find("its bytes are not those"), std::string::npos)
      << test::message_of(unequal.failure);
  EXPECT_EQ(test::read_file(loser.path), test::noise(1, 9'000));
  EXPECT_EQ(test::contents({scene.library.root}).size(), 3u);
}

TEST(LinkTest, KilledAnywhereItIsOneOrTheOther) {
  const test::TempInMemory memory;
  for (long at = 1;; at += 12) {
    Linkable scene;
    const auto files = test::contents({scene.library.root});
    { Store gone(std::move(scene.library.store)); }
    const long calls = test::killed_at(
        at, [&] { scene.library.store = scene.library.open(); }, [&] { scene.apply(LinkKind::hard); });
    scene.library.store = scene.library.open();
    if (calls == 0) GTEST_SKIP() << "tracing is not allowed here";
    recover(scene.library.store);
    ASSERT_EQ(test::contents({scene.library.root}), files) << at;
    ASSERT_NO_FATAL_FAILURE(test::take_all_back(scene.library.store, "call " + std::to_string(at)));
    auto after = test::tree(scene.library.root, false);
    auto before = scene.before;
    std::erase_if(after,
                  [](const auto& entry) { return entry.first.find(".echofold") != std::string::npos; });
    for (auto& [path, line] : before)
      if (after.contains(path) && line.starts_with("16"))
        line = after[path];  // folders: their times are another test's
    ASSERT_EQ(after, before) << at;
    ASSERT_EQ(scene.library.record(scene.group.drops[0].file.track.id).place, TrackPlace::present) << at;
    if (calls < at) break;
  }
}

}  // namespace
}  // namespace echofold::act_link_test
