// The verbs about names and tags: organize, tag.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/options/shared.h"

namespace echofold {

struct OrganizeOptions : GlobalOptions {
  static constexpr std::string_view verb = "organize";
  std::vector<std::string> paths;    ///< only what is in these folders; empty: all
  std::string into;                  ///< new names lie below this folder; empty: in each file's root
  std::string name_template;         ///< empty: Picard's layout
  bool apply = false;                ///< renames
  std::vector<std::string> protect;  ///< as PlanningOptions::protect
  bool playlists = true;             ///< playlists follow renamed files
};

struct TagOptions : PlanningOptions {
  static constexpr std::string_view verb = "tag";
  static constexpr bool reads_music = true;
  std::vector<std::string> paths;
  bool all = false;          ///< the whole library
  bool every = false;        ///< also files that have tags and are no keepers
  bool apply = false;        ///< writes the tags
  bool overwrite = false;    ///< also tags that are there
  bool keep_mtime = false;   ///< files keep their time
  bool offline = false;      ///< uses only what was looked up before
  bool refresh = false;      ///< looks up again what was looked up before
  std::string acoustid_url;  ///< empty: that of the service
  std::string acoustid_key;  ///< a secret; empty: none
  int lookup_age_days = 30;  ///< 0 .. 3650
};

void declare(CLI::App& app, AllOptions& all, OrganizeOptions& options);
void declare(CLI::App& app, AllOptions& all, TagOptions& options);

void finish(OrganizeOptions& options);
void finish(TagOptions& options);

}  // namespace echofold
