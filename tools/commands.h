// One function for each verb: its options in, exit code out. Each is in cmd_<verb>.cpp.
#pragma once

#include <stop_token>

#include "tools/exit_code.h"
#include "tools/options/all_options.h"

namespace echofold {

/// @throws Error with the fault whose exit code ends the program
ExitCode run_verb(const ScanOptions& options, const std::stop_token& stop);
ExitCode run_verb(const ImportOptions& options, const std::stop_token& stop);
ExitCode run_verb(const PairsOptions& options, const std::stop_token& stop);
ExitCode run_verb(const PlanOptions& options, const std::stop_token& stop);
ExitCode run_verb(const ApplyOptions& options, const std::stop_token& stop);
ExitCode run_verb(const DedupeOptions& options, const std::stop_token& stop);
ExitCode run_verb(const ReviewOptions& options, const std::stop_token& stop);
ExitCode run_verb(const UndoOptions& options, const std::stop_token& stop);
ExitCode run_verb(const HistoryOptions& options, const std::stop_token& stop);
ExitCode run_verb(const VerdictsOptions& options, const std::stop_token& stop);
ExitCode run_verb(const PurgeOptions& options, const std::stop_token& stop);
ExitCode run_verb(const QueryOptions& options, const std::stop_token& stop);
ExitCode run_verb(const CompareOptions& options, const std::stop_token& stop);
ExitCode run_verb(const ExportOptions& options, const std::stop_token& stop);
ExitCode run_verb(const TuneOptions& options, const std::stop_token& stop);
ExitCode run_verb(const CheckOptions& options, const std::stop_token& stop);
ExitCode run_verb(const StatsOptions& options, const std::stop_token& stop);
ExitCode run_verb(const WatchOptions& options, const std::stop_token& stop);
ExitCode run_verb(const ConfigOptions& options, const std::stop_token& stop);
ExitCode run_verb(const OrganizeOptions& options, const std::stop_token& stop);
ExitCode run_verb(const TagOptions& options, const std::stop_token& stop);

}  // namespace echofold
