// The command line as plain data: what the user asked for, checked for form, with defaults filled in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "tools/option_words.h"

namespace echofold {

/// Nothing: not set.
using ConfigValue =
    std::variant<std::monostate, bool, std::int64_t, double, std::string, std::vector<std::string>>;

enum class Origin : std::uint8_t { preset, user, project, environment, flag };

/// "default", "user", "project", "environment", "flag".
std::string_view name_of(Origin origin) noexcept;

/// One key of the configuration, as it stands after flags, environment and files (tools/config_keys).
struct Setting {
  std::string key;
  ConfigValue value;
  Origin origin = Origin::preset;
  std::string where;  ///< "FILE:LINE", the variable, the flag; empty for a default
  bool is_secret = false;
};

/// Every option of every verb; a verb reads those that it offers. Times in seconds.
struct Options {
  std::string verb;

  // Global.
  std::string db;   ///< folder of the library; never empty
  int threads = 0;  ///< 0: one per core
  Verbosity verbosity = Verbosity::normal;
  When progress = When::automatic;
  When color = When::automatic;
  std::string log;       ///< a file that gets every message with its time; empty: none
  bool dry_run = false;  ///< nothing is moved or written; then `apply`, `repair` and `write` are false

  // Of single verbs.
  std::vector<std::string> paths;  ///< scan, dedupe: PATH...; query: FILE; compare: A B; organize: only below
  std::optional<Format> format;    ///< as given; each verb has its own default
  long length_s = 0;               ///< scan, dedupe
  std::vector<std::string> exclude;     ///< scan, dedupe
  std::vector<std::string> extensions;  ///< scan, dedupe: beside the built-in ones
  std::string files_from;               ///< scan, dedupe: file with one path a line, "-" for stdin
  bool files_from_nul = false;          ///< paths end with NUL, not with a newline
  bool allow_vanished = false;          ///< scan, dedupe
  bool remeasure = false;               ///< scan, dedupe
  bool include_trash = false;           ///< scan, dedupe, watch
  std::string input = "-";              ///< import FILE, apply PLAN
  double min_similarity = 0;            ///< pairs, 0 .. 1
  std::optional<Relation> relation;     ///< pairs; nothing: all
  std::vector<std::string> protect;     ///< plan, dedupe, review, export: folders whose files stay
  bool summary = false;                 ///< plan, dedupe: the totals of the table alone
  bool apply = false;                   ///< dedupe, organize, tag
  bool only_new = false;                ///< dedupe: nothing outside `paths` is moved
  std::string into;                 ///< organize: new names lie below this folder; empty: in each file's root
  std::string name_template;        ///< organize; empty: Picard's layout
  std::string dups;                 ///< apply, dedupe, review: where losers go
  Scope scope = Scope::album;       ///< plan, dedupe, review, export
  bool keep_path = false;           ///< apply, dedupe, review: the keeper gets its loser's place
  bool trust_plan = false;          ///< apply: also moves what the library does not know as copies
  bool merge_tags = false;          ///< apply, dedupe, review: the keeper takes tags that it lacks
  bool playlists = true;            ///< apply, dedupe, review: playlists follow a loser to its keeper
  std::optional<LinkKind> link;     ///< likewise; nothing: losers are set aside
  std::string run;                  ///< undo; empty: the newest
  bool answers = false;             ///< undo: also takes the answers back that sent files away
  bool again = false;               ///< plan, dedupe, review, watch, export: also what undo brought back
  bool redo = false;                ///< review: asks again about what was answered
  bool yes = false;                 ///< undo, purge: asks nothing
  std::vector<std::string> forget;  ///< verdicts: two files; empty: lists
  long older_than_s = 0;            ///< purge: only runs that are older
  bool older_than_given = false;
  std::string labels;               ///< tune LABELS; empty with `verdicts`
  bool verdicts = false;            ///< tune: on the verdicts of the library; export: those alone
  double false_moves = 1e-5;        ///< tune, above 0 and below 1
  std::string html;                 ///< tune: where the report goes; empty: none
  std::optional<ExportRows> which;  ///< export; nothing: not given
  std::string since;                ///< export: a run; empty: all
  bool fingerprints = false;        ///< export: with the fingerprint, as fpcalc prints it
  std::string relative;             ///< export as m3u: the folder that paths are relative to; empty: none
  bool repair = false;              ///< check
  bool all = false;                 ///< tag: the whole library
  bool every = false;               ///< tag: also files that have tags and are no keepers
  bool keep_mtime = false;          ///< tag
  bool overwrite = false;           ///< tag: also tags that are there
  bool offline = false;             ///< tag: ask nobody
  bool refresh = false;             ///< tag: ask again for what was asked before
  bool write = false;               ///< tune: put the recommended thresholds into the config

  std::vector<std::string> watch_paths;  ///< watch without PATH
  WatchPolicy watch_policy = WatchPolicy::report;
  long watch_interval_s = 21'600;  ///< watch: between two scans of everything, at least 1
  long watch_settle_s = 10;        ///< watch: a file has to be quiet for so long, at least 1
  ConfigAction action = ConfigAction::show;
  bool show_origin = false;  ///< config show

  std::string config;  ///< the user's configuration file, there or not; empty where there is no place for one
  std::string project_config;     ///< the project's, where there is one
  std::vector<Setting> settings;  ///< every key, in the table's order
  std::vector<std::pair<std::string, std::string>>
      typed_paths;                    ///< paths with `~` expanded, and as they were given
  std::vector<std::string> warnings;  ///< to be logged once the log is set up

  // From the configuration or the defaults of docs/THRESHOLDS.md.
  double auto_similarity = 0.98;
  double review_similarity = 0.95;

  // From the environment or the configuration file.
  std::string acoustid_url;  ///< empty: that of the service
  std::string acoustid_key;  ///< a secret; empty: none
  int lookup_age_days = 30;  ///< 0 .. 3650
};

/// Reads the command line and the configuration (flag > environment > project's file > user's file > default).
/// `--help` and `--version` print to stdout and give nothing.
/// @throws Error Fault::usage with a message that says what is wrong and how to get help
std::optional<Options> parse_options(int argc, const char* const* argv);

}  // namespace echofold
