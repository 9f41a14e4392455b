// stats: the library in figures. Reads only.
#include <ctime>

#include "engine/act/recovery/history.h"
#include "engine/report/stats_page.h"
#include "engine/report/stats_text.h"
#include "tools/commands.h"
#include "tools/console/output.h"
#include "tools/library.h"
#include "tools/stages/plan_run.h"

namespace echofold {

ExitCode run_verb(const StatsOptions& options, const std::stop_token&) {
  const Store store = Store::open_to_read(options.db);
  const Snapshot snapshot = store.snapshot();
  LibraryStats stats = library_stats(snapshot, known_plan(snapshot, store.library_id(), options));
  stats.runs = history(store, true);
  if (options.format == Format::ndjson)
    data_out() << stats_to_line(stats) << '\n';
  else if (options.format == Format::html)
    data_out() << stats_page(stats, library_charts(snapshot), options.db, std::time(nullptr));
  else
    data_out() << stats_table(stats, table_style(options));
  if (stats.plan.groups > 0) print_next_step(options, "`echofold plan` shows the copies.");
  return ExitCode::done;
}

}  // namespace echofold
