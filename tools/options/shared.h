// The options that verbs share. The options of a verb are a struct of its own, which extends the level that it needs:
// GlobalOptions <- MatchingOptions <- PlanningOptions <- ActingOptions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "index/base/progress.h"
#include "tools/options/words.h"

namespace CLI {
class App;
}

namespace echofold {

struct AllOptions;  ///< for declare() of each verb: tools/options/all_options.h

/// Nothing: not set.
using ConfigValue =
    std::variant<std::monostate, bool, std::int64_t, double, std::string, std::vector<std::string>>;

enum class Origin : std::uint8_t { preset, user, project, environment, flag };

/// "default", "user", "project", "environment", "flag".
std::string_view name_of(Origin origin) noexcept;

/// The value of one key of tools/config/keys.h, after flags, environment and files.
struct Setting {
  std::string key;
  ConfigValue value;
  Origin origin = Origin::preset;
  std::string where;  ///< "FILE:LINE", the variable, the flag; empty for a default
  bool is_secret = false;
};

/// Paths whose `~` was expanded, each with the text that the user wrote.
using TypedPaths = std::vector<std::pair<std::string, std::string>>;

/// Which files were read, and what they and the other sources set.
struct LoadedConfig {
  std::string
      user_file;  ///< the user's configuration file, there or not; empty where there is no place for one
  std::string project_file;           ///< the project's; empty: there is none, or it is not used
  std::vector<Setting> settings;      ///< every key, in the table's order
  std::vector<std::string> warnings;  ///< to be logged once the log is set up
};

/// Of every verb.
struct GlobalOptions {
  static constexpr bool reads_music = false;  ///< a verb that does hides it

  std::string db;   ///< folder of the library; never empty
  int threads = 0;  ///< 0: one per core
  Verbosity verbosity = Verbosity::normal;
  When progress = When::automatic;
  When color = When::automatic;
  std::string log;       ///< a file that gets every message with its time; empty: none
  bool dry_run = false;  ///< nothing is moved or written; then `apply`, `repair` and `write` are false
  std::optional<Format> format;  ///< as given; each verb has its own default
  LoadedConfig config;
  TypedPaths typed_paths;
  Progress on_progress = {};  ///< not an option: also told of each step that ProgressLine is told of
};

/// Of verbs that judge pairs. The defaults are those of docs/THRESHOLDS.md.
struct MatchingOptions : GlobalOptions {
  double auto_similarity = 0.98;
  double review_similarity = 0.95;
  bool listen = true;  ///< compare copies by ear
};

/// Of verbs that make a plan.
struct PlanningOptions : MatchingOptions {
  std::vector<std::string> protect;  ///< folders whose files stay
  Scope scope = Scope::album;
  bool again = false;  ///< also what `undo` brought back
};

/// Of verbs that set files aside.
struct ActingOptions : PlanningOptions {
  std::string dups;              ///< where losers go; empty: a folder in their root
  bool keep_path = false;        ///< the keeper gets its loser's place
  bool merge_tags = false;       ///< the keeper takes tags that it lacks
  bool playlists = true;         ///< playlists follow a loser to its keeper
  std::optional<LinkKind> link;  ///< nothing: losers are set aside
};

/// Of verbs that walk through folders.
struct WalkOptions {
  long length_s = 0;                    ///< of each file; 0: all of it
  std::vector<std::string> exclude;     ///< globs
  std::vector<std::string> extensions;  ///< beside the built-in ones
  bool include_trash = false;
};

/// Of verbs that scan what the user names.
struct SourceOptions : WalkOptions {
  std::vector<std::string> paths;
  std::string files_from;       ///< a file with one path a line, "-" for stdin; empty: none
  bool files_from_nul = false;  ///< its paths end with NUL, not with a newline
  bool allow_vanished = false;
  bool remeasure = false;
};

}  // namespace echofold
