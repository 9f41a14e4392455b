// See parse.h.
#include "tools/options/parse.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "index/base/error.h"
#include "tools/config/config.h"
#include "tools/config/setting_flags.h"
#include "tools/home_path.h"
#include "tools/options/help_examples.h"
#include "tools/options/help_format.h"
#include "tools/options/parse_errors.h"
#include "tools/options/verb_flags.h"

namespace echofold {
namespace {

/// Flags that are not options of a verb by themselves.
struct Raw {
  std::string config;
  bool quiet = false;
  int verbose = 0;
};

void add_globals(CLI::App& app, AllOptions& all, Raw& raw) {
  add_setting(&app, "db", all);
  app.add_option("--config", raw.config, "Configuration file (TOML)")->type_name("FILE");
  add_setting(&app, "threads", all);
  app.add_flag("-q,--quiet", raw.quiet, "Print only results and errors");
  app.add_flag("-v,--verbose", raw.verbose, "Print more on stderr");
  add_setting(&app, "progress", all);
  add_setting(&app, "log", all);
  app.add_flag("-n,--dry-run", all.shared.dry_run, dry_run_help);
  add_setting(&app, "color", all);
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

/// Copies a shared level into the verb, where the verb extends it.
template <class Level, class Verb>
void take(const Level& level, Verb& verb) {
  if constexpr (std::is_base_of_v<Level, Verb>) static_cast<Level&>(verb) = level;
}

template <class Verb>
void take_shared(const AllOptions& all, Verb& verb) {
  take<GlobalOptions>(all.shared, verb);
  take<MatchingOptions>(all.shared, verb);
  take<PlanningOptions>(all.shared, verb);
  take<ActingOptions>(all.shared, verb);
  take<WalkOptions>(all.walk, verb);
  if constexpr (std::is_same_v<Verb, OrganizeOptions>) {
    verb.protect = all.shared.protect;
    verb.playlists = all.shared.playlists;
  }
}

template <class Verb>
Verb finished(const AllOptions& all, Verb verb) {
  take_shared(all, verb);
  if constexpr (requires { finish(verb); }) finish(verb);
  return verb;
}

/// The options of the verb that was given, completed and checked.
VerbOptions options_of(std::string_view name, AllOptions& all) {
  VerbOptions chosen;
  const auto take_if_given = [&](auto& verb) {
    if (verb.verb == name) chosen = finished(all, std::move(verb));
  };
  std::apply([&](auto&... verb) { (take_if_given(verb), ...); }, all.verbs);
  return chosen;
}

/// CLI11 knows which flags were given; the rest may come from the environment and files.
VerbOptions complete(const CLI::App& app, AllOptions& all, const Raw& raw) {
  const CLI::App* verb = app.get_subcommands().front();
  all.shared.verbosity = raw.quiet         ? Verbosity::quiet
                         : raw.verbose > 0 ? Verbosity::verbose
                                           : Verbosity::normal;
  apply_config({.file = with_home(raw.config),
                .verb = verb->get_name(),
                .has_flag = [&](const std::string& flag) { return given(app, *verb, flag); }},
               all);
  return options_of(verb->get_name(), all);
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

std::optional<VerbOptions> parse_options(int argc, const char* const* argv) {
  AllOptions all;
  Raw raw;
  CLI::App app(
      "Finds the recordings that a music library holds more than once, by their sound,\n"
      "keeps the best copy of each and sets the others aside. Only `purge` deletes.",
      "echofold");
  app.set_version_flag("--version", "echofold " ECHOFOLD_VERSION);
  app.require_subcommand(1);
  app.formatter(std::make_shared<HelpFormat>());  // before the verbs, which inherit it
  app.get_formatter()->label("SUBCOMMAND", "VERB");
  app.failure_message(CLI::FailureMessage::simple);
  add_globals(app, all, raw);
  std::apply([&](auto&... verb) { (declare(app, all, verb), ...); }, all.verbs);
  add_examples(app);
  try {
    const auto words = with_help_as_flag(app, argc, argv);
    app.parse(static_cast<int>(words.size()), words.data());
    return complete(app, all, raw);
  } catch (const CLI::Success& help_or_version) {
    app.exit(help_or_version, std::cout, std::cerr);
    return std::nullopt;
  } catch (const CLI::ParseError& e) {
    throw Error(Fault::usage, sentence_of(e, app));
  }
}

const GlobalOptions& global_options(const VerbOptions& options) {
  return std::visit([](const auto& verb) -> const GlobalOptions& { return verb; }, options);
}

}  // namespace echofold
