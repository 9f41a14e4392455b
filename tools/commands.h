// One function a verb: options in, exit code out. Each lives in cmd_<verb>.cpp.
#pragma once

#include <stop_token>

#include "tools/exit_code.h"
#include "tools/options.h"

namespace echofold {

/// @throws Error with the fault whose exit code ends the program
ExitCode run_scan(const Options& options, const std::stop_token& stop);
ExitCode run_import(const Options& options, const std::stop_token& stop);
ExitCode run_pairs(const Options& options, const std::stop_token& stop);
ExitCode run_plan(const Options& options, const std::stop_token& stop);
ExitCode run_apply(const Options& options, const std::stop_token& stop);
ExitCode run_dedupe(const Options& options, const std::stop_token& stop);
ExitCode run_review(const Options& options, const std::stop_token& stop);
ExitCode run_undo(const Options& options, const std::stop_token& stop);
ExitCode run_verdicts(const Options& options, const std::stop_token& stop);
ExitCode run_purge(const Options& options, const std::stop_token& stop);
ExitCode run_history(const Options& options, const std::stop_token& stop);
ExitCode run_query(const Options& options, const std::stop_token& stop);
ExitCode run_compare(const Options& options, const std::stop_token& stop);
ExitCode run_export(const Options& options, const std::stop_token& stop);
ExitCode run_tune(const Options& options, const std::stop_token& stop);
ExitCode run_tag(const Options& options, const std::stop_token& stop);
ExitCode run_check(const Options& options, const std::stop_token& stop);
ExitCode run_watch(const Options& options, const std::stop_token& stop);
ExitCode run_stats(const Options& options, const std::stop_token& stop);
ExitCode run_config(const Options& options, const std::stop_token& stop);
ExitCode run_organize(const Options& options, const std::stop_token& stop);

}  // namespace echofold
