// One line a setting. Left out on purpose: what acts or lifts a guard once (--apply, --repair, --write,
// --allow-vanished, --remeasure) and what names a single file (--files-from, --html): neither may go on for ever unseen.
#include "tools/config/keys.h"

#include <algorithm>
#include <array>

#include "tools/near_names.h"

namespace echofold {
namespace {

constexpr auto user_only = ConfigTrust::user_only;
constexpr std::string_view rows = "table ndjson", rows_csv = "table ndjson csv";

constexpr ConfigKey format_of(std::string_view name, std::string_view verb, std::string_view formats) {
  return {name, "--format", verb, "Output", &Options::format, formats};
}

constexpr std::array keys = {
    ConfigKey{"acoustid.key", "", "", "Your key for AcoustID", &Options::acoustid_key, "", 0, 0, user_only,
              false, true},
    ConfigKey{"acoustid.max_age_days", "", "", "Days for which an answer of AcoustID is good",
              &Options::lookup_age_days, "", 0, 3650},
    ConfigKey{"acoustid.url", "", "", "Address of AcoustID", &Options::acoustid_url, "", 0, 0, user_only},
    ConfigKey{"auto_similarity", "", "", "From here on copies are moved without asking",
              &Options::auto_similarity, "", 0, 1, user_only},
    ConfigKey{"color", "--color", "", "Colour", &Options::color},
    ConfigKey{"db", "--db", "", "Folder of the library", &Options::db, "", 0, 0, {}, true},
    ConfigKey{"dups", "--dups", "", "Where losers go", &Options::dups, "", 0, 0, user_only, true},
    ConfigKey{"exclude", "--exclude", "", "Paths and names that are left out", &Options::exclude},
    ConfigKey{"extensions", "--extension", "", "Further file name extensions that are music",
              &Options::extensions},
    ConfigKey{"false_moves", "--false-moves", "tune", "Share of pairs that may be moved wrongly",
              &Options::false_moves, "", 1e-12, 0.5},
    format_of("format.apply", "apply", rows),
    format_of("format.check", "check", rows),
    format_of("format.compare", "compare", rows_csv),
    format_of("format.config", "config", rows),
    format_of("format.dedupe", "dedupe", rows_csv),
    format_of("format.export", "export", "csv ndjson m3u"),
    format_of("format.history", "history", rows),
    format_of("format.organize", "organize", rows),
    format_of("format.pairs", "pairs", rows_csv),
    format_of("format.plan", "plan", "table ndjson csv m3u"),
    format_of("format.purge", "purge", rows),
    format_of("format.query", "query", rows_csv),
    format_of("format.scan", "scan", rows),
    format_of("format.stats", "stats", rows),
    format_of("format.tag", "tag", rows),
    format_of("format.tune", "tune", rows_csv),
    format_of("format.undo", "undo", rows),
    format_of("format.verdicts", "verdicts", rows_csv),
    format_of("format.watch", "watch", rows),
    ConfigKey{"include_trash", "--include-trash", "", "Also look into trash and snapshot folders",
              &Options::include_trash},
    ConfigKey{"keep_path", "--keep-path", "", "Keepers get the place of their loser", &Options::keep_path, "",
              0, 0, user_only},
    ConfigKey{"length", "--length", "", "Seconds of each file that are fingerprinted; 0: all",
              &Options::length_s, "", 0, 1e6},
    ConfigKey{"link", "--link", "", "Losers with the bytes of their keeper become links of it",
              &Options::link, "", 0, 0, user_only},
    ConfigKey{"log", "--log", "", "File that gets every message with its time", &Options::log, "", 0, 0,
              user_only, true},
    ConfigKey{"merge_tags", "--merge-tags", "", "Keepers take tags that they lack", &Options::merge_tags, "",
              0, 0, user_only},
    ConfigKey{"min_similarity", "--min-similarity", "pairs", "Only pairs at least this similar",
              &Options::min_similarity, "", 0, 1},
    ConfigKey{"organize.template", "--template", "organize", "How names are made", &Options::name_template,
              "", 0, 0, user_only},
    ConfigKey{"playlists", "--no-playlists", "", "Playlists follow moved files", &Options::playlists, "", 0,
              0, user_only},
    ConfigKey{"progress", "--progress", "", "Progress on stderr", &Options::progress},
    ConfigKey{"protect", "--protect", "", "Folders whose files stay", &Options::protect, "", 0, 0, {}, true},
    ConfigKey{"relation", "--relation", "pairs", "Only this relation", &Options::relation},
    ConfigKey{"review_similarity", "", "", "From here on copies are asked about", &Options::review_similarity,
              "", 0, 1, user_only},
    ConfigKey{"scope", "--scope", "", "Whether complete albums stay whole", &Options::scope, "", 0, 0,
              user_only},
    ConfigKey{"threads", "--threads", "", "Threads to use", &Options::threads, "", 1, 1024},
    ConfigKey{"verbosity", "--quiet --verbose", "", "How much is said on stderr", &Options::verbosity},
    ConfigKey{"watch.interval", "--interval", "watch", "Seconds between two scans of everything",
              &Options::watch_interval_s, "", 1, 1e9},
    ConfigKey{"watch.paths", "", "watch", "What `watch` watches without a PATH", &Options::watch_paths, "", 0,
              0, user_only, true},
    ConfigKey{"watch.policy", "--policy", "watch", "What is done with copies that are certain",
              &Options::watch_policy, "", 0, 0, user_only},
    ConfigKey{"watch.settle", "--settle", "watch", "Seconds that a file has to be quiet",
              &Options::watch_settle_s, "", 1, 86'400},
};

}  // namespace

std::span<const ConfigKey> config_keys() { return keys; }

const ConfigKey* find_config_key(std::string_view name) {
  const auto key = std::find_if(keys.begin(), keys.end(), [&](const ConfigKey& k) { return k.name == name; });
  return key == keys.end() ? nullptr : &*key;
}

std::string nearest_config_key(std::string_view name) {
  std::vector<std::string> names;
  names.reserve(keys.size());
  for (const ConfigKey& key : keys) names.emplace_back(key.name);
  const std::string near = nearest_name(name, names);
  return near.empty() ? near : " (did you mean `" + near + "`?)";
}

}  // namespace echofold
