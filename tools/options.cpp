// Every verb and flag of the contract (docs/CLI.md), declared once with CLI11.
#include "tools/options.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>
#include <string_view>
#include <vector>

#include "index/base/error.h"
#include "tools/config/config.h"
#include "tools/config/setting_flags.h"
#include "tools/flag_values.h"
#include "tools/given_paths.h"
#include "tools/help_examples.h"
#include "tools/help_format.h"
#include "tools/parse_errors.h"

namespace echofold {
namespace {

constexpr const char* dry_run_help = "Move and write nothing: only say what would be done";

/// Flags that are not in Options themselves.
struct Raw {
  std::string config;
  std::string files_from0;
  std::string older_than;
  bool quiet = false;
  int verbose = 0;
};

void add_globals(CLI::App& app, Options& options, Raw& raw) {
  add_setting(&app, "db", options);
  app.add_option("--config", raw.config, "Configuration file (TOML)")->type_name("FILE");
  add_setting(&app, "threads", options);
  app.add_flag("-q,--quiet", raw.quiet, "Only results and errors");
  app.add_flag("-v,--verbose", raw.verbose, "Say more on stderr");
  add_setting(&app, "progress", options);
  add_setting(&app, "log", options);
  app.add_flag("-n,--dry-run", options.dry_run, dry_run_help);
  add_setting(&app, "color", options);
}

CLI::App* add_verb(CLI::App& app, const std::string& name, const std::string& does) {
  CLI::App* verb = app.add_subcommand(name, does);
  verb->fallthrough();  // global flags are welcome behind the verb, too
  return verb;
}

/// -n is welcome everywhere; the help of what acts lists it.
CLI::App* add_acting_verb(CLI::App& app, Options& options, const std::string& name, const std::string& does) {
  CLI::App* verb = add_verb(app, name, does);
  verb->add_flag("-n,--dry-run", options.dry_run, dry_run_help);
  return verb;
}

void add_format(CLI::App* verb, Options& options) {
  add_setting(verb, "format." + verb->get_name(), options);
}

void add_walk_flags(CLI::App* verb, Options& options) {
  for (const char* key : {"length", "exclude", "extensions"}) add_setting(verb, key, options);
}

void add_scan_flags(CLI::App* verb, Options& options, Raw& raw) {
  verb->add_option("paths", options.paths, "Folders and files")->type_name("PATH");
  add_walk_flags(verb, options);
  add_setting(verb, "include_trash", options);
  auto* lines = verb->add_option("--files-from", options.files_from,
                                 "Read paths, one a line; - is stdin; not with --files-from0")
                    ->type_name("FILE");
  verb->add_option("--files-from0", raw.files_from0,
                   "Read paths that end with NUL; - is stdin; not with --files-from")
      ->type_name("FILE")
      ->excludes(lines);
  verb->add_flag("--allow-vanished", options.allow_vanished,
                 "Go on although a folder is empty now or more than half of its tracks are gone");
  verb->add_flag("--remeasure", options.remeasure,
                 "Read unchanged files again of which an older echofold measured less than this one");
}

void add_plan_flags(CLI::App* verb, Options& options) {
  add_setting(verb, "protect", options);
  add_setting(verb, "scope", options);
  verb->add_flag("--again", options.again, "Also copies that `undo` brought back, which stay otherwise");
}

void add_summary(CLI::App* verb, Options& options) {
  verb->add_flag("--summary", options.summary, "Only the totals of the table");
}

void add_acting_flags(CLI::App* verb, Options& options) {
  for (const char* key : {"dups", "merge_tags", "playlists", "link", "keep_path"})
    add_setting(verb, key, options);
}

void add_main_verbs(CLI::App& app, Options& options, Raw& raw) {
  CLI::App* verb = add_acting_verb(app, options, "scan", "Fingerprint what is new or changed");
  add_scan_flags(verb, options, raw);
  add_format(verb, options);

  verb = add_acting_verb(app, options, "import", "Take fingerprints made elsewhere (NDJSON)");
  verb->add_option("file", options.input, "NDJSON file; - is stdin")->type_name("FILE");

  verb = add_verb(app, "pairs", "Matching pairs with their evidence");
  add_setting(verb, "min_similarity", options);
  add_setting(verb, "relation", options);
  add_format(verb, options);

  verb = add_verb(app, "plan", "Groups with keeper and reasons; touches nothing");
  add_plan_flags(verb, options);
  add_summary(verb, options);
  add_format(verb, options);

  verb = add_acting_verb(app, options, "apply", "Act on a plan; checks everything again first");
  verb->add_option("plan", options.input, "What `plan --format ndjson` printed; - is stdin")
      ->type_name("PLAN")
      ->required();
  verb->add_flag("--trust-plan", options.trust_plan,
                 "Also move files that are no copies of the one that stays, as far as the library knows");
  add_acting_flags(verb, options);
  add_format(verb, options);

  verb = add_acting_verb(app, options, "dedupe",
                         "The main job: compare PATH with everything known; --apply acts");
  add_scan_flags(verb, options, raw);
  add_plan_flags(verb, options);
  add_acting_flags(verb, options);
  add_summary(verb, options);
  verb->add_flag("--apply", options.apply, "Set aside what is certain, ask about the rest");
  verb->add_flag("--only-new", options.only_new,
                 "Move nothing outside PATH: a better new file stays beside the library's copy");
  add_format(verb, options);

  verb = add_acting_verb(app, options, "review", "Settle the pairs that need a decision");
  add_plan_flags(verb, options);
  verb->add_flag("--redo", options.redo, "Ask again about pairs that were answered before");
  add_acting_flags(verb, options);
}

void add_looking_back(CLI::App& app, Options& options, Raw& raw) {
  CLI::App* verb = add_acting_verb(app, options, "undo", "Take a run back");
  verb->add_option("run", options.run, "A run of `history` [default: the newest]")->type_name("RUN");
  add_format(verb, options);

  verb->add_flag("--answers", options.answers, "Also take back the answers of a review that sent files away");
  verb->add_flag("--yes", options.yes, "Ask nothing; without --answers the answers stay");

  verb = add_verb(app, "history", "List the runs");
  add_format(verb, options);

  verb =
      add_acting_verb(app, options, "verdicts", "List what was answered in reviews, or take an answer back");
  verb->add_option("--forget", options.forget, "Take back the answer about these two files")
      ->type_name("A B")
      ->expected(2);
  add_format(verb, options);

  verb = add_acting_verb(app, options, "purge", "Delete what old runs set aside, after asking");
  verb->add_option("--older-than", raw.older_than, "Only runs older than this: 30d, 8w, 6m, 1y")
      ->type_name("AGE");
  verb->add_flag("--yes", options.yes, "Ask nothing: for scripts");
  add_format(verb, options);
}

void add_questions(CLI::App& app, Options& options) {
  CLI::App* verb = add_verb(app, "query", "One file against the library");
  verb->add_option("file", options.paths, "An audio file")->type_name("FILE")->required()->expected(1);
  add_format(verb, options);

  verb = add_verb(app, "compare", "Two files against each other");
  verb->add_option("files", options.paths, "Two audio files")->type_name("A B")->required()->expected(2);
  add_format(verb, options);

  verb = add_verb(app, "export", "The whole library as a report");
  add_plan_flags(verb, options);
  verb->add_flag("--verdicts", options.verdicts, "The answers of reviews, as labels for `tune`");
  add_choice(verb, "--which", options.which, "Only these: keepers, losers, review, all")->type_name("WHICH");
  verb->add_option("--since", options.since, "Only what this run of `history` and later ones moved")
      ->type_name("RUN");
  verb->add_flag("--fingerprints", options.fingerprints, "With each fingerprint, as fpcalc prints it");
  verb->add_option("--relative", options.relative, "Paths of the playlist relative to this folder")
      ->type_name("DIR");
  add_format(verb, options);
}

void add_check(CLI::App& app, Options& options) {
  CLI::App* verb = add_acting_verb(app, options, "check", "Is the library whole? Says what is hurt");
  verb->add_flag("--repair", options.repair, "Save what is whole; the damaged file is kept");
  add_format(verb, options);
}

void add_keeping(CLI::App& app, Options& options) {
  CLI::App* verb = add_verb(app, "stats", "The library in figures");
  add_format(verb, options);

  verb = add_acting_verb(app, options, "watch", "Keep the library in step with its folders");
  verb->add_option("paths", options.paths, "Folders [default: watch.paths]")->type_name("PATH");
  for (const char* key : {"watch.policy", "watch.interval", "watch.settle"}) add_setting(verb, key, options);
  add_walk_flags(verb, options);
  add_setting(verb, "include_trash", options);
  add_plan_flags(verb, options);
  add_acting_flags(verb, options);
  add_format(verb, options);

  verb = add_verb(app, "config", "What is set and where; which files are looked at");
  add_choice(verb, "action", options.action, "show, path")->type_name("show|path")->required();
  verb->add_flag("--origin", options.show_origin, "Also where each setting comes from");
  add_format(verb, options);
  verb->footer(config_help());
}

void add_tag(CLI::App& app, Options& options) {
  CLI::App* verb = add_acting_verb(app, options, "tag", "Look files up at AcoustID and write their tags");
  verb->add_option("paths", options.paths, "Folders and files that were scanned")->type_name("PATH");
  verb->add_flag("--all", options.all, "The whole library");
  verb->add_flag("--every", options.every, "Also files that have tags and are no keepers of copies");
  verb->add_flag("--apply", options.apply, "Write the tags");
  verb->add_flag("--overwrite", options.overwrite, "Replace tags that are there");
  verb->add_flag("--keep-mtime", options.keep_mtime, "Files keep their time");
  CLI::Option* offline =
      verb->add_flag("--offline", options.offline, "Ask nobody: use what was looked up before");
  verb->add_flag("--refresh", options.refresh, "Ask again for what was looked up before")->excludes(offline);
  add_format(verb, options);
}

void add_tune(CLI::App& app, Options& options) {
  CLI::App* verb = add_acting_verb(app, options, "tune", "Try thresholds on labelled pairs; recommend some");
  CLI::Option* labels =
      verb->add_option("labels", options.labels, "Labelled pairs (CSV or NDJSON), or a labelled library")
          ->type_name("LABELS");
  verb->add_flag("--verdicts", options.verdicts, "Use the answers of this library's reviews")
      ->excludes(labels);
  add_setting(verb, "false_moves", options);
  verb->add_option("--html", options.html, "Write a report with charts")->type_name("FILE");
  verb->add_flag("--write", options.write, "Put the recommended thresholds into the configuration file");
  add_format(verb, options);
}

void add_organize(CLI::App& app, Options& options) {
  CLI::App* verb =
      add_acting_verb(app, options, "organize", "New names for files from their tags; --apply gives them");
  verb->add_option("paths", options.paths, "Only what is in these folders [default: all]")->type_name("PATH");
  verb->add_option("--into", options.into, "New names lie below this folder [default: the scanned folder]")
      ->type_name("DIR");
  add_setting(verb, "organize.template", options);
  verb->add_flag("--apply", options.apply, "Rename the files");
  add_setting(verb, "playlists", options, "Leave playlists that name a renamed file as they are");
  add_format(verb, options);
}

void add_examples(CLI::App& app) {
  for (CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; }))
    if (const std::string examples = examples_of(verb->get_name()); !examples.empty())
      verb->footer(verb->get_footer() + (verb->get_footer().empty() ? "" : "\n") + examples);
}

