#include "engine/library/scan.h"

#include <gtest/gtest.h>
#include <sys/inotify.h>
#include <sys/resource.h>
#include <tbb/global_control.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <map>

#include "engine/library/roots.h"
#include "index/error.h"
#include "tests/engine/library/files.h"
#include "tests/support/temp_dir.h"

namespace echofold {
namespace {

namespace fs = std::filesystem;

/// Counts the files that anybody opens in one folder while it lives: the system's word, not the program's.
class OpenWatch {
 public:
  explicit OpenWatch(const fs::path& folder) : fd_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
    ::inotify_add_watch(fd_, folder.c_str(), IN_OPEN);
  }
  ~OpenWatch() { ::close(fd_); }
  OpenWatch(const OpenWatch&) = delete;
  OpenWatch& operator=(const OpenWatch&) = delete;

  int opened_files() const {
    int count = 0;
    alignas(inotify_event) char buffer[4096];
    ssize_t size = 0;
    while ((size = ::read(fd_, buffer, sizeof buffer)) > 0)
      for (ssize_t at = 0; at < size;) {
        const auto* event = reinterpret_cast<const inotify_event*>(buffer + at);
        if ((event->mask & IN_ISDIR) == 0) ++count;
        at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
      }
    return count;
  }

 private:
  int fd_;
};

/// No file can grow beyond this size while it lives: what a full disk looks like to the store.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int);
};

class ScanTest : public ::testing::Test {
 protected:
  ScanTest() { fs::create_directory(music()); }

  fs::path music() const { return dir_ / "music"; }
  std::string at(const std::string& name) const { return (music() / name).string(); }
  void write_music(const std::string& name, unsigned seed, double seconds = 4) const {
    test::write_music(music() / name, seed, seconds);
  }

  ScanSummary scan_paths(const std::vector<std::string>& paths, std::stop_token stop = {}) {
    reports_.clear();
    ScanEvents events;
    events.file = [this](const FileReport& report) { reports_[report.path] = report; };
    return scan(store_, paths, settings_, events, stop);
  }
  ScanSummary scan_music() { return scan_paths({music().string()}); }

  std::optional<TrackRecord> record(const std::string& name) const {
    const Snapshot snapshot = store_.snapshot();
    const auto id = snapshot.find_path(at(name));
    return id ? snapshot.track(*id) : std::nullopt;
  }
  std::vector<Item> items(TrackId id) const {
    const Snapshot snapshot = store_.snapshot();
    const Items items = snapshot.items(id);
    return {items.begin(), items.end()};
  }
  FileStatus status(const std::string& name) { return reports_.at(at(name)).status; }
  std::string guard_message() {
    try {
      scan_music();
    } catch (const Error& e) {
      EXPECT_EQ(e.fault(), Fault::guard);
      return e.what();
    }
    ADD_FAILURE() << "no guard stopped the scan";
    return {};
  }

  test::TempDir dir_;
  Store store_ = Store::open(dir_ / "db");
  ScanSettings settings_;
  std::map<std::string, FileReport> reports_;
};

TEST_F(ScanTest, FingerprintsMusicAndTellsTheRest) {
  write_music("a.wav", 1, 5);
  write_music("sub/short.wav", 2, 0.5);
  test::write_bytes(music() / "silent.wav", [] {
    std::string wav = test::music_wav(1, 6);
    std::fill(wav.begin() + 44, wav.end(), '\0');
    return wav;
  }());
  test::write_bytes(music() / "text.mp3", "this is no music");
  test::write_bytes(music() / "empty.flac", "");
  const ScanSummary summary = scan_music();
  EXPECT_EQ(summary.fingerprinted, 1u);
  EXPECT_EQ(summary.too_short, 1u);
  EXPECT_EQ(summary.silent, 1u);
  EXPECT_EQ(summary.failed, 2u);
  EXPECT_NEAR(summary.audio_seconds, 11.5, 0.1);
  EXPECT_FALSE(summary.interrupted);

  const auto track = record("a.wav");
  ASSERT_TRUE(track);
  EXPECT_EQ(track->status, TrackStatus::fingerprinted);
  EXPECT_EQ(track->place, TrackPlace::present);
  EXPECT_EQ(track->properties.codec, "pcm_s16le");
  EXPECT_NEAR(track->properties.duration_s, 5, 0.01);
  EXPECT_EQ(items(track->id).size(), track->item_count);
  EXPECT_GT(track->item_count, 10u);
  EXPECT_EQ(track->stamp.mtime_ns, test::mtime_of(at("a.wav")));
  const auto failed = record("text.mp3");
  ASSERT_TRUE(failed);
  EXPECT_EQ(failed->status, TrackStatus::failed);
  EXPECT_FALSE(failed->failure.empty());
  EXPECT_EQ(reports_.at(at("text.mp3")).error, failed->failure);
}

