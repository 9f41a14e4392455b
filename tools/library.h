// Opens the library, and turns options into the settings of each stage.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/act/apply.h"
#include "engine/dedupe/match.h"
#include "engine/dedupe/plan.h"
#include "engine/library/scan.h"
#include "index/store/store.h"
#include "tools/options/all_options.h"

namespace echofold {

/// For verbs that write: takes the lock, recovers what a crashed run left in doubt, and stores the answers that waited
/// for the library (engine/dedupe/waiting_answers.h).
/// @param create  whether a library that does not exist is created
/// @throws Error Fault::no_database, Fault::locked, and as Store::open
Store open_library(const GlobalOptions& options, bool create);

/// Checks that every path which must exist does, or that the library knows something there.
/// @throws Error Fault::usage, with the nearest name that exists
void require_given_paths(const VerbOptions& options);

/// For verbs that look at pairs: as open_library(), but a library that can't be written to is opened for reading, with
/// a message.
Store open_for_plan(const GlobalOptions& options);

/// For verbs that need no library, and for -n: opened for reading; nothing where there is no library.
std::optional<Store> library_if_there(const GlobalOptions& options);

ScanSettings scan_settings(const WalkOptions& options);
ScanSettings scan_settings(const SourceOptions& options);
Thresholds thresholds_of(const MatchingOptions& options);
MatchSettings match_settings(const MatchingOptions& options);
PlanSettings plan_settings(const PlanningOptions& options);
ApplySettings apply_settings(const ActingOptions& options);

/// The absolute form of each (engine/library/walk.h).
std::vector<std::string> absolute_paths(const std::vector<std::string>& paths);

/// PATH... and the lines of --files-from[0]. @throws Error Fault::usage when there are none, Fault::interrupted
std::vector<std::string> paths_to_scan(const SourceOptions& options, const std::stop_token& stop);

/// @throws Error Fault::interrupted once a stop is requested
void require_not_stopped(const std::stop_token& stop);

}  // namespace echofold
