// See run_options.h.
#include "tools/options/run_options.h"

#include "index/base/error.h"
#include "tools/options/verb_flags.h"

namespace echofold {
namespace {

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

}  // namespace

void declare(CLI::App& app, AllOptions& all, UndoOptions& options) {
  CLI::App* verb = add_acting_verb(app, all, options.verb, "Take a run back");
  verb->add_option("run", options.run, "A run of `history` [default: the newest]")->type_name("RUN");
  add_format(verb, all);
  verb->add_flag("--answers", options.answers, "Also take back the answers of a review that sent files away");
  verb->add_flag("--yes", options.yes, "Do not ask; without --answers the answers stay");
}

void declare(CLI::App& app, AllOptions& all, HistoryOptions& options) {
  add_format(add_verb(app, options.verb, "List the runs"), all);
}

void declare(CLI::App& app, AllOptions& all, VerdictsOptions& options) {
  CLI::App* verb =
      add_acting_verb(app, all, options.verb, "List what was answered in reviews, or take an answer back");
  add_path(verb, all, "--forget", options.forget, "Take back the answer about these two files")
      ->type_name("A B")
      ->expected(2);
  add_format(verb, all);
}

void declare(CLI::App& app, AllOptions& all, PurgeOptions& options) {
  CLI::App* verb = add_acting_verb(app, all, options.verb, "Delete what old runs set aside, after asking");
  verb->add_option("--older-than", options.older_than, "Only runs that are older: 30d, 8w, 6m, 1y")
      ->type_name("AGE");
  verb->add_flag("--yes", options.yes, "Do not ask (for scripts)");
  add_format(verb, all);
}

void finish(PurgeOptions& options) {
  if (options.older_than.empty())
    throw Error(Fault::usage, "say how old a run has to be: purge --older-than 30d (units d, w, m, y)");
  options.older_than_s = seconds_of_age(options.older_than);
}

}  // namespace echofold
