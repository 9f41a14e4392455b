// The command line as plain data: what the user asked for, checked for form, with defaults filled in.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace echofold {

enum class When { automatic, always, never };
enum class Format { table, ndjson, csv, m3u };

/// Every option of every verb; a verb reads those that it offers. Times in seconds.
struct Options {
  std::string verb;

  // Global.
  std::string db;     ///< folder of the library; never empty
  int threads = 0;    ///< 0: one per core
  int verbosity = 0;  ///< -1 quiet, 0 normal, 1 verbose
  When progress = When::automatic;
  When color = When::automatic;

  // Of single verbs.
  std::vector<std::string> paths;       ///< scan, dedupe: PATH...; query: FILE; compare: A B
  std::optional<Format> format;         ///< as given; each verb has its own default
  long length_s = 0;                    ///< scan, dedupe
  std::vector<std::string> exclude;     ///< scan, dedupe
  std::vector<std::string> extensions;  ///< scan, dedupe: beside the built-in ones
  std::string files_from;               ///< scan, dedupe: file with one path a line, "-" for stdin
  bool files_from_nul = false;          ///< paths end with NUL, not with a newline
  bool allow_vanished = false;          ///< scan, dedupe
  std::string input = "-";              ///< import FILE, apply PLAN
  double min_similarity = 0;            ///< pairs, 0 .. 1
  std::string relation;                 ///< pairs; empty: all
  std::vector<std::string> protect;     ///< plan, dedupe, review, export: folders whose files stay
  bool apply = false;                   ///< dedupe
  std::string dups;                     ///< apply, dedupe, review: where losers go
  bool merge_tags = false;              ///< apply, dedupe, review: the keeper takes tags that it lacks
  bool no_playlists = false;            ///< apply, dedupe, review: playlists stay as they are
  std::string link;                     ///< likewise: "hard", "reflink"; empty: losers are set aside
  std::string run;                      ///< undo; empty: the newest
  std::string labels;                   ///< tune LABELS; empty with `verdicts`
  bool verdicts = false;                ///< tune: on the verdicts of the library; export: those alone
  double false_moves = 1e-5;            ///< tune, above 0 and below 1
  std::string html;                     ///< tune: where the report goes; empty: none
  bool repair = false;                  ///< check
  bool write = false;                   ///< tune: put the recommended thresholds into the config

  std::string config;  ///< the configuration file, there or not; empty where there is no place for one

  // From the configuration file or the defaults of docs/MATCHING.md.
  double auto_similarity = 0.98;
  double review_similarity = 0.95;
};

/// Reads the command line and the configuration file (flag > file > default).
/// `--help` and `--version` print to stdout and give nothing.
/// @throws Error Fault::usage with a message that says what is wrong and how to get help
std::optional<Options> parse_options(int argc, const char* const* argv);

}  // namespace echofold
