// See upkeep_options.h.
#include "tools/options/upkeep_options.h"

#include "index/base/error.h"
#include "tools/config/config.h"
#include "tools/config/setting_flags.h"
#include "tools/options/verb_flags.h"

namespace echofold {

void declare(CLI::App& app, AllOptions& all, TuneOptions& options) {
  CLI::App* verb =
      add_acting_verb(app, all, options.verb, "Try thresholds on labelled pairs, and recommend values");
  CLI::Option* labels =
      add_path(verb, all, "labels", options.labels, "Labelled pairs (CSV or NDJSON), or a labelled library")
          ->type_name("LABELS");
  verb->add_flag("--verdicts", options.verdicts, "Use the answers of this library's reviews")
      ->excludes(labels);
  add_setting(verb, "false_moves", all);
  add_path(verb, all, "--html", options.html, "Write a report with charts")->type_name("FILE");
  verb->add_flag("--write", options.write, "Put the recommended thresholds into the configuration file");
  add_format(verb, all);
}

void finish(TuneOptions& options) {
  if (options.labels.empty() && !options.verdicts)
    throw Error(Fault::usage, "no labels given: name a file of labelled pairs, or use --verdicts");
  if (!options.dry_run) return;
  options.write = false;
  options.html.clear();
}

void declare(CLI::App& app, AllOptions& all, CheckOptions& options) {
  CLI::App* verb = add_acting_verb(app, all, options.verb, "Check the library itself for damage");
  verb->add_flag("--repair", options.repair, "Save what is whole; the damaged file stays beside it");
  add_format(verb, all);
}

void finish(CheckOptions& options) {
  if (options.dry_run) options.repair = false;
}

void declare(CLI::App& app, AllOptions& all, WatchOptions& options) {
  CLI::App* verb =
      add_acting_verb(app, all, options.verb, "Watch folders, and keep the library in step with them");
  add_path(verb, all, "paths", options.paths, "Folders [default: watch.paths]")->type_name("PATH");
  for (const char* key : {"watch.policy", "watch.interval", "watch.settle"}) add_setting(verb, key, all);
  add_walk_flags(verb, all);
  add_plan_flags(verb, all);
  add_setting(verb, "listen", all);
  add_acting_flags(verb, all);
  add_format(verb, all);
}

void finish(WatchOptions& options) {
  if (options.paths.empty() && options.usual_paths.empty())
    throw Error(Fault::usage, "no folders given: name those to watch, or set `watch.paths`");
  if (options.dry_run) options.policy = WatchPolicy::report;
}

void declare(CLI::App& app, AllOptions& all, ConfigOptions& options) {
  CLI::App* verb = add_verb(app, options.verb, "Print the settings, or the configuration files");
  add_choice(verb, "action", options.action, "show, path")->type_name("show|path")->required();
  verb->add_flag("--origin", options.show_origin, "Also print where each setting comes from");
  add_format(verb, all);
  verb->footer(config_help());
}

}  // namespace echofold
