// See plan_run.h.
#include "tools/stages/plan_run.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "engine/dedupe/plan_ndjson.h"
#include "engine/dedupe/stored_heard.h"
#include "engine/report/csv.h"
#include "engine/report/figures.h"
#include "engine/report/m3u.h"
#include "engine/report/plan_table.h"
#include "index/base/text/printable.h"
#include "tools/console/output.h"
#include "tools/console/progress.h"
#include "tools/console/terminal.h"
#include "tools/library.h"
#include "tools/stages/listen_run.h"

namespace echofold {

namespace {

void warn_not_compared(const Snapshot& snapshot) {
  std::uint64_t tracks = 0;
  const TrackId compared = snapshot.paired_through();
  snapshot.for_each_track([&](const TrackRecord& track) {
    tracks += track.id > compared && track.status == TrackStatus::fingerprinted ? 1 : 0;
  });
  if (tracks > 0)
    spdlog::warn("{} not compared with the rest: that takes a library that can be written to",
                 count_text(tracks, "track was", "tracks were"));
}

}  // namespace

void run_match_stage(Store& store, const MatchingOptions& options, const std::stop_token& stop) {
  if (!store.writable()) return warn_not_compared(store.snapshot());
  ProgressLine line(options);
  update_pairs(store, match_settings(options), line.stages(), stop);
}

Plan known_plan(const Snapshot& snapshot, const std::string& library_id, const PlanningOptions& options) {
  PlanSettings settings = plan_settings(options);
  settings.by_ear = [&](const TrackRecord& keeper, const TrackRecord& loser, const Evidence&) {
    return ByEar{stored_heard(snapshot, keeper, loser), {}};
  };
  settings.heard_so_far = [&](const TrackRecord& a, const TrackRecord& b) {
    return stored_heard(snapshot, a, b);
  };
  return make_plan(snapshot, library_id, settings);
}

Plan run_plan_stage(Store& store, const PlanningOptions& options, const std::stop_token& stop) {
  run_match_stage(store, options, stop);
  return known_plan(store.snapshot(), store.library_id(), options);
}

Plan run_listening_plan_stage(Store& store, const PlanningOptions& options, PlanSettings settings,
                              const std::stop_token& stop) {
  run_match_stage(store, options, stop);
  HeardPairs pairs(store);
  if (!options.listen) spdlog::info("copies are not compared by ear: the fingerprints alone decide");
  if (options.listen) {
    settings.by_ear = [&](const TrackRecord& keeper, const TrackRecord& loser, const Evidence& evidence) {
      return pairs.by_ear(keeper, loser, listen_settings(evidence));
    };
    settings.heard_so_far = [&](const TrackRecord& a, const TrackRecord& b) { return pairs.so_far(a, b); };
  }
  // A pair that is asked about can change which other pairs are moved, so the plan is made until it has no new ones.
  for (;;) {
    Plan plan = make_plan(store.snapshot(), store.library_id(), settings);
    if (!pairs.listen(options, stop)) return plan;
  }
}

void print_plan(const Plan& plan, const GlobalOptions& options, bool summary) {
  switch (options.format.value_or(Format::table)) {
    case Format::table:
    case Format::html:
      data_out() << (summary ? totals_text(totals_of(plan), table_style(options))
                             : plan_table(plan, table_style(options)));
      break;
    case Format::ndjson:
      for (const PlanGroup& group : plan.groups) data_out() << group_to_line(group, plan.library_id) << '\n';
      break;
    case Format::csv:
      write_plan_csv(data_out(), plan);
      break;
    case Format::m3u:
      for (const std::string& path : write_plan_m3u(data_out(), plan))
        spdlog::warn("{}: a playlist can't hold such a name", printable(path));
      break;
  }
}

}  // namespace echofold
