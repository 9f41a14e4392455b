// pairs: matching pairs with their evidence.
#include <spdlog/spdlog.h>

#include "index/base/error.h"
#include "index/pair/hearing.h"
#include "tools/commands.h"
#include "tools/console/output.h"
#include "tools/console/pair_output.h"
#include "tools/library.h"
#include "tools/stages/listen_run.h"
#include "tools/stages/plan_run.h"

namespace echofold {
namespace {

bool asked_for(const ListedPair& pair, const PairsOptions& options) {
  if (options.relation && pair.judgement.relation != *options.relation) return false;
  return pair.evidence.similarity() >= options.min_similarity;
}

TrackRecord record_of(const Snapshot& snapshot, TrackId id) {
  if (auto record = snapshot.track(id)) return *std::move(record);
  throw Error(Fault::damaged,
              "a pair names track " + std::to_string(id) + ", which the library does not have");
}

/// Notes the copies of which nobody knows how they sound beside each other.
void want_all(HeardPairs& pairs, const Snapshot& snapshot, const PairsOptions& options) {
  for (const ListedPair& pair : list_pairs(snapshot, thresholds_of(options)))
    if (is_worth_hearing(pair.judgement, pair.evidence) && !pair.heard &&
        pair.evidence.similarity() >= options.min_similarity)
      pairs.want(record_of(snapshot, pair.a), record_of(snapshot, pair.b), listen_settings(pair.evidence));
}

void listen_to_all(Store& store, const PairsOptions& options, const std::stop_token& stop) {
  HeardPairs pairs(store);
  want_all(pairs, store.snapshot(), options);  // no snapshot may live while the store is written to
  // It is about as much work as decoding them, and no row is printed before.
  if (const std::size_t count = pairs.waiting(); count > 0)
    spdlog::info("listening to {} {}", count, count == 1 ? "pair" : "pairs");
  pairs.listen(options, stop);
}

}  // namespace

ExitCode run_verb(const PairsOptions& options, const std::stop_token& stop) {
  Store store = open_for_plan(options);
  run_match_stage(store, options, stop);
  if (options.listen_to_all) listen_to_all(store, options, stop);
  const Snapshot snapshot = store.snapshot();
  begin_pairs(options);
  bool any = false;
  for (const ListedPair& pair : list_pairs(snapshot, thresholds_of(options)))
    if (asked_for(pair, options)) {
      any = true;
      print_pair(record_of(snapshot, pair.a), record_of(snapshot, pair.b), pair, options);
    }
  if (any) print_next_step(options, "`echofold plan` shows which of the copies would stay.");
  return ExitCode::done;
}

}  // namespace echofold
