// For any library and template, and wherever a run is killed: no content is lost or doubled, a second run has nothing
// to do, and undo restores exactly the same tree.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <array>

#include "tests/engine/order/tagged_library.h"
#include "tests/support/kill.h"
#include "tests/support/temp_base.h"

#include "engine/act/journal/run_info.h"
#include "engine/act/recovery/history.h"
#include "engine/act/recovery/recover.h"

namespace echofold::fault_organize_property_test {
namespace {

/// One file: numbers that determine its folder, name and tags.
struct Song {
  std::array<std::uint32_t, 6> pick{};
};

/// How RapidCheck prints a file of a failing case.
void showValue(const Song& song, std::ostream& out);

template <class List>
std::string one_of(const List& list, std::uint32_t number) {
  return list[number % list.size()];
}

const std::vector<std::string> song_folders = {"", "in/", "A/", "a/", "A/B/", "deep/er/", "\u00c9/"};
const std::vector<std::string> song_names = {
    "x.mp3",      "X.mp3", "01 t.mp3",  "01 t (2).mp3", "t.flac", "y.ogg", "e\u0301.mp3",
    "\u00e9.mp3", "x.lrc", "cover.jpg", "01 t.lrc",     "A",      "B"};
const std::vector<std::string> song_tags = {"A", "a",      "B",       "t",     "x",   "X",
                                            "",  "\u00e9", "E\u0301", "../..", "con", "B/01 t"};
const std::vector<std::string> templates = {
    std::string(default_name_template), "{title}", "[{artist}/]{title}",
    "{artist|\"A\"}/{album|\"b\"}/[{track:2} ]{title|artist|\"x\"}", "{album|\"A\"}/{title|\"t\"}"};

void showValue(const Song& song, std::ostream& out) {
  out << one_of(song_folders, song.pick[0]) << one_of(song_names, song.pick[1]) << " artist "
      << one_of(song_tags, song.pick[2]) << " album " << one_of(song_tags, song.pick[3]) << " track "
      << song.pick[4] << " title " << one_of(song_tags, song.pick[5]);
}

struct RandomLibrary : test::TaggedLibrary {
  explicit RandomLibrary(const std::vector<Song>& songs) {
    add_root();
    for (const Song& song : songs) put(song);
    age_all();
  }

  void put(const Song& song) {
    const std::string name = one_of(song_folders, song.pick[0]) + one_of(song_names, song.pick[1]);
    std::error_code in_the_way;
    std::filesystem::create_directories(std::filesystem::path(path(name)).parent_path(), in_the_way);
    if (in_the_way || test::exists(path(name))) return;
    Tags tags = test::tags_of(one_of(song_tags, song.pick[2]), one_of(song_tags, song.pick[3]),
                              std::to_string(song.pick[4] % 3), one_of(song_tags, song.pick[5]));
    const bool sidecar = name.ends_with(".lrc") || name.ends_with(".jpg");
    // Every fifth is a file that no scan has seen.
    if (sidecar || song.pick[4] % 5 == 4)
      file(name, "bytes of " + name);
    else
      track(name, tags);
  }
};

rc::Gen<std::vector<Song>> songs() {
  return rc::gen::container<std::vector<Song>>(
      rc::gen::construct<Song>(rc::gen::container<std::array<std::uint32_t, 6>>(
          rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::uint32_t>(0, 1000)))));
}

/// @return what is wrong with the library apart from names
std::string wrong_with(const RandomLibrary& library) {
  std::string wrong;
  library.store.snapshot().for_each_track([&](const TrackRecord& track) {
    if (!test::exists(track.path) || test::stamp(track.path) != track.stamp)
      wrong += track.path + " is not as its record says\n";
  });
  return wrong;
}

TEST(OrganizeProperty, ThereAndBackFromAnyLibrary) {
  const test::TempInMemory memory;
  std::uint64_t renames = 0, kills = 0;
  EXPECT_TRUE(rc::check([&] {
    const auto what = *songs();
    const auto kill_at = *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<long>(0, 800));
    RandomLibrary library(what);
    library.name_template = one_of(templates, *rc::gen::inRange<std::uint32_t>(0, 100));
    const auto files = test::contents({library.root});
    const auto before = test::tree(library.root, true);
    const auto before_without_times = test::tree(library.root, false);
    bool killed = false;
    if (kill_at % 2 == 1) {
      library.close();
      killed = test::killed_at(
                   kill_at, [&] { library.store = library.open(); }, [&] { library.organize(); }) >= kill_at;
      library.store = library.open();
      recover(library.store);
      kills += killed ? 1 : 0;
      RC_ASSERT(test::contents({library.root}) == files);
    }
    const auto summary = library.organize();
    renames += summary.moved;
    RC_ASSERT(summary.skipped == 0U);
    RC_ASSERT(test::contents({library.root}) == files);
    RC_ASSERT(wrong_with(library) == "");
    for (const Rename& more : library.names().renames) RC_FAIL(more.from + " -> " + more.to);
    for (const RunInfo& run : history(library.store))
      if (run.moves_done > 0) RC_ASSERT(library.undo(run.run).skipped == 0U);
    RC_ASSERT(wrong_with(library) == "");
    // After a kill, the time of a folder may be that of the recovery.
    RC_ASSERT(test::tree(library.root, !killed) == (killed ? before_without_times : before));
  }));
  EXPECT_GT(renames, 100u);
  EXPECT_GT(kills, 0u);
  std::printf("%lu renames, %lu kills\n", renames, kills);
}

}  // namespace
}  // namespace echofold::fault_organize_property_test
