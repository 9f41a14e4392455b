// The verbs that only report: query, compare, export, stats.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/options/shared.h"

namespace echofold {

struct QueryOptions : MatchingOptions {
  static constexpr std::string_view verb = "query";
  static constexpr bool reads_music = true;
  std::string file;
};

struct CompareOptions : MatchingOptions {
  static constexpr std::string_view verb = "compare";
  static constexpr bool reads_music = true;
  std::vector<std::string> files;  ///< two
};

struct ExportOptions : PlanningOptions {
  static constexpr std::string_view verb = "export";
  bool verdicts = false;            ///< only the answers of reviews
  std::optional<ExportRows> which;  ///< nothing: not given
  std::string since;                ///< a run; empty: all
  bool fingerprints = false;        ///< with the fingerprint, as fpcalc prints it
  std::string relative;             ///< as m3u: the folder that paths are relative to; empty: none
};

struct StatsOptions : PlanningOptions {
  static constexpr std::string_view verb = "stats";
};

void declare(CLI::App& app, AllOptions& all, QueryOptions& options);
void declare(CLI::App& app, AllOptions& all, CompareOptions& options);
void declare(CLI::App& app, AllOptions& all, ExportOptions& options);
void declare(CLI::App& app, AllOptions& all, StatsOptions& options);

void finish(ExportOptions& options);

}  // namespace echofold
