// See verb_flags.h.
#include "tools/options/verb_flags.h"

#include "tools/config/setting_flags.h"

namespace echofold {

CLI::App* add_verb(CLI::App& app, std::string_view name, const std::string& does) {
  CLI::App* verb = app.add_subcommand(std::string(name), does);
  verb->fallthrough();  // global flags are accepted behind the verb, too
  return verb;
}

CLI::App* add_acting_verb(CLI::App& app, AllOptions& all, std::string_view name, const std::string& does) {
  CLI::App* verb = add_verb(app, name, does);
  verb->add_flag("-n,--dry-run", all.shared.dry_run, dry_run_help);
  return verb;
}

void add_format(CLI::App* verb, AllOptions& all) { add_setting(verb, "format." + verb->get_name(), all); }

void add_walk_flags(CLI::App* verb, AllOptions& all) {
  for (const char* key : {"length", "speed", "exclude", "extensions", "include_trash"})
    add_setting(verb, key, all);
}

void add_source_flags(CLI::App* verb, AllOptions& all, SourceOptions& options) {
  add_path(verb, all, "paths", options.paths, "Folders and files")->type_name("PATH");
  add_walk_flags(verb, all);
  auto* lines = add_path(verb, all, "--files-from", options.files_from,
                         "Read paths, one a line; - is stdin; not with --files-from0")
                    ->type_name("FILE");
  const auto take_nul = [&options](const std::string& path) {
    if (path.empty()) return;
    options.files_from = path;
    options.files_from_nul = true;
  };
  verb->add_option_function<std::string>("--files-from0", take_nul,
                                         "Read paths that end with NUL; - is stdin; not with --files-from")
      ->type_name("FILE")
      ->transform(home_path(all.shared.typed_paths))
      ->excludes(lines);
  verb->add_flag("--allow-vanished", options.allow_vanished,
                 "Go on although a folder is empty now or more than half of its tracks are gone");
  verb->add_flag("--remeasure", options.remeasure,
                 "Read unchanged files again if an older echofold measured less of them");
}

void add_plan_flags(CLI::App* verb, AllOptions& all) {
  add_setting(verb, "protect", all);
  add_setting(verb, "scope", all);
  verb->add_flag("--again", all.shared.again, "Also plan copies that `undo` brought back");
}

void add_acting_flags(CLI::App* verb, AllOptions& all) {
  for (const char* key : {"dups", "merge_tags", "playlists", "link", "keep_path"})
    add_setting(verb, key, all);
}

CLI::Validator home_path(TypedPaths& typed) {
  return CLI::Validator(
      [&typed](std::string& path) {
        expand_home(path, typed);
        return std::string();
      },
      "");
}

}  // namespace echofold
