// The verbs that look after the library and the settings: tune, check, watch, config.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/options/shared.h"

namespace echofold {

struct TuneOptions : MatchingOptions {
  static constexpr std::string_view verb = "tune";
  static constexpr bool reads_music = true;
  std::string labels;         ///< empty with `verdicts`
  bool verdicts = false;      ///< on the verdicts of the library
  double false_moves = 1e-5;  ///< above 0 and below 1
  std::string html;           ///< where the report goes; empty: none
  bool write = false;         ///< puts the recommended thresholds into the configuration file
};

struct CheckOptions : GlobalOptions {
  static constexpr std::string_view verb = "check";
  bool repair = false;
};

struct WatchOptions : ActingOptions, WalkOptions {
  static constexpr std::string_view verb = "watch";
  static constexpr bool reads_music = true;
  std::vector<std::string> paths;        ///< those of the setting `watch.paths` where none is given
  std::vector<std::string> usual_paths;  ///< the setting `watch.paths`
  WatchPolicy policy = WatchPolicy::report;
  long interval_s = 21'600;  ///< between two scans of everything, at least 1
  long settle_s = 10;        ///< a file has to be quiet for so long, at least 1
};

struct ConfigOptions : GlobalOptions {
  static constexpr std::string_view verb = "config";
  ConfigAction action = ConfigAction::show;
  bool show_origin = false;
};

void declare(CLI::App& app, AllOptions& all, TuneOptions& options);
void declare(CLI::App& app, AllOptions& all, CheckOptions& options);
void declare(CLI::App& app, AllOptions& all, WatchOptions& options);
void declare(CLI::App& app, AllOptions& all, ConfigOptions& options);

void finish(TuneOptions& options);
void finish(CheckOptions& options);
void finish(WatchOptions& options);

}  // namespace echofold
