// All verbs with their options. Beside the struct of a verb are its functions:
//   declare(app, all, options)  declares the verb and its flags on `app`; `all` and `options` must outlive it
//   finish(options)             where a verb has it: checks what no single flag can, derives values, and applies
//                               --dry-run; throws Error Fault::usage
#pragma once

#include <tuple>
#include <type_traits>
#include <variant>

#include "tools/options/copies_options.h"
#include "tools/options/report_options.h"
#include "tools/options/run_options.h"
#include "tools/options/scan_options.h"
#include "tools/options/tag_options.h"
#include "tools/options/upkeep_options.h"

namespace echofold {

/// `Kind<...>` of the options of all verbs, in the order in which the help lists them.
template <template <class...> class Kind>
using OfAllVerbs = Kind<ScanOptions, ImportOptions, PairsOptions, PlanOptions, ApplyOptions, DedupeOptions,
                        ReviewOptions, UndoOptions, HistoryOptions, VerdictsOptions, PurgeOptions,
                        QueryOptions, CompareOptions, ExportOptions, TuneOptions, CheckOptions, StatsOptions,
                        WatchOptions, ConfigOptions, OrganizeOptions, TagOptions>;

/// The options of one verb.
using VerbOptions = OfAllVerbs<std::variant>;

/// What flags, environment and files say, for every verb, while the command line is read. Shared levels are stored
/// once; the verb of the line takes a copy of those that it extends.
struct AllOptions {
  ActingOptions shared;
  WalkOptions walk;
  OfAllVerbs<std::tuple> verbs;
};

/// The place of `Part` in `all`: a shared level, or the options of one verb.
template <class Part>
Part& part_of(AllOptions& all) {
  if constexpr (std::is_base_of_v<Part, ActingOptions>)
    return all.shared;
  else if constexpr (std::is_same_v<Part, WalkOptions>)
    return all.walk;
  else
    return std::get<Part>(all.verbs);
}

}  // namespace echofold