bool given(const CLI::App& app, const CLI::App& verb, const std::string& flag) {
  for (const CLI::App* level : {&app, &verb})
    if (const CLI::Option* option = level->get_option_no_throw(flag);
        option != nullptr && option->count() > 0)
      return true;
  return false;
}

/// What no single flag can tell.
void check_together(const Options& options) {
  if (options.verb == "scan" && options.paths.empty() && options.files_from.empty())
    throw Error(Fault::usage, "no paths given: name the folders or files to look at");
  if (options.only_new && options.paths.empty() && options.files_from.empty())
    throw Error(Fault::usage, "--only-new needs a PATH: name the folder of new files");
  if (options.verb == "tune" && options.labels.empty() && !options.verdicts)
    throw Error(Fault::usage, "no labels given: name a file of labelled pairs, or use --verdicts");
  if (options.verb == "tag" && options.paths.empty() && !options.all)
    throw Error(Fault::usage, "no paths given: name folders or files that were scanned, or use --all");
  if (options.verb == "watch" && options.paths.empty() && options.watch_paths.empty())
    throw Error(Fault::usage, "no folders given: name those to watch, or set `watch.paths`");
  if (options.verb == "purge" && !options.older_than_given)
    throw Error(Fault::usage, "say how old a run has to be: purge --older-than 30d (units d, w, m, y)");
  if (options.verb != "export") return;
  const bool is_playlist = options.format == Format::m3u;
  if (options.verdicts && is_playlist) throw Error(Fault::usage, "--verdicts needs --format csv or ndjson");
  if (options.verdicts && (options.which || !options.since.empty()))
    throw Error(Fault::usage, "--verdicts can't be used with --which or --since, which choose tracks");
  if (options.fingerprints && (is_playlist || options.verdicts))
    throw Error(Fault::usage, "--fingerprints goes with csv and ndjson of tracks");
  if (!options.relative.empty() && !is_playlist)
    throw Error(Fault::usage, "--relative is for playlists: use it with --format m3u");
}

