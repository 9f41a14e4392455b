// See copies_options.h.
#include "tools/options/copies_options.h"

#include "index/base/error.h"
#include "tools/config/setting_flags.h"
#include "tools/options/verb_flags.h"

namespace echofold {
namespace {

void add_summary(CLI::App* verb, bool& summary) {
  verb->add_flag("--summary", summary, "Only the totals of the table");
}

}  // namespace

void declare(CLI::App& app, AllOptions& all, PairsOptions& options) {
  CLI::App* verb = add_verb(app, options.verb, "List matching pairs with the measurements");
  add_setting(verb, "min_similarity", all);
  add_setting(verb, "relation", all);
  verb->add_flag("--listen", options.listen_to_all,
                 "First compare by ear all copies that were not yet compared so");
  add_format(verb, all);
}

void declare(CLI::App& app, AllOptions& all, PlanOptions& options) {
  CLI::App* verb = add_verb(app, options.verb, "Show the copies: which one stays, which go, and why");
  add_plan_flags(verb, all);
  add_setting(verb, "listen", all);
  add_summary(verb, options.summary);
  add_format(verb, all);
}

void declare(CLI::App& app, AllOptions& all, ApplyOptions& options) {
  CLI::App* verb = add_acting_verb(app, all, options.verb, "Do what a plan says, after checking it again");
  add_path(verb, all, "plan", options.input, "What `plan --format ndjson` printed; - is stdin")
      ->type_name("PLAN")
      ->required();
  verb->add_flag("--trust-plan", options.trust_plan,
                 "Also move files that the library does not know as copies of the one that stays");
  add_acting_flags(verb, all);
  add_format(verb, all);
}

void declare(CLI::App& app, AllOptions& all, DedupeOptions& options) {
  CLI::App* verb =
      add_acting_verb(app, all, options.verb, "Find copies of what is in PATH; --apply sets them aside");
  add_source_flags(verb, all, options);
  add_plan_flags(verb, all);
  add_setting(verb, "listen", all);
  add_acting_flags(verb, all);
  add_summary(verb, options.summary);
  verb->add_flag("--apply", options.apply, "Set aside what is certain, ask about the rest");
  verb->add_flag("--only-new", options.only_new,
                 "Move nothing outside PATH: a better new file stays beside the library's copy");
  add_format(verb, all);
}

void finish(DedupeOptions& options) {
  if (options.only_new && options.paths.empty() && options.files_from.empty())
    throw Error(Fault::usage, "--only-new needs a PATH: name the folder of new files");
  if (options.dry_run) options.apply = false;
}

void declare(CLI::App& app, AllOptions& all, ReviewOptions& options) {
  CLI::App* verb = add_acting_verb(app, all, options.verb, "Ask about the pairs that need a decision");
  add_plan_flags(verb, all);
  add_setting(verb, "listen", all);
  verb->add_flag("--redo", options.redo, "Ask again about pairs that were answered before");
  CLI::Option* web =
      verb->add_flag("--web", options.web, "Ask on a page in the browser, with sound and pictures");
  verb->add_flag("--open", options.open, "Open the page in the browser")->needs(web);
  verb->add_option("--port", options.port, "Port of the page [default: a free one]")
      ->type_name("N")
      ->needs(web);
  add_acting_flags(verb, all);
}

void finish(ReviewOptions& options) {
  if (options.dry_run) options.web = false;
}

}  // namespace echofold
