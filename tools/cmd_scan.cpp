// scan PATH...: fingerprints what is new or changed.
#include <spdlog/spdlog.h>

#include <optional>

#include "engine/report/ndjson.h"
#include "engine/report/table.h"
#include "index/base/text/printable.h"
#include "tools/commands.h"
#include "tools/console/output.h"
#include "tools/library.h"
#include "tools/stages/scan_run.h"

namespace echofold {
namespace {

ExitCode preview(const ScanOptions& options, const std::stop_token& stop) {
  const bool ndjson = options.format == Format::ndjson;
  const std::optional<Store> store = library_if_there(options);
  const ScanPreview preview = preview_scan(
      store ? &*store : nullptr, paths_to_scan(options, stop), scan_settings(options),
      [&](const FileReport& report) {
        if (ndjson)
          data_out() << file_to_line(report) << '\n';
        else if (report.status == FileStatus::would_read)
          data_out() << "would read " << printable(report.path) << '\n';
        else if (report.status == FileStatus::failed && !report.known)
          spdlog::warn("{}: {}", printable(report.path), printable(report.error.value_or("")));
      },
      stop);
  if (!ndjson) data_out() << scan_preview_text(preview);
  return preview.failed > 0 ? ExitCode::some_failed : ExitCode::done;
}

}  // namespace

ExitCode run_verb(const ScanOptions& options, const std::stop_token& stop) {
  if (options.dry_run) return preview(options, stop);
  Store store = open_library(options, true);
  const bool ndjson = options.format == Format::ndjson;
  const ScanSummary summary = run_scan_stage(
      store, options, paths_to_scan(options, stop), scan_settings(options),
      [&](const FileReport& report) {
        if (!ndjson) return;
        data_out() << file_to_line(report) << '\n';
        // A reader sees each file as soon as it is done. Unchanged files are too many for a flush each.
        if (report.status != FileStatus::unchanged) data_out().flush();
      },
      stop);
  if (!ndjson) data_out() << scan_summary_text(summary);
  std::set<std::string> reported;
  report_passed_over(summary, reported);
  if (summary.fingerprinted > 0 && !summary.interrupted)
    print_next_step(options, "`echofold plan` shows what is there more than once.");
  if (summary.interrupted) spdlog::info("run it again to go on from here");
  return exit_code_of_scan(summary);
}

}  // namespace echofold