/// "30d", "8w", "6m" (30 days each), "1y" (365 days). @throws Error Fault::usage
long seconds_of_age(const std::string& age) {
  constexpr std::string_view units = "dwmy";
  constexpr long days[] = {1, 7, 30, 365};
  const std::size_t digits = age.find_first_not_of("0123456789");
  const std::size_t unit = age.empty() ? std::string::npos : units.find(age.back());
  if (digits == 0 || digits + 1 != age.size() || digits > 6 || unit == std::string_view::npos)
    throw Error(Fault::usage,
                "--older-than " + age + ": give a number and a unit, such as 30d, 8w, 6m or 1y");
  return std::stol(age.substr(0, digits)) * days[unit] * 86'400;
}

/// What -n means for verbs that act when a flag says so.
void only_say(Options& options) {
  options.apply = options.repair = options.write = false;
  options.html.clear();
  options.watch_policy = WatchPolicy::report;
}

/// CLI11 knows which flags were given; the rest may come from the file.
void settle(const CLI::App& app, Options& options, Raw& raw) {
  const CLI::App* verb = app.get_subcommands().front();
  options.verb = verb->get_name();
  options.verbosity = raw.quiet ? Verbosity::quiet : raw.verbose > 0 ? Verbosity::verbose : Verbosity::normal;
  if (!raw.files_from0.empty()) {
    options.files_from = raw.files_from0;
    options.files_from_nul = true;
  }
  apply_config(
      with_home(raw.config), [&](const std::string& flag) { return given(app, *verb, flag); }, options);
  expand_home(options);
  options.older_than_given = !raw.older_than.empty();
  if (options.older_than_given) options.older_than_s = seconds_of_age(raw.older_than);
  check_together(options);
  if (options.dry_run) only_say(options);
}

