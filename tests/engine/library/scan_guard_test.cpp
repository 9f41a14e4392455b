// The guard on roots: what stops a scan before it takes an unmounted disk for an empty one.
#include "engine/library/scan.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "index/base/fs/file_system_id.h"
#include "tests/engine/library/scan_support.h"

namespace echofold::library_scan_guard_test {
namespace {

namespace fs = std::filesystem;

struct ScanGuardTest : test::ScanTest {
  /// Changes the records as if `folder` had been scanned on another disk mounted there.
  bool lie_on_another_disk(const std::string& folder) {
    const std::uint64_t current = file_system_id(folder);
    std::vector<TrackRecord> inside;
    bool is_root = false;
    {
      const Snapshot snapshot = store_.snapshot();
      snapshot.for_each_track([&](const TrackRecord& track) {
        if (track.path.starts_with(folder + "/")) inside.push_back(track);
      });
      for (const Root& root : snapshot.roots()) is_root = is_root || root.path == folder;
    }
    store_.write([&](Writer& writer) {
      for (TrackRecord& track : inside) {
        track.stamp.device += 100;
        writer.update_track(track);
      }
      if (is_root) writer.put_root({folder, current + 1, 1});
    });
    return current != 0;
  }
};

TEST_F(ScanGuardTest, GuardStopsWhenARootIsEmpty) {
  write_music("a.wav", 1);
  scan_music();
  fs::remove(at("a.wav"));
  const std::uint64_t generation = store_.snapshot().generation();
  const std::string message = guard_message();
  EXPECT_NE(message.find(music().string()), std::string::npos);
  EXPECT_NE(message.find("--allow-vanished"), std::string::npos);
  EXPECT_EQ(store_.snapshot().generation(), generation) << "nothing was written";
  settings_.allow_vanished = true;
  EXPECT_EQ(scan_music().missing, 1u);
}

TEST_F(ScanGuardTest, GuardStopsWhenMoreThanHalfVanished) {
  for (unsigned i = 0; i < 10; ++i) write_music(std::to_string(i) + ".wav", i, 3);
  scan_music();
  for (unsigned i = 0; i < 5; ++i) fs::remove(at(std::to_string(i) + ".wav"));
  EXPECT_EQ(scan_music().missing, 5u) << "half is not more than half";
  settings_.allow_vanished = true;
  for (unsigned i = 0; i < 5; ++i) write_music(std::to_string(i) + ".wav", i, 3);
  scan_music();
  settings_.allow_vanished = false;
  for (unsigned i = 0; i < 6; ++i) fs::remove(at(std::to_string(i) + ".wav"));
  EXPECT_NE(guard_message().find("6 of the 10"), std::string::npos);
}

TEST_F(ScanGuardTest, GuardLooksAtRootsInsideTheScannedOne) {
  write_music("drive/a.wav", 1);
  write_music("b.wav", 2);
  write_music("c.wav", 3);
  scan_paths({at("drive")});
  scan_music();
  if (!lie_on_another_disk(at("drive"))) GTEST_SKIP() << "this file system has no id";
  fs::remove(at("drive/a.wav"));
  EXPECT_NE(guard_message().find(at("drive")), std::string::npos);
}

TEST_F(ScanGuardTest, APartOfARootMayBeEmptied) {
  for (const bool is_root : {false, true}) {
    write_music("new/a.wav", 1);
    write_music("b.wav", 2);
    if (is_root) scan_paths({at("new")});
    scan_music();
    fs::remove(at("new/a.wav"));
    EXPECT_EQ(scan_paths({at("new")}).missing, 1u);
    write_music("new/a.wav", 1);
    scan_music();
    fs::remove(at("new/a.wav"));
    EXPECT_EQ(scan_music().missing, 1u);
    store_ = Store::open(dir_ / (is_root ? "db3" : "db2"));
  }
}

TEST_F(ScanGuardTest, APartThatWasAnotherDiskIsMissed) {
  write_music("drive/a.wav", 1);
  write_music("b.wav", 2);
  scan_music();
  lie_on_another_disk(at("drive"));
  fs::remove(at("drive/a.wav"));
  EXPECT_THROW(scan_paths({at("drive")}), Error);
  EXPECT_EQ(record("drive/a.wav")->place, TrackPlace::present);
}

TEST_F(ScanGuardTest, ARootOfFewTracksMayBeEmptied) {
  test::write_music(dir_ / "incoming" / "a.wav", 1);
  write_music("b.wav", 2);
  write_music("c.wav", 3);
  scan_music();
  const std::string incoming = (dir_ / "incoming").string();
  scan_paths({incoming});
  fs::remove(dir_ / "incoming" / "a.wav");
  EXPECT_EQ(scan_paths({incoming}).missing, 1u);
  fs::remove(at("b.wav"));
  fs::remove(at("c.wav"));
  EXPECT_NE(guard_message().find("2 tracks"), std::string::npos) << "not so the library itself";
}

TEST_F(ScanGuardTest, AFolderInAKnownOneIsNoRoot) {
  write_music("new/a.wav", 1);
  write_music("b.wav", 2);
  scan_music();
  scan_paths({at("new")});
  const auto paths = [&] {
    std::vector<std::string> out;
    for (const Root& root : store_.snapshot().roots()) out.push_back(root.path);
    return out;
  };
  EXPECT_EQ(paths(), std::vector<std::string>{music().string()});
  scan_paths({dir_.path().string()});
  EXPECT_EQ(paths().size(), 2u) << "but the folder around it is one";
}

TEST_F(ScanGuardTest, GuardKnowsAnotherFileSystem) {
  write_music("a.wav", 1);
  write_music("b.wav", 2);
  scan_music();
  const std::uint64_t current = file_system_id(music().string());
  if (current == 0) GTEST_SKIP() << "this file system has no id";
  store_.write([&](Writer& writer) { writer.put_root({music().string(), current + 1, 1}); });
  EXPECT_EQ(scan_music().unchanged, 2u) << "as long as nothing vanished";
  store_.write([&](Writer& writer) { writer.put_root({music().string(), current + 1, 1}); });
  fs::remove(at("a.wav"));
  fs::remove(at("b.wav"));
  write_music("b.wav", 3);
  EXPECT_NE(guard_message().find("another file system"), std::string::npos) << "another file of that name";
}

TEST_F(ScanGuardTest, AFileSystemIsKnownByWhatIsOnIt) {
  for (const char* name : {"a.wav", "b.wav", "c.wav", "d.wav"}) write_music(name, *name);
  scan_music();
  const std::uint64_t current = file_system_id(music().string());
  if (current == 0) GTEST_SKIP() << "this file system has no id";
  store_.write([&](Writer& writer) { writer.put_root({music().string(), current + 1, 1}); });
  fs::remove(at("a.wav"));
  fs::remove(at("b.wav"));
  EXPECT_EQ(scan_music().missing, 2u) << "half of it is there, unchanged";
  EXPECT_EQ(store_.snapshot().roots().at(0).file_system_id, current) << "and from now on it has its new id";
}

TEST_F(ScanGuardTest, UnreadableFoldersAreNotVanished) {
  write_music("a.wav", 1);
  write_music("locked/b.wav", 2);
  scan_music();
  fs::permissions(dir_.path(), fs::perms::owner_all | fs::perms::others_exec);
  const test::WithoutRoot nobody(dir_.path());
  fs::permissions(at("locked"), fs::perms::none);
  EXPECT_EQ(scan_music().missing, 0u);
  fs::permissions(music(), fs::perms::none);
  const ScanSummary unreachable = scan_music();
  fs::permissions(music(), fs::perms::owner_all);
  fs::permissions(at("locked"), fs::perms::owner_all);
  EXPECT_EQ(unreachable.missing, 0u);
  EXPECT_EQ(unreachable.failed, 1u);
  EXPECT_EQ(record("a.wav")->place, TrackPlace::present);
  EXPECT_EQ(record("locked/b.wav")->place, TrackPlace::present);
}

TEST_F(ScanGuardTest, TriesUnreadableFilesAgain) {
  write_music("a.wav", 1);
  const test::WithoutRoot nobody(dir_.path());
  fs::permissions(at("a.wav"), fs::perms::none);
  EXPECT_EQ(scan_music().failed, 1u);
  EXPECT_NE(reports_.at(at("a.wav")).error.value().find("Permission denied"), std::string::npos);
  const ScanSummary again = scan_music();
  EXPECT_EQ(again.failed, 0u) << "the same failure is no news";
  EXPECT_EQ(again.known_failed, 1u);
  fs::permissions(at("a.wav"), fs::perms::owner_all);
  EXPECT_EQ(scan_music().fingerprinted, 1u) << "the stamp is the same, but it never was read";
}

TEST_F(ScanGuardTest, RecordsRoots) {
  write_music("a/x.wav", 1);
  write_music("b/c/y.wav", 2);
  write_music("b/z.wav", 3);
  const auto paths = [&] {
    std::map<std::string, bool> roots;
    for (const Root& root : store_.snapshot().roots()) roots[root.path] = root.scanned_at_s != 0;
    return roots;
  };
  scan_paths({at("b/c/y.wav"), at("b/z.wav")});
  EXPECT_EQ(paths(), (std::map<std::string, bool>{{at("b"), false}}));
  scan_paths({at("a"), at("a/x.wav")});
  EXPECT_EQ(paths(), (std::map<std::string, bool>{{at("a"), true}, {at("b"), false}}));
}

}  // namespace
}  // namespace echofold::library_scan_guard_test
