// From options to an open library and to the settings of each stage.
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

/// For verbs that write: takes the lock and finishes what a crashed run left half done.
/// @param create  whether a library that is not there is made
/// @throws Error Fault::no_database, Fault::locked and what Store::open says
Store open_library(const GlobalOptions& options, bool create);

/// Every path of the options that must be there is, or the library knows something there.
/// @throws Error Fault::usage, with the nearest name that is there
void require_given_paths(const VerbOptions& options);

/// For verbs that look at pairs: as open_library(), but a library that can't be written to is opened for reading, and
/// said to be so.
Store open_for_plan(const GlobalOptions& options);

/// For verbs that need no library, and for -n: opened for reading; nothing where there is none.
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
