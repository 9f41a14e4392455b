// See report_options.h.
#include "tools/options/report_options.h"

#include "index/base/error.h"
#include "tools/config/setting_flags.h"
#include "tools/options/verb_flags.h"

namespace echofold {

void declare(CLI::App& app, AllOptions& all, QueryOptions& options) {
  CLI::App* verb = add_verb(app, options.verb, "Compare one file with the library");
  // Declared as a list, since the message about a second file is the one that lists get.
  const auto take = [&options](const std::vector<std::string>& files) { options.file = files.front(); };
  verb->add_option_function<std::vector<std::string>>("file", take, "An audio file")
      ->transform(home_path(all.shared.typed_paths))
      ->type_name("FILE")
      ->required()
      ->expected(1);
  add_format(verb, all);
}

void declare(CLI::App& app, AllOptions& all, CompareOptions& options) {
  CLI::App* verb = add_verb(app, options.verb, "Compare two files");
  add_path(verb, all, "files", options.files, "Two audio files")->type_name("A B")->required()->expected(2);
  add_setting(verb, "listen", all);
  add_format(verb, all);
}

void declare(CLI::App& app, AllOptions& all, ExportOptions& options) {
  CLI::App* verb = add_verb(app, options.verb, "Write the library as a table or a playlist");
  add_plan_flags(verb, all);
  verb->add_flag("--verdicts", options.verdicts,
                 "Write the answers of reviews instead, as labels for `tune`");
  add_choice(verb, "--which", options.which, "Only these: keepers, losers, review, all")->type_name("WHICH");
  verb->add_option("--since", options.since, "Only what this run of `history` and later ones moved")
      ->type_name("RUN");
  verb->add_flag("--fingerprints", options.fingerprints, "Add each fingerprint, as fpcalc prints it");
  add_path(verb, all, "--relative", options.relative, "Write paths in the playlist relative to this folder")
      ->type_name("DIR");
  add_format(verb, all);
}

void finish(ExportOptions& options) {
  const bool is_playlist = options.format == Format::m3u;
  if (options.verdicts && is_playlist) throw Error(Fault::usage, "--verdicts needs --format csv or ndjson");
  if (options.verdicts && (options.which || !options.since.empty()))
    throw Error(Fault::usage, "--verdicts can't be used with --which or --since, which choose tracks");
  if (options.fingerprints && (is_playlist || options.verdicts))
    throw Error(Fault::usage, "--fingerprints goes with csv and ndjson of tracks");
  if (!options.relative.empty() && !is_playlist)
    throw Error(Fault::usage, "--relative is for playlists: use it with --format m3u");
}

void declare(CLI::App& app, AllOptions& all, StatsOptions& options) {
  add_format(add_verb(app, options.verb, "Print the library in figures"), all);
}

}  // namespace echofold