TEST_F(ScanTest, OpensNoFileOfAnUnchangedFolder) {
  for (unsigned i = 0; i < 5; ++i) write_music(std::to_string(i) + ".wav", i);
  test::write_bytes(music() / "bad.mp3", "this is no music");
  {
    const OpenWatch watch(music());
    scan_music();
    EXPECT_GE(watch.opened_files(), 6) << "the watch sees what is opened";
  }
  const OpenWatch watch(music());
  const ScanSummary summary = scan_music();
  EXPECT_EQ(watch.opened_files(), 0);
  EXPECT_EQ(summary.unchanged, 5u);
  EXPECT_EQ(summary.failed, 1u) << "still told, not tried again";
  EXPECT_FALSE(reports_.at(at("bad.mp3")).error.empty());
  EXPECT_NEAR(reports_.at(at("1.wav")).duration_s, 4, 0.01);
}

TEST_F(ScanTest, ReadsAgainWhatChanged) {
  write_music("a.wav", 1);
  write_music("b.wav", 2);
  test::write_bytes(music() / "c.wav", "not yet");
  scan_music();
  const auto before = items(record("a.wav")->id);
  write_music("a.wav", 3);
  write_music("c.wav", 4);
  const ScanSummary summary = scan_music();
  EXPECT_EQ(summary.fingerprinted, 2u);
  EXPECT_EQ(summary.unchanged, 1u);
  EXPECT_NE(items(record("a.wav")->id), before);
  EXPECT_EQ(record("c.wav")->status, TrackStatus::fingerprinted);
  EXPECT_EQ(store_.snapshot().track_count(), 3u);
}

TEST_F(ScanTest, FollowsMovedFilesWithoutReadingThem) {
  write_music("a.wav", 1);
  write_music("b.wav", 2);
  scan_music();
  const auto before = *record("a.wav");
  fs::create_directory(music() / "sub");
  fs::rename(at("a.wav"), at("sub/renamed.wav"));
  const OpenWatch watch(music() / "sub");
  const ScanSummary summary = scan_music();
  EXPECT_EQ(summary.moved, 1u);
  EXPECT_EQ(summary.unchanged, 1u);
  EXPECT_EQ(summary.missing, 0u);
  EXPECT_EQ(watch.opened_files(), 0);
  EXPECT_FALSE(record("a.wav"));
  EXPECT_EQ(record("sub/renamed.wav")->id, before.id);
  EXPECT_EQ(status("sub/renamed.wav"), FileStatus::moved);
}

TEST_F(ScanTest, KeepsAHardLinkedFileOnce) {
  write_music("b.wav", 1);
  scan_music();
  const TrackId id = record("b.wav")->id;
  fs::create_hard_link(at("b.wav"), at("a.wav"));
  EXPECT_EQ(scan_music().unchanged, 1u);
  EXPECT_EQ(record("b.wav")->link_paths, std::vector<std::string>{at("a.wav")});
  // From another folder, scanned by itself.
  fs::create_directory(dir_ / "other");
  fs::create_hard_link(at("b.wav"), dir_ / "other/c.wav");
  EXPECT_EQ(scan_paths({(dir_ / "other").string()}).unchanged, 1u);
  EXPECT_EQ(record("b.wav")->link_paths,
            (std::vector<std::string>{at("a.wav"), (dir_ / "other/c.wav").string()}));
  EXPECT_EQ(scan_music().unchanged, 1u);
  EXPECT_EQ(record("b.wav")->link_paths.size(), 2u) << "what another scan saw is kept while it is true";
  // The known name goes, the links stay: the track lives on.
  fs::remove(at("b.wav"));
  EXPECT_EQ(scan_music().moved, 1u);
  EXPECT_EQ(record("a.wav")->id, id);
  EXPECT_EQ(record("a.wav")->path, at("a.wav"));
  EXPECT_EQ(store_.snapshot().track_count(), 1u);
}

TEST_F(ScanTest, ForgetsAFileReplacedByALinkOfAnother) {
  write_music("a.wav", 1);
  write_music("b.wav", 2);
  scan_music();
  fs::remove(at("b.wav"));
  fs::create_hard_link(at("a.wav"), at("b.wav"));
  scan_music();
  EXPECT_EQ(store_.snapshot().track_count(), 1u);
  EXPECT_EQ(record("b.wav")->path, at("a.wav"));
  // And back again: a link that has become a file of its own.
  fs::remove(at("b.wav"));
  write_music("b.wav", 2);
  EXPECT_EQ(scan_music().fingerprinted, 1u);
  EXPECT_EQ(record("b.wav")->path, at("b.wav"));
  EXPECT_TRUE(record("a.wav")->link_paths.empty());
}

