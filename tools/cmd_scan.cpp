// scan PATH...: fingerprints what is new or changed.
#include <spdlog/spdlog.h>

#include "engine/report/ndjson.h"
#include "engine/report/table.h"
#include "tools/commands.h"
#include "tools/console/output.h"
#include "tools/library.h"
#include "tools/stages/scan_run.h"

namespace echofold {

ExitCode run_scan(const Options& options, const std::stop_token& stop) {
  Store store = open_library(options, true);
  const bool ndjson = options.format == Format::ndjson;
  const ScanSummary summary = run_scan_stage(
      store, options,
      [&](const FileReport& report) {
        if (!ndjson) return;
        data_out() << file_to_line(report) << '\n';
        // Who reads along wants to see work as it is done; unchanged files come too fast for that.
        if (report.status != FileStatus::unchanged) data_out().flush();
      },
      stop);
  if (!ndjson) data_out() << scan_summary_text(summary);
  std::set<std::string> told;
  tell_passed_over(summary, told);
  if (summary.fingerprinted > 0 && !summary.interrupted)
    say_next(options, "`echofold plan` shows what is there more than once.");
  if (summary.interrupted) spdlog::info("run it again to go on from here");
  return exit_code_of_scan(summary);
}

}  // namespace echofold
