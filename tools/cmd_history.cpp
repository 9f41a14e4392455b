// history: lists the runs.
#include <algorithm>

#include "engine/act/journal/run_info.h"
#include "engine/act/recovery/history.h"
#include "engine/act/recovery/undo.h"
#include "engine/report/table.h"
#include "index/base/json.h"
#include "tools/commands.h"
#include "tools/console/output.h"
#include "tools/library.h"

namespace echofold {
namespace {

const char* undo_word(const RunInfo& run) {
  switch (run.undo_reach()) {
    case UndoReach::all:
      return "yes";
    case UndoReach::partly:
      return "partly";
    case UndoReach::none:
      break;
  }
  return "no";
}

Json places_of(const RunInfo& run) {
  Json places = Json::array();
  for (const std::string& path : run.places) {
    Json place = Json::object();
    put_path(place, "path", path);
    places.push_back(std::move(place));
  }
  return places;
}

std::string run_to_line(const RunInfo& run) {
  return to_line(Json{{"schema", "echofold.run/1"},
                      {"run", run.run},
                      {"started_at", run.started_at_s},
                      {"set_aside", run.set_aside()},
                      {"renamed", run.there.all_renamed()},
                      {"restored", run.moves_undone},
                      {"skipped", run.moves_skipped},
                      {"open", run.moves_open},
                      {"kind", run.kind},
                      {"rewritten", run.rewrites_done},
                      {"rewrites_taken_back", run.rewrites_undone},
                      {"rewrites_skipped", run.rewrites_skipped},
                      {"rewrites_open", run.rewrites_open},
                      {"finished", run.finished},
                      {"taken_back", run.taken_back},
                      {"along", run.along()},
                      {"partner_files", run.there.partner_files},
                      {"further_names", run.there.further_names},
                      {"linked", run.linked},
                      {"bytes", run.bytes},
                      {"places", places_of(run)},
                      {"gone", run.moves_gone},
                      {"purged", run.moves_purged},
                      {"purged_at", run.purged_at_s == 0 ? Json(nullptr) : Json(run.purged_at_s)},
                      {"undo", undo_word(run)},
                      {"problem", run.problem ? Json(run.problem->what()) : Json(nullptr)}});
}

}  // namespace

ExitCode run_verb(const HistoryOptions& options, const std::stop_token&) {
  const Store store = Store::open_to_read(options.db);
  const auto runs = history(store, true);
  if (options.format == Format::ndjson) {
    for (const RunInfo& run : runs) data_out() << run_to_line(run) << '\n';
  } else {
    data_out() << history_table(runs, table_style(options));
    const auto can_be_undone = [](const RunInfo& run) { return run.undo_reach() != UndoReach::none; };
    if (std::any_of(runs.begin(), runs.end(), can_be_undone))
      print_next_step(options, "`echofold undo RUN` takes a run back.");
  }
  return ExitCode::done;
}

}  // namespace echofold