/// `echofold help dedupe` is `echofold dedupe --help`.
std::vector<const char*> with_help_as_flag(const CLI::App& app, int argc, const char* const* argv) {
  std::vector<const char*> words(argv, argv + argc);
  std::size_t verb = 1;  // behind the global flags
  while (verb < words.size() && *words[verb] == '-') {
    const CLI::Option* option = app.get_option_no_throw(words[verb]);
    verb += option != nullptr && option->get_items_expected_max() > 0 ? 2 : 1;
  }
  if (verb >= words.size() || std::string_view(words[verb]) != "help") return words;
  words.erase(words.begin() + static_cast<std::ptrdiff_t>(verb));
  const auto is_meant = [&](const CLI::App* known) { return known->check_name(words[verb]); };
  if (verb < words.size() && app.get_subcommands(is_meant).empty())
    return words;  // the parser names the nearest verb
  words.push_back("--help");
  return words;
}

}  // namespace

std::optional<Options> parse_options(int argc, const char* const* argv) {
  Options options;
  Raw raw;
  CLI::App app(
      "Finds the recordings that a music library holds more than once, keeps the best\n"
      "copy of each and sets the others aside. Works on what is heard; never deletes.",
      "echofold");
  app.set_version_flag("--version", "echofold " ECHOFOLD_VERSION);
  app.require_subcommand(1);
  app.formatter(std::make_shared<HelpFormat>());  // before the verbs, which take it over
  app.get_formatter()->label("SUBCOMMAND", "VERB");
  app.failure_message(CLI::FailureMessage::simple);
  add_globals(app, options, raw);
  add_main_verbs(app, options, raw);
  add_looking_back(app, options, raw);
  add_questions(app, options);
  add_tune(app, options);
  add_check(app, options);
  add_keeping(app, options);
  add_organize(app, options);
  add_tag(app, options);
  add_examples(app);
  try {
    const auto words = with_help_as_flag(app, argc, argv);
    app.parse(static_cast<int>(words.size()), words.data());
    settle(app, options, raw);
  } catch (const CLI::Success& help_or_version) {
    app.exit(help_or_version, std::cout, std::cerr);
    return std::nullopt;
  } catch (const CLI::ParseError& e) {
    throw Error(Fault::usage, sentence_of(e, app));
  }
  return options;
}

}  // namespace echofold
