// A loser with several names: all of them go and come back as one file, or it stays.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "engine/act/journal/step.h"
#include "engine/act/purge.h"
#include "engine/act/recovery/history.h"
#include "engine/act/recovery/recover.h"
#include "tests/engine/act/act_support.h"
#include "tests/engine/library/files.h"
#include "tests/support/kill.h"
#include "tests/support/mounts.h"
#include "tests/support/temp_base.h"

namespace echofold::journal_hard_links_test {
namespace {

using test::exists;
using test::Mount;

struct stat status_of(const std::string& path) {
  return look_at(path).value();
}

/// A keeper, and a loser with three names of which a scan has seen as many as a test says.
struct NamedThrice : test::Library {
  NamedThrice() {
    file("a/keep.flac", "the keeper");
    file("b/song.mp3", "the loser");
    file("b/song.lrc", "words");
    std::filesystem::create_directories(path("c"));
    std::filesystem::create_hard_link(path("b/song.mp3"), path("b/again.mp3"));
    std::filesystem::create_hard_link(path("b/song.mp3"), path("c/song.mp3"));
    file("c/song.lrc", "words of that name");
    chmod(path("b/song.mp3").c_str(), 0640);
    add_root();
    test::age(root);
    removal = group(1, "a/keep.flac", {"b/song.mp3"});
    know({path("b/again.mp3"), path("c/song.mp3")});
    before = test::tree(root);
  }

  void know(const std::vector<std::string>& links) {
    TrackRecord record = this->record(removal.drops[0].file.track.id);
    record.link_paths = links;
    store.write([&](Writer& writer) { writer.update_track(record); });
  }

  bool is_one_file_again() const {
    const auto inode = status_of(path("b/song.mp3")).st_ino;
    return status_of(path("b/song.mp3")).st_nlink == 3 && status_of(path("b/again.mp3")).st_ino == inode &&
           status_of(path("c/song.mp3")).st_ino == inode;
  }

  void expect_it_stays(const std::string& words, const ApplySettings& settings = {}) {
    Steps preview;
    preview_apply(store, {store.library_id(), {removal}}, settings,
                  [&](const PlanGroup&, const Step& step) { preview.push_back(step); });
    EXPECT_NE(outcome(preview.at(0)).note.find(words), std::string::npos) << outcome(preview[0]).note;
    const auto summary = apply({removal}, settings);
    EXPECT_EQ(summary.moved + summary.names + summary.along, 0U);
    EXPECT_EQ(summary.skipped, 1U);
    ASSERT_EQ(reported.size(), 1U);
    EXPECT_NE(outcome(reported[0]).note.find(words), std::string::npos) << outcome(reported[0]).note;
    EXPECT_NE(outcome(reported[0]).note.find(path("b/song.mp3")), std::string::npos)
        << outcome(reported[0]).note;
    EXPECT_EQ(test::tree(root), before);
    EXPECT_TRUE(is_one_file_again());
  }