TEST_F(ScanTest, MarksVanishedTracksAndTakesThemBack) {
  for (unsigned i = 0; i < 3; ++i) write_music(std::to_string(i) + ".wav", i);
  scan_music();
  fs::rename(at("1.wav"), dir_ / "away.wav");
  EXPECT_EQ(scan_music().missing, 1u);
  EXPECT_EQ(record("1.wav")->place, TrackPlace::missing);
  EXPECT_FALSE(items(record("1.wav")->id).empty()) << "the fingerprint is kept";
  EXPECT_EQ(scan_music().missing, 0u);
  fs::rename(dir_ / "away.wav", at("1.wav"));
  const ScanSummary back = scan_music();
  EXPECT_EQ(back.unchanged, 3u);
  EXPECT_EQ(record("1.wav")->place, TrackPlace::present);
}

TEST_F(ScanTest, TakesASetAsideFileBackOnlyAtItsPlace) {
  write_music("a.wav", 1);
  write_music("b.wav", 2);
  scan_music();
  const fs::path aside = music() / set_aside_folder_name / "run";
  fs::create_directories(aside);
  fs::rename(at("b.wav"), aside / "b.wav");
  store_.write([&](Writer& writer) {
    TrackRecord track = *writer.track(*writer.find_path(at("b.wav")));
    track.place = TrackPlace::set_aside;
    track.set_aside_path = (aside / "b.wav").string();
    writer.update_track(track);
  });
  EXPECT_EQ(scan_music().missing, 0u);
  EXPECT_EQ(scan_paths({aside.string()}).moved, 0u);
  EXPECT_EQ(record("b.wav")->place, TrackPlace::set_aside);
  fs::rename(aside / "b.wav", at("b.wav"));
  EXPECT_EQ(scan_music().unchanged, 2u);
  EXPECT_EQ(record("b.wav")->place, TrackPlace::present);
  EXPECT_TRUE(record("b.wav")->set_aside_path.empty());
}

TEST_F(ScanTest, DoesNotTakeWhatIsLeftOutForVanished) {
  write_music("a.wav", 1);
  write_music("b.wav", 2);
  scan_music();
  settings_.walk.exclude_globs = {"b.*"};
  EXPECT_EQ(scan_music().missing, 0u);
  EXPECT_EQ(record("b.wav")->place, TrackPlace::present);
}

