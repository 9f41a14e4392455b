// What a plan would do with each pair of copies on its own: bench_decisions DB, NDJSON to stdout.
//
// Each pair that is listed as the same recording has a line: the copy that would stay, the rule that decides, what
// the user would be asked about, and the holes that the level curves show. This judges thousands of pairs in one
// scan.
#include <cstdio>
#include <iostream>
#include <unordered_map>
#include <utility>

#include "bench/library.h"
#include "engine/dedupe/doubts.h"
#include "engine/dedupe/levels.h"
#include "engine/dedupe/list_pairs.h"
#include "engine/dedupe/quality_signs.h"
#include "index/base/json.h"
#include "index/base/rounding.h"
#include "index/model/track_json.h"

namespace echofold::bench {
namespace {

Json hole_json(const Dropout& hole) {
  if (!hole.found()) return nullptr;
  Json out;
  out["from_s"] = rounded(hole.from_s, 1);
  out["length_s"] = rounded(hole.length_s, 1);
  out["depth_db"] = rounded(hole.depth_db, 1);
  out["fade"] = hole.fade;
  out["damage"] = is_damage(hole);
  out["holes"] = hole.holes;
  return out;
}

Ranked ranked(const TrackRecord& track, const Dropout& hole) {
  return {.track = &track, .dropout = is_damage(hole) ? hole : Dropout{}};
}

void print_decision(const ListedPair& pair, const TrackRecord& a, const TrackRecord& b) {
  const double offset_s = pair.evidence.offset_s();
  const LevelDifference levels = compare_levels(a.quality.level_curve, b.quality.level_curve, offset_s);
  const RankSettings settings;
  Ranked keeper = ranked(a, levels.in_a), loser = ranked(b, levels.in_b);
  const RankReason reason = compare_copies(keeper, loser, settings);
  if (reason.order > 0) std::swap(keeper, loser);
  Json line;
  line["schema"] = "echofold.bench.decision/1";
  put_path(line, "keep", keeper.track->path);
  put_path(line, "drop", loser.track->path);
  line["band"] = name_of(pair.judgement.band);
  line["similarity"] = similarity_out(pair.evidence.similarity());
  line["better"] = reason.better;
  line["why"] = why_worse(reason, loser);
  line["doubts"] = doubts_about(keeper, loser, reason, settings);
  line["level_doubts"] = level_doubts(*keeper.track, *loser.track, keeper.track == &a ? offset_s : -offset_s);
  line["keep_hole"] = hole_json(keeper.track == &a ? levels.in_a : levels.in_b);
  line["drop_hole"] = hole_json(keeper.track == &a ? levels.in_b : levels.in_a);
  std::cout << to_line(line) << '\n';
}

/// Listed pairs that are not copies: "unrelated" pairs have no line.
void print_related(const ListedPair& pair, const TrackRecord& a, const TrackRecord& b) {
  Json line;
  line["schema"] = "echofold.bench.related/1";
  put_path(line, "a", a.path);
  put_path(line, "b", b.path);
  line["relation"] = name_of(pair.judgement.relation);
  line["similarity"] = similarity_out(pair.evidence.similarity());
  std::cout << to_line(line) << '\n';
}

int run(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: bench_decisions DB\n", stderr);
    return 2;
  }
  const Library library = open_library(argv[1]);
  std::unordered_map<TrackId, TrackRecord> records;
  for (const Track& track : library.tracks)
    if (auto record = library.snapshot.track(track.id)) records.emplace(track.id, *std::move(record));
  print_build();
  for (const ListedPair& pair : list_pairs(library.snapshot, Thresholds{})) {
    const TrackRecord &a = records.at(pair.a), &b = records.at(pair.b);
    if (pair.judgement.relation == Relation::same_recording)
      print_decision(pair, a, b);
    else
      print_related(pair, a, b);
  }
  return std::cout.flush() ? 0 : 1;
}

}  // namespace
}  // namespace echofold::bench

int main(int argc, char** argv) {
  return echofold::bench::run_main([&] { return echofold::bench::run(argc, argv); });
}
