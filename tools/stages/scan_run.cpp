// See scan_run.h.
#include "tools/stages/scan_run.h"

#include <spdlog/spdlog.h>

#include "engine/report/figures.h"
#include "engine/report/passed_over.h"
#include "index/base/text/printable.h"
#include "tools/console/progress.h"

namespace echofold {

ScanSummary run_scan_stage(Store& store, const GlobalOptions& options, const std::vector<std::string>& paths,
                           const ScanSettings& settings,
                           const std::function<void(const FileReport&)>& on_file,
                           const std::stop_token& stop) {
  ProgressLine line(options);
  ScanEvents events;
  events.progress = [&](const ScanProgress& progress) { line.show(progress); };
  events.file = [&](const FileReport& report) {
    if (report.status == FileStatus::failed && !report.known) {
      line.clear();
      spdlog::warn("{}: {}", printable(report.path), printable(report.error.value_or("")));
    } else if (spdlog::should_log(spdlog::level::debug)) {  // saves escaping half a million paths
      spdlog::debug("{}: {}", printable(report.path), name_of(report.status));
    }
    on_file(report);
  };
  events.missing_variants = [&](std::uint64_t files, int percent) {
    line.clear();
    spdlog::info("{} read again: --speed {} needs more of each than earlier scans stored",
                 count_text(files, "unchanged file is", "unchanged files are"), percent);
  };
  return scan(store, paths, settings, events, stop);
}

void report_passed_over(const ScanSummary& summary, std::set<std::string>& reported) {
  for (const std::string& text : passed_over_texts(summary.passed_over))
    if (reported.insert(text).second) spdlog::info("{}", text);
}

ExitCode exit_code_of_scan(const ScanSummary& summary) noexcept {
  if (summary.interrupted) return ExitCode::interrupted;
  return summary.failed > 0 ? ExitCode::some_failed : ExitCode::done;
}

}  // namespace echofold
