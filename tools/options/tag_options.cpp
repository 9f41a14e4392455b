// See tag_options.h.
#include "tools/options/tag_options.h"

#include "index/base/error.h"
#include "tools/config/setting_flags.h"
#include "tools/options/verb_flags.h"

namespace echofold {

void declare(CLI::App& app, AllOptions& all, OrganizeOptions& options) {
  CLI::App* verb = add_acting_verb(app, all, options.verb, "Name files by their tags; --apply renames them");
  add_path(verb, all, "paths", options.paths, "Only files in these folders [default: all]")
      ->type_name("PATH");
  add_path(verb, all, "--into", options.into, "Put the files below this folder [default: the scanned folder]")
      ->type_name("DIR");
  add_setting(verb, "organize.template", all);
  verb->add_flag("--apply", options.apply, "Rename the files");
  add_setting(verb, "playlists", all, "Do not change playlists that name a renamed file");
  add_format(verb, all);
}

void finish(OrganizeOptions& options) {
  if (options.dry_run) options.apply = false;
}

void declare(CLI::App& app, AllOptions& all, TagOptions& options) {
  CLI::App* verb =
      add_acting_verb(app, all, options.verb, "Look files up at AcoustID; --apply writes their tags");
  add_path(verb, all, "paths", options.paths, "Folders and files that were scanned")->type_name("PATH");
  verb->add_flag("--all", options.all, "The whole library");
  verb->add_flag("--every", options.every, "Also files that have tags and are not keepers");
  verb->add_flag("--apply", options.apply, "Write the tags");
  verb->add_flag("--overwrite", options.overwrite, "Also replace tags that differ");
  verb->add_flag("--keep-mtime", options.keep_mtime, "Leave the modification time of files as it is");
  CLI::Option* offline =
      verb->add_flag("--offline", options.offline, "Send no request: use what was looked up before");
  verb->add_flag("--refresh", options.refresh, "Ask again for what was looked up before")->excludes(offline);
  add_format(verb, all);
}

void finish(TagOptions& options) {
  if (options.paths.empty() && !options.all)
    throw Error(Fault::usage, "no paths given: name folders or files that were scanned, or use --all");
  if (options.dry_run) options.apply = false;
}

}  // namespace echofold
