// history: lists the runs.
#include "engine/act/undo.h"
#include "engine/json.h"
#include "engine/report/table.h"
#include "tools/commands.h"
#include "tools/console/output.h"
#include "tools/library.h"

namespace echofold {
namespace {

std::string run_to_line(const RunInfo& run) {
  return to_line(Json{{"schema", "echofold.run/1"},
                      {"run", run.run},
                      {"started_at", run.started_at_s},
                      {"set_aside", run.moves_done - run.along},
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
                      {"along", run.along},
                      {"problem", run.problem.empty() ? Json(nullptr) : Json(run.problem)}});
}

}  // namespace

ExitCode run_history(const Options& options, const std::stop_token&) {
  const Store store = Store::open_to_read(options.db);
  const auto runs = history(store);
  if (options.format == Format::ndjson) {
    for (const RunInfo& run : runs) data_out() << run_to_line(run) << '\n';
  } else {
    data_out() << history_table(runs, table_style(options));
  }
  return ExitCode::done;
}

}  // namespace echofold