  PlanGroup removal;
  std::map<std::string, std::string> before;
};

TEST(HardLinks, AllNamesGoAndComeBackAsOneFile) {
  NamedThrice scene;
  const auto summary = scene.apply({scene.removal});
  EXPECT_EQ(summary.moved, 1U);
  EXPECT_EQ(summary.names, 2U);
  EXPECT_EQ(summary.along, 2U) << "the words of both names";
  EXPECT_EQ(summary.bytes, std::string("the loser"
                                       "words"
                                       "words of that name")
                               .size());
  for (const char* name : {"b/song.mp3", "b/again.mp3", "c/song.mp3", "b/song.lrc", "c/song.lrc"}) {
    EXPECT_FALSE(exists(scene.path(name))) << name;
    EXPECT_TRUE(exists(scene.set_aside(summary.run, name))) << name;
  }
  EXPECT_EQ(status_of(scene.set_aside(summary.run, "c/song.mp3")).st_nlink, 3U);
  for (const MoveStep& step : moves_of(scene.reported))
    EXPECT_EQ(step.move.link_of,
              step.move.from.ends_with("song.lrc") || step.move.from == scene.path("b/song.mp3")
                  ? ""
                  : scene.path("b/song.mp3"));
  const RunInfo there = history(scene.store).at(0);
  EXPECT_EQ(there.set_aside(), summary.moved);
  EXPECT_EQ(there.there.further_names, summary.names);
  EXPECT_EQ(there.there.partner_files, summary.along);
  EXPECT_EQ(there.bytes, summary.bytes);
  EXPECT_EQ(scene.undo().skipped, 0U);
  const RunInfo back = history(scene.store).at(0);
  EXPECT_EQ(back.set_aside() + back.along() + back.bytes, 0U);
  EXPECT_EQ(back.moved.copies, summary.moved);
  EXPECT_EQ(back.moved.further_names, summary.names);
  EXPECT_EQ(back.moved.partner_files, summary.along);
  EXPECT_EQ(test::tree(scene.root), scene.before);
  EXPECT_TRUE(scene.is_one_file_again());
  EXPECT_EQ(scene.record(scene.removal.drops[0].file.track.id).place, TrackPlace::present);
}

TEST(HardLinks, ANameThatTheLibraryDoesNotKnowKeepsAll) {
  NamedThrice scene;
  scene.know({scene.path("b/again.mp3")});
  scene.expect_it_stays("has another name outside the library");
}

TEST(HardLinks, ANameInAProtectedFolderKeepsAll) {
  NamedThrice scene;
  ApplySettings settings;
  settings.protected_folders = {scene.path("c")};
  scene.expect_it_stays("in the protected folder", settings);
}

TEST(HardLinks, ANameThatCantGoKeepsAll) {
  NamedThrice scene;
  const test::WithoutRoot nobody(scene.dir.path());
  chmod(scene.path("c").c_str(), 0555);
  const auto summary = scene.apply({scene.removal});
  chmod(scene.path("c").c_str(), 0755);
  EXPECT_EQ(summary.moved + summary.names + summary.along, 0U);
  EXPECT_EQ(scene.reported.size(), 1U) << "reported once";
  EXPECT_TRUE(exists(scene.path("b/song.lrc")));
  EXPECT_TRUE(scene.is_one_file_again());
}

TEST(HardLinks, OtherLosersKeepTheirRanks) {
  NamedThrice scene;
  scene.know({});
  scene.file("d/worse.mp3", "another loser");
  scene.file("e/better.mp3", "a better one");
  scene.removal.drops[0].rank = 2;
  scene.removal.drops.push_back(test::certain_loser(scene.scanned("d/worse.mp3"), 4));
  scene.removal.drops.push_back(test::certain_loser(scene.scanned("e/better.mp3"), 3));
  std::vector<std::string> order;
  ApplySettings settings;
  settings.prepare_keeper = [&](Rewriter&, const PlanGroup& group) {
    for (const TrackRecord& track : best_first(group.drops)) order.push_back(track.path);
    return group.keep.track;
  };
  EXPECT_EQ(scene.apply({scene.removal}, settings).moved, 2U);
  EXPECT_EQ(order, (std::vector<std::string>{scene.path("e/better.mp3"), scene.path("d/worse.mp3")}))
      << "without the one that stays";
}

TEST(HardLinks, OtherLosersOfTheGroupGoOn) {
  NamedThrice scene;
  scene.know({});
  scene.file("d/other.mp3", "another loser");
  scene.removal.drops.push_back(test::certain_loser(scene.scanned("d/other.mp3")));
  const auto summary = scene.apply({scene.removal});
  EXPECT_EQ(summary.moved, 1U);
  EXPECT_EQ(summary.skipped, 1U);
  EXPECT_FALSE(exists(scene.path("d/other.mp3")));
  EXPECT_TRUE(scene.is_one_file_again());
}

TEST(HardLinks, PurgeSaysWhatItFrees) {
  NamedThrice scene;
  scene.apply({scene.removal});
  const auto runs = purgeable(scene.store, std::time(nullptr) + 1);
  ASSERT_EQ(runs.size(), 1U);
  std::uint64_t bytes = 0;
  for (const PurgeFile& file : runs[0].files) bytes += file.bytes;
  EXPECT_EQ(bytes, std::string("the loser"
                               "words"
                               "words of that name")
                       .size());
}

// --- Across file systems ---

struct Aside {
  test::OtherFileSystem other;
  ApplySettings settings;
  explicit Aside(const NamedThrice& scene) : other(scene.root) {
    if (other) settings.set_aside_dir = other.path() + "/dups";
  }
};

TEST(HardLinks, OnAnotherFileSystemTheyStayOneFile) {
  NamedThrice scene;
  const Aside aside(scene);
  if (!aside.other) GTEST_SKIP() << "one file system alone";
  const auto summary = scene.apply({scene.removal}, aside.settings);
  EXPECT_EQ(summary.moved + summary.names, 3U);
  const std::string there = aside.settings.set_aside_dir + "/" + summary.run;
  EXPECT_EQ(status_of(there + "/c/song.mp3").st_nlink, 3U) << "one file's room, not three";
  EXPECT_EQ(scene.undo().skipped, 0U);
  EXPECT_EQ(test::tree(scene.root), scene.before);
  EXPECT_TRUE(scene.is_one_file_again());
}

TEST(HardLinks, OneFileAgainFromADiskThatKnowsNoLinks) {
  if (!test::may_mount()) GTEST_SKIP() << "mounting takes root";
  NamedThrice scene;
  Mount exfat = Mount::exfat((scene.dir / "image").native(), (scene.dir / "exfat").native(), "16M");
  if (!exfat) GTEST_SKIP() << "no exFAT can be mounted here";
  ApplySettings settings;
  settings.set_aside_dir = exfat.at() + "/dups";
  const auto summary = scene.apply({scene.removal}, settings);
  EXPECT_EQ(summary.moved + summary.names, 3U);
  EXPECT_EQ(scene.undo().skipped, 0U);
  EXPECT_TRUE(scene.is_one_file_again());
  EXPECT_EQ(test::tree(scene.root), scene.before);
}

// --- Killed at a system call ---

/// What a run left is one file: with all its names in the library, or with none.
template <class Prepare, class Job>
void kill_everywhere(bool far, Prepare prepare, Job job) {
  std::optional<test::TempInMemory> memory;
  if (!far) memory.emplace();
  long kills = 0;
  for (long at = 1;; at += far ? 101 : 47) {
    NamedThrice scene;
    Aside aside(scene);
    if (far && !aside.other) GTEST_SKIP() << "one file system alone";
    if (!far) aside.settings = {};
    prepare(scene, aside.settings);
    { Store gone(std::move(scene.store)); }
    const long calls = test::killed_at(
        at, [&] { scene.store = scene.open(); }, [&] { job(scene, aside.settings); });
    if (calls == 0) GTEST_SKIP() << "tracing is not allowed here";
    scene.store = scene.open();
    recover(scene.store);
    ASSERT_EQ(recover(scene.store), 0U) << at;
    const auto has = [&](const char* name) { return exists(scene.path(name)); };
    ASSERT_EQ(has("b/song.mp3"), has("b/again.mp3")) << at;
    ASSERT_EQ(has("b/song.mp3"), has("c/song.mp3")) << at;
    const std::string dups = far ? aside.settings.set_aside_dir : scene.root + "/.echofold-duplicates";
    const auto left = test::contents({dups});
    ASSERT_EQ(left.size(), has("b/song.mp3") ? 0U : 5U) << at;
    ASSERT_NO_FATAL_FAILURE(test::take_all_back(scene.store, "call " + std::to_string(at)));
    for (const auto& [path, line] : scene.before)
      if (!line.starts_with("16")) {
        ASSERT_EQ(test::tree(scene.root)[path], line) << at;
      }
    ASSERT_TRUE(scene.is_one_file_again()) << at;
    ASSERT_EQ(test::contents({dups}).size(), 0U) << at;
    if (calls < at) break;
    ++kills;
  }
  EXPECT_GT(kills, 10);
}

const auto nothing = [](NamedThrice&, const ApplySettings&) {};
const auto apply_it = [](NamedThrice& scene, const ApplySettings& settings) {
  scene.apply({scene.removal}, settings);
};
const auto take_back = [](NamedThrice& scene, const ApplySettings&) { scene.undo(); };

TEST(HardLinksKilled, WhileTheyAreSetAside) { kill_everywhere(false, nothing, apply_it); }
TEST(HardLinksKilled, WhileTheyComeBack) { kill_everywhere(false, apply_it, take_back); }
TEST(HardLinksKilled, WhileTheyGoToAnotherFileSystem) { kill_everywhere(true, nothing, apply_it); }
TEST(HardLinksKilled, WhileTheyComeFromAnotherFileSystem) { kill_everywhere(true, apply_it, take_back); }

}  // namespace
}  // namespace echofold::journal_hard_links_test
