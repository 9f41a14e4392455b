// compare A B: two files against each other, at every offset; needs no library.
#include "engine/dedupe/damaged_copies.h"
#include "engine/dedupe/title_guard.h"
#include "index/join/speed_probe.h"
#include "index/pair/align.h"
#include "index/pair/hearing.h"
#include "tools/commands.h"
#include "tools/console/pair_output.h"
#include "tools/library.h"
#include "tools/stages/decoding.h"
#include "tools/stages/hear_pairs.h"
#include "tools/stages/listen_run.h"
#include "tools/stages/read_file.h"

namespace echofold {

ExitCode run_verb(const CompareOptions& options, const std::stop_token& stop) {
  const LooseTrack a = read_loose_track(options.files.at(0), jailed_reader(), stop);
  const LooseTrack b = read_loose_track(options.files.at(1), jailed_reader(), stop);
  ListedPair pair;
  const Thresholds thresholds = thresholds_of(options);
  pair.evidence = best_of_all_speeds(a.items, b.items, exhaustive_alignment(a.items, b.items), thresholds);
  pair.judgement =
      with_damaged_copy(judge(pair.evidence, thresholds), pair.evidence, a.record, b.record, thresholds);
  if (options.listen && pair.judgement.relation != Relation::unrelated)
    pair.heard = listen_to_files(a.record, b.record, listen_settings(pair.evidence), stop);
  if (pair.heard) pair.judgement = with_hearing(pair.judgement, pair.evidence, *pair.heard, thresholds);
  pair.judgement = with_title_guard(pair.judgement, a.record, b.record);
  begin_pairs(options);
  print_pair(a.record, b.record, pair, options);
  return ExitCode::done;
}

}  // namespace echofold
