// Declares verbs and the flags that several of them have.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>

#include "tools/home_path.h"
#include "tools/options/all_options.h"
#include "tools/options/flag_values.h"

namespace echofold {

inline constexpr const char* dry_run_help = "Move and write nothing: only print what would be done";

CLI::App* add_verb(CLI::App& app, std::string_view name, const std::string& does);

/// A verb whose help lists -n, which every verb accepts.
CLI::App* add_acting_verb(CLI::App& app, AllOptions& all, std::string_view name, const std::string& does);

/// The verb must have a key `format.VERB`.
void add_format(CLI::App* verb, AllOptions& all);

/// The flags of WalkOptions.
void add_walk_flags(CLI::App* verb, AllOptions& all);

/// PATH... and the flags of SourceOptions.
void add_source_flags(CLI::App* verb, AllOptions& all, SourceOptions& options);

/// The flags of PlanningOptions.
void add_plan_flags(CLI::App* verb, AllOptions& all);

/// The flags of ActingOptions that PlanningOptions does not have.
void add_acting_flags(CLI::App* verb, AllOptions& all);

/// Expands `~`, and notes what the user wrote.
CLI::Validator home_path(TypedPaths& typed);

/// A flag or argument that takes one path or several, and expands `~`. (apply_config() does so for paths that are also
/// settings.)
template <class Paths>
CLI::Option* add_path(CLI::App* verb, AllOptions& all, const std::string& name, Paths& paths,
                      const std::string& help) {
  return verb->add_option(name, paths, help)->transform(home_path(all.shared.typed_paths));
}

}  // namespace echofold
