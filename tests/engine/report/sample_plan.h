// A plan made by hand, with one of everything.
#pragma once

#include <string>
#include <utility>

#include "engine/dedupe/plan.h"

namespace echofold::test {

inline TrackRecord sample_track(TrackId id, std::string path, bool lossless = false) {
  TrackRecord track;
  track.id = id;
  track.path = std::move(path);
  track.stamp = {1, id, 10'100'000, 1};
  track.properties = lossless ? AudioProperties{"flac", "flac", true, 900'000, 44'100, 16, 2, 252.2}
                              : AudioProperties{"mp3", "mp3", false, 320'000, 44'100, 0, 2, 252.2};
  track.tags.artist.assign("Artist");
  track.tags.title.assign("Title");
  track.item_count = 2000;
  track.items_hash = {id, id};
  return track;
}

inline PlanDrop sample_drop(TrackId id, std::string path, Relation relation, Band band, Action action) {
  PlanDrop drop;
  drop.file.track = sample_track(id, std::move(path));
  drop.similarity = 0.97996;
  drop.relation = relation;
  drop.band = band;
  drop.action = action;
  drop.why = action == Action::move ? "lossy" : "stays";
  drop.rank = 2;
  return drop;
}

inline Plan sample_plan() {
  Plan plan{"lib", {}};
  PlanGroup copies;
  copies.number = 1;
  copies.keep.track = sample_track(1, "/m/a.flac", true);
  copies.why = "lossless";
  copies.drops = {
      sample_drop(2, "/m/b.mp3", Relation::same_recording, Band::automatic, Action::move),
      sample_drop(3, "/m/c.mp3", Relation::same_recording, Band::review, Action::review),
      sample_drop(4, "/safe/d.mp3", Relation::same_recording, Band::automatic, Action::none),
      sample_drop(5, "/m/e.mp3", Relation::edit, Band::related, Action::none),
  };
  PlanGroup relatives;
  relatives.number = 2;
  relatives.keep.track = sample_track(6, "/m/f.flac", true);
  relatives.drops = {sample_drop(7, "/m/g.mp3", Relation::version, Band::related, Action::none)};
  plan.groups = {copies, relatives};
  return plan;
}

}  // namespace echofold::test
