// export: the whole library as a report.
#include "engine/report/csv.h"
#include "engine/report/library_rows.h"
#include "engine/report/ndjson.h"
#include "tools/commands.h"
#include "tools/library.h"
#include "tools/output.h"
#include "tools/plan_run.h"

namespace echofold {

ExitCode run_export(const Options& options, const std::stop_token& stop) {
  Store store = open_library(options, false);
  const Plan plan = run_plan_stage(store, options, {}, stop);
  const Snapshot snapshot = store.snapshot();
  switch (options.format.value_or(Format::csv)) {
    case Format::csv:
      write_library_csv(data_out(), snapshot, plan);
      break;
    case Format::ndjson:
      for_each_library_row(snapshot, plan,
                           [](const LibraryRow& row) { data_out() << library_row_to_line(row) << '\n'; });
      break;
    case Format::m3u:
    case Format::table:
      print_plan(plan, options);
      break;
  }
  return ExitCode::done;
}

}  // namespace echofold
