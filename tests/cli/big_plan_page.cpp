// Prints the page of a plan of many groups: big_plan_page GROUPS. Names, formats, sizes, reasons and strips differ as those
// of a real library do; the same numbers give the same page.
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <random>
#include <string>

#include "engine/report/plan_page.h"

namespace {

using namespace echofold;

class Library {
 public:
  Plan plan(std::uint32_t groups) {
    Plan plan{"synthetic", {}};
    for (std::uint32_t number = 1; number <= groups; ++number) plan.groups.push_back(group(number));
    return plan;
  }

  ErrorStrip strip() {
    ErrorStrip strip{0, 200 + static_cast<double>(random_() % 200), {}};
    const std::size_t start = random_() % page_strip_columns;
    const bool has_other_sound = random_() % 4 == 0;
    for (std::size_t i = 0; i < page_strip_columns; ++i)
      strip.columns.push_back(
          has_other_sound && i >= start && i < start + 6 ? 0.4 : 0.01 * static_cast<double>(random_() % 8));
    return strip;
  }

 private:
  TrackRecord track(std::uint32_t number, const std::string& folder, bool lossless) {
    const std::string artist = "Artist " + std::to_string(number % 611),
                      album = "Album " + std::to_string(number % 1709);
    const std::string title = "Song " + std::to_string(number) + " & its <long> name";
    TrackRecord track;
    track.path = "/home/ana/Music/" + folder + "/" + artist + "/" + album + "/" +
                 std::to_string(number % 12 + 1) + " " + title + (lossless ? ".flac" : ".mp3");
    track.stamp.size_bytes = (lossless ? 20'000'000 : 4'000'000) + random_() % 9'000'000;
    track.properties =
        lossless ? AudioProperties{"flac", "flac", true, 900'000, 44'100, 16, 2, 240}
                 : AudioProperties{"mp3", number % 5 == 0 ? "aac" : "mp3", false, 192'000, 44'100, 0, 2, 240};
    track.tags.artist = artist;
    track.tags.title = title;
    track.tags.album = album;
    return track;
  }

  PlanDrop drop(std::uint32_t number, std::uint32_t which) {
    static const char* const folders[] = {"Downloads", "Old phone", "Backup 2019", "Rips"};
    PlanDrop drop;
    drop.file.track = track(number, folders[(number + which) % 4], false);
    drop.similarity = 0.95 + 0.0001 * static_cast<double>(random_() % 500);
    drop.relation = Relation::same_recording;
    const std::uint32_t kind = random_() % 10;
    drop.action = kind < 7 ? Action::move : kind < 9 ? Action::review : Action::none;
    drop.band = drop.action == Action::review ? Band::review : Band::automatic;
    drop.why = drop.action == Action::move     ? number % 3 == 0 ? "lossy" : "lower bit rate"
               : drop.action == Action::review ? "lossy; to review: is silent at 1:12.4 for 0.3 s"
                                               : "in a protected folder";
    if (drop.action == Action::review) {
      drop.heard.emplace();
      drop.heard->lined_up = true;
      drop.heard->compared_s = 230;
      drop.heard->bursts = {{72.4, 0.3, 3.1, BurstKind::silent_in_b, false}};
    }
    return drop;
  }

  PlanGroup group(std::uint32_t number) {
    PlanGroup group;
    group.number = number;
    group.keep.track = track(number, "Albums", true);
    group.why = "lossless; fuller tags";
    const std::uint32_t drops = 1 + random_() % 3 / 2 + random_() % 20 / 19;
    for (std::uint32_t i = 0; i < drops; ++i) group.drops.push_back(drop(number, i));
    return group;
  }

  std::minstd_rand random_{1};
};

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 2;
  Library library;
  const echofold::Plan plan =
      library.plan(static_cast<std::uint32_t>(std::strtoul(arguments[1], nullptr, 10)));
  echofold::PlanPageSource source{"/home/ana/.local/share/echofold",
                                  1'796'000'000,
                                  {},
                                  "Nothing was moved: `echofold dedupe --apply` moves what is certain."};
  source.strip = [&](const echofold::PlanGroup&, const echofold::PlanDrop&) { return library.strip(); };
  write_plan_page(std::cout, plan, source);
}
