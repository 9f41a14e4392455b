// export: the whole library as a report, or what was said in reviews as labels for `tune`.
#include <spdlog/spdlog.h>

#include "engine/report/csv.h"
#include "engine/report/label_rows.h"
#include "engine/report/library_rows.h"
#include "engine/report/ndjson.h"
#include "tools/commands.h"
#include "tools/library.h"
#include "tools/output.h"
#include "tools/plan_run.h"

namespace echofold {
namespace {

ExitCode export_verdicts(const Options& options) {
  const Store store = Store::open_to_read(options.db);
  const VerdictLabels verdicts = verdict_labels(store.snapshot());
  const bool csv = options.format.value_or(Format::csv) == Format::csv;
  if (csv) data_out() << label_csv_header();
  for (const VerdictLabel& label : verdicts.labels)
    data_out() << (csv ? label_to_csv(label) : label_to_line(label) + '\n');
  if (verdicts.lost > 0)
    spdlog::warn("{} verdicts speak of files that the library does not have any more", verdicts.lost);
  return ExitCode::done;
}

}  // namespace

ExitCode run_export(const Options& options, const std::stop_token& stop) {
  if (options.verdicts) return export_verdicts(options);
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