TEST_F(ScanTest, GuardStopsWhenARootIsEmpty) {
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

TEST_F(ScanTest, GuardStopsWhenMoreThanHalfVanished) {
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

TEST_F(ScanTest, GuardLooksAtRootsInsideTheScannedOne) {
  write_music("drive/a.wav", 1);
  write_music("b.wav", 2);
  write_music("c.wav", 3);
  scan_paths({at("drive")});
  scan_music();
  fs::remove(at("drive/a.wav"));
  EXPECT_NE(guard_message().find(at("drive")), std::string::npos);
}

TEST_F(ScanTest, GuardKnowsAnotherFileSystem) {
  write_music("a.wav", 1);
  write_music("b.wav", 2);
  scan_music();
  const std::uint64_t current = file_system_id(music().string());
  if (current == 0) GTEST_SKIP() << "this file system has no id";
  store_.write([&](Writer& writer) { writer.put_root({music().string(), current + 1, 1}); });
  EXPECT_EQ(scan_music().unchanged, 2u) << "as long as nothing vanished";
  store_.write([&](Writer& writer) { writer.put_root({music().string(), current + 1, 1}); });
  fs::remove(at("a.wav"));
  EXPECT_NE(guard_message().find("another file system"), std::string::npos);
}

TEST_F(ScanTest, UnreadableFoldersAreNotVanished) {
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

TEST_F(ScanTest, TriesUnreadableFilesAgain) {
  write_music("a.wav", 1);
  const test::WithoutRoot nobody(dir_.path());
  fs::permissions(at("a.wav"), fs::perms::none);
  EXPECT_EQ(scan_music().failed, 1u);
  EXPECT_NE(reports_.at(at("a.wav")).error.find("Permission denied"), std::string::npos);
  fs::permissions(at("a.wav"), fs::perms::owner_all);
  EXPECT_EQ(scan_music().fingerprinted, 1u) << "the stamp is the same, but it never was read";
}

TEST_F(ScanTest, RefusesAnotherLength) {
  write_music("a.wav", 1);
  settings_.length = std::chrono::seconds(3);
  scan_music();
  EXPECT_LT(record("a.wav")->item_count, 10u);
  settings_.length = std::chrono::seconds(0);
  try {
    scan_music();
    FAIL() << "compared fingerprints of different lengths";
  } catch (const Error& e) {
    EXPECT_EQ(e.fault(), Fault::usage);
    EXPECT_NE(std::string(e.what()).find("--length 3"), std::string::npos);
  }
}

TEST_F(ScanTest, RecordsRoots) {
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

TEST_F(ScanTest, AMissingPathIsARow) {
  write_music("a.wav", 1);
  const ScanSummary summary = scan_paths({music().string(), at("none.wav")});
  EXPECT_EQ(summary.fingerprinted, 1u);
  EXPECT_EQ(summary.failed, 1u);
  EXPECT_EQ(reports_.at(at("none.wav")).error, "no such file or folder");
  EXPECT_FALSE(record("none.wav"));
}

TEST_F(ScanTest, StopsSoonAndResumes) {
  for (unsigned i = 0; i < 40; ++i) write_music(std::to_string(i) + ".wav", i, 3);
  write_music("gone.wav", 99, 3);
  scan_paths({at("gone.wav")});
  fs::remove(at("gone.wav"));
  std::stop_source stop;
  ScanEvents events;
  std::uint64_t done = 0;
  events.file = [&](const FileReport&) {
    if (++done == 3) stop.request_stop();
  };
  const ScanSummary first = scan(store_, {music().string()}, settings_, events, stop.get_token());
  EXPECT_TRUE(first.interrupted);
  EXPECT_EQ(first.missing, 0u);
  EXPECT_GE(first.fingerprinted, 3u);
  EXPECT_EQ(store_.snapshot().track_count(), first.fingerprinted + 1) << "what is done is kept";
  const ScanSummary second = scan_music();
  EXPECT_EQ(second.unchanged, first.fingerprinted);
  EXPECT_EQ(second.fingerprinted + second.unchanged, 40u);
  EXPECT_EQ(second.missing, 1u);
}

TEST_F(ScanTest, AFullDiskEndsTheScanAndLosesNothing) {
  write_music("first.wav", 100, 3);
  scan_music();
  for (unsigned i = 0; i < 20; ++i) write_music(std::to_string(i) + ".wav", i, 3);
  settings_.batch_tracks = 4;
  {
    const FileSizeLimit full(fs::file_size(dir_ / "db/data.mdb"));
    try {
      scan_music();
      FAIL() << "wrote beyond the limit";
    } catch (const Error& e) {
      EXPECT_EQ(e.fault(), Fault::full) << e.what();
    }
  }
  EXPECT_TRUE(record("first.wav"));
  const ScanSummary summary = scan_music();
  EXPECT_EQ(summary.fingerprinted + summary.unchanged, 21u);
  EXPECT_EQ(summary.failed, 0u);
}

TEST_F(ScanTest, GivesTheSameLibraryForEveryThreadCount) {
  for (unsigned i = 0; i < 30; ++i) write_music(std::to_string(i) + ".wav", i, 3 + i % 4);
  const auto tracks_with = [&](std::size_t threads) {
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
    Store store = Store::open(dir_ / ("db" + std::to_string(threads)));
    scan(store, {music().string()}, settings_);
    std::vector<TrackRecord> tracks;
    store.snapshot().for_each_track([&](const TrackRecord& track) { tracks.push_back(track); });
    return tracks;
  };
  const auto one = tracks_with(1);
  EXPECT_EQ(one.size(), 30u);
  EXPECT_EQ(one, tracks_with(2));
}

TEST_F(ScanTest, CommitsInBatchesAndTellsProgress) {
  for (unsigned i = 0; i < 7; ++i) write_music(std::to_string(i) + ".wav", i, 3);
  settings_.batch_tracks = 2;
  const std::uint64_t before = store_.snapshot().generation();
  ScanProgress last;
  ScanEvents events;
  events.progress = [&](const ScanProgress& progress) {
    EXPECT_GE(progress.bytes_done, last.bytes_done);
    last = progress;
  };
  scan(store_, {music().string()}, settings_, events);
  EXPECT_EQ(store_.snapshot().generation() - before, 6u) << "length, four batches, roots";
  EXPECT_EQ(last.files_done, 7u);
  EXPECT_EQ(last.files_total, 7u);
  EXPECT_EQ(last.bytes_done, last.bytes_total);
  EXPECT_NEAR(last.audio_seconds, 21, 0.1);
}

}  // namespace
}  // namespace echofold
