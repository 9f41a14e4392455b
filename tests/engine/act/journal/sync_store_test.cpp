// Records follow the journal, also where a file can't be looked at just now.
#include "engine/act/journal/sync_store.h"

#include <gtest/gtest.h>

#include "engine/act/journal/step.h"
#include "index/base/error.h"
#include "tests/engine/act/act_support.h"

namespace echofold::journal_sync_store_test {
namespace {

/// A file that a run has renamed, as its journal has it; the record is not told yet.
struct Renamed : test::Library {
  TrackId track = 0;
  MoveStep entry;

  Renamed() {
    add_root();
    file("old/a.mp3", "bytes");
    const TrackRecord record = scanned("old/a.mp3");
    track = record.id;
    entry.move.track = track;
    entry.move.purpose = MovePurpose::rename;
    entry.move.from = path("old/a.mp3");
    entry.move.to = path("new/b.mp3");
    entry.move.stamp = entry.left = record.stamp;
    entry.state = StepState::done;
    std::filesystem::create_directories(path("new"));
    std::filesystem::rename(path("old/a.mp3"), path("new/b.mp3"));
  }
};

TEST(SyncStoreTest, ARenamedFileThatCannotBeSeenHasItsNewName) {
  Renamed library;
  // No link in a path is followed: what is behind this one can't be seen.
  std::filesystem::rename(library.path("new"), library.path("elsewhere"));
  std::filesystem::create_symlink("elsewhere", library.path("new"));
  ASSERT_THROW(look_at(library.entry.move.to), Error);
  sync_store(library.store, Steps{library.entry});
  EXPECT_EQ(library.record(library.track).path, library.entry.move.to);
  EXPECT_EQ(library.record(library.track).stamp, library.entry.left);
}

TEST(SyncStoreTest, ARenamedFileThatIsGoneIsLeftToTheNextScan) {
  Renamed library;
  std::filesystem::remove(library.entry.move.to);
  sync_store(library.store, Steps{library.entry});
  EXPECT_EQ(library.record(library.track).path, library.entry.move.from);
}

}  // namespace
}  // namespace echofold::journal_sync_store_test
