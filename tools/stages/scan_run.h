// Runs a scan for `scan`, `dedupe` and `watch`: with progress, and with each failure on stderr.
#pragma once

#include <functional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/library/scan.h"
#include "index/store/store.h"
#include "tools/exit_code.h"
#include "tools/options/shared.h"

namespace echofold {

/// Scans these files and folders. @param on_file  also gets the report of each file
ScanSummary run_scan_stage(Store& store, const GlobalOptions& options, const std::vector<std::string>& paths,
                           const ScanSettings& settings,
                           const std::function<void(const FileReport&)>& on_file,
                           const std::stop_token& stop);

/// Prints on stderr what the scan passed over, except the texts that are in `reported`, and adds them to `reported`.
void report_passed_over(const ScanSummary& summary, std::set<std::string>& reported);

/// The exit code: interrupted, some_failed or done.
ExitCode exit_code_of_scan(const ScanSummary& summary) noexcept;

}  // namespace echofold
