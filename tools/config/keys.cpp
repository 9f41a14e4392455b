// One entry a setting. Two kinds of flags have none on purpose, since they must not last unseen: those that act or lift
// a guard once (--apply, --repair, --write, --allow-vanished, --remeasure), and those that name a single file
// (--files-from, --html).
#include "tools/config/keys.h"

#include <algorithm>
#include <array>

#include "index/model/speed_variants.h"
#include "tools/near_names.h"

namespace echofold {
namespace {

constexpr auto user_only = ConfigTrust::user_only;
constexpr std::string_view rows = "table ndjson", rows_csv = "table ndjson csv";

template <auto Member>
struct PartOf;
template <class Part, class Value, Value Part::*Member>
struct PartOf<Member> {
  using type = Part;
};

template <auto Member>
SettingPlace at(AllOptions& all) {
  return &(part_of<typename PartOf<Member>::type>(all).*Member);
}

constexpr ConfigKey format_of(std::string_view name, std::string_view verb, std::string_view formats) {
  return {.name = name,
          .verb = verb,
          .does = "Output",
          .place = at<&GlobalOptions::format>,
          .flag = {"--format", "FORMAT"},
          .formats = formats};
}

constexpr std::array keys = {
    ConfigKey{.name = "acoustid.key",
              .does = "Your key for AcoustID",
              .place = at<&TagOptions::acoustid_key>,
              .trust = user_only,
              .is_secret = true},
    ConfigKey{.name = "acoustid.max_age_days",
              .does = "Days for which an answer of AcoustID is good",
              .place = at<&TagOptions::lookup_age_days>,
              .most = 3650},
    ConfigKey{.name = "acoustid.url",
              .does = "Address of AcoustID",
              .place = at<&TagOptions::acoustid_url>,
              .trust = user_only},
    ConfigKey{.name = "auto_similarity",
              .does = "Copies at least this similar are moved without asking",
              .place = at<&MatchingOptions::auto_similarity>,
              .most = 1,
              .trust = user_only},
    ConfigKey{
        .name = "color", .does = "Colour", .place = at<&GlobalOptions::color>, .flag = {"--color", "WHEN"}},
    ConfigKey{.name = "db",
              .does = "Folder of the library",
              .place = at<&GlobalOptions::db>,
              .flag = {"--db", "DIR", "Folder of the library [default: $XDG_DATA_HOME/echofold]"},
              .is_path = true},
    ConfigKey{.name = "dups",
              .does = "Where losers go",
              .place = at<&ActingOptions::dups>,
              .flag = {"--dups", "DIR", "Where losers go [default: .echofold-duplicates in their root]"},
              .trust = user_only,
              .is_path = true},
    ConfigKey{.name = "exclude",
              .does = "Paths and names that are left out",
              .place = at<&WalkOptions::exclude>,
              .flag = {"--exclude", "GLOB", "Leave out paths or names that match; may be given again"}},
    ConfigKey{.name = "extensions",
              .does = "Further file name extensions that are read",
              .place = at<&WalkOptions::extensions>,
              .flag = {"--extension", "EXT", "Also read files of this extension; may be given again"}},
    ConfigKey{.name = "false_moves",
              .verb = "tune",
              .does = "Share of pairs that may be moved wrongly",
              .place = at<&TuneOptions::false_moves>,
              .flag = {"--false-moves", "RATE",
                       "At most this share of the pairs that are not the same may be moved"},
              .least = 1e-12,
              .most = 0.5},
    format_of("format.apply", "apply", rows),
    format_of("format.check", "check", rows),
    format_of("format.compare", "compare", rows_csv),
    format_of("format.config", "config", rows),
    format_of("format.dedupe", "dedupe", rows_csv),
    format_of("format.export", "export", "csv ndjson m3u"),
    format_of("format.history", "history", rows),
    format_of("format.organize", "organize", rows),
    format_of("format.pairs", "pairs", rows_csv),
    format_of("format.plan", "plan", "table ndjson csv m3u html"),
    format_of("format.purge", "purge", rows),
    format_of("format.query", "query", rows_csv),
    format_of("format.scan", "scan", rows),
    format_of("format.stats", "stats", "table ndjson html"),
    format_of("format.tag", "tag", rows),
    format_of("format.tune", "tune", rows_csv),
    format_of("format.undo", "undo", rows),
    format_of("format.verdicts", "verdicts", rows_csv),
    format_of("format.watch", "watch", rows),
    ConfigKey{.name = "include_trash",
              .does = "Also look into trash and snapshot folders",
              .place = at<&WalkOptions::include_trash>,
              .flag = {"--include-trash", "",
                       "Also look into trash and snapshot folders (#recycle, $RECYCLE.BIN, #snapshot, ...)"}},
    ConfigKey{.name = "keep_path",
              .does = "Keepers get the place of their loser",
              .place = at<&ActingOptions::keep_path>,
              .flag = {"--keep-path", "", "The copy that stays gets the place and name of the loser"},
              .trust = user_only},
    ConfigKey{.name = "length",
              .does = "Seconds of each file that are fingerprinted; 0: all",
              .place = at<&WalkOptions::length_s>,
              .flag = {"--length", "S", "Fingerprint this many seconds; 0: the whole file"},
              .most = 1e6},
    ConfigKey{.name = "link",
              .does = "Losers that equal their keeper become links to it",
              .place = at<&ActingOptions::link>,
              .flag = {"--link", "KIND",
                       "Replace losers that equal their keeper byte by byte with links to it: hard, reflink"},
              .trust = user_only},
    ConfigKey{.name = "listen",
              .does = "Copies are compared by ear before they move",
              .place = at<&MatchingOptions::listen>,
              .flag = {"--no-listen", "", "Don't compare copies by ear: the fingerprints alone decide"},
              .trust = user_only},
    ConfigKey{.name = "log",
              .does = "File that gets every message with its time",
              .place = at<&GlobalOptions::log>,
              .flag = {"--log", "FILE", "Append every message with its time to this file"},
              .trust = user_only,
              .is_path = true},
    ConfigKey{
        .name = "merge_tags",
        .does = "Keepers take tags that they lack",
        .place = at<&ActingOptions::merge_tags>,
        .flag = {"--merge-tags", "",
                 "The copy that stays takes the tags, art and ReplayGain that it lacks from the others"},
        .trust = user_only},
    ConfigKey{.name = "min_similarity",
              .verb = "pairs",
              .does = "Only pairs at least this similar",
              .place = at<&PairsOptions::min_similarity>,
              .flag = {"--min-similarity", "0..1"},
              .most = 1},
    ConfigKey{
        .name = "organize.template",
        .verb = "organize",
        .does = "How names are made",
        .place = at<&OrganizeOptions::name_template>,
        .flag = {"--template", "TEMPLATE",
                 "How names are made: {field}, {a|b}, {track:2}, [left out] [default: Picard's layout]"},
        .trust = user_only},
    ConfigKey{.name = "playlists",
              .does = "Playlists follow moved files",
              .place = at<&ActingOptions::playlists>,
              .flag = {"--no-playlists", "", "Do not change playlists that name a file that goes"},
              .trust = user_only},
    ConfigKey{.name = "progress",
              .does = "Progress on stderr",
              .place = at<&GlobalOptions::progress>,
              .flag = {"--progress", "WHEN"}},
    ConfigKey{.name = "protect",
              .does = "Folders whose files always stay",
              .place = at<&PlanningOptions::protect>,
              .flag = {"--protect", "DIR", "Files in this folder always stay; may be given again"},
              .is_path = true},
    ConfigKey{.name = "relation",
              .verb = "pairs",
              .does = "Only this relation",
              .place = at<&PairsOptions::relation>,
              .flag = {"--relation", "RELATION", "Only this relation"}},
    ConfigKey{.name = "review_similarity",
              .does = "Copies at least this similar are asked about",
              .place = at<&MatchingOptions::review_similarity>,
              .most = 1,
              .trust = user_only},
    ConfigKey{.name = "scope",
              .does = "Whether complete albums stay whole",
              .place = at<&PlanningOptions::scope>,
              .flag = {"--scope", "SCOPE",
                       "album: complete albums stay whole [default]; track: each file counts by itself"},
              .trust = user_only},
    ConfigKey{
        .name = "speed",
        .does = "Percent up to which copies at other speeds are found in a library of any size; 0: off",
        .place = at<&WalkOptions::speed_percent>,
        .flag = {"--speed", "P",
                 "Find copies that play up to P percent faster or slower in a library of any size (0 to 8; "
                 "scans take longer; the library remembers it; 0: off)"},
        .most = most_speed_percent},
    ConfigKey{.name = "threads",
              .does = "Threads to use",
              .place = at<&GlobalOptions::threads>,
              .flag = {"--threads", "N", "Threads to use [default: one per core]"},
              .least = 1,
              .most = 1024},
    ConfigKey{.name = "verbosity",
              .does = "How much is printed on stderr",
              .place = at<&GlobalOptions::verbosity>,
              .flag = {"--quiet --verbose"}},
    ConfigKey{.name = "watch.interval",
              .verb = "watch",
              .does = "Seconds between two scans of everything",
              .place = at<&WatchOptions::interval_s>,
              .flag = {"--interval", "S"},
              .least = 1,
              .most = 1e9},
    ConfigKey{.name = "watch.paths",
              .verb = "watch",
              .does = "What `watch` watches without a PATH",
              .place = at<&WatchOptions::usual_paths>,
              .trust = user_only,
              .is_path = true},
    ConfigKey{.name = "watch.policy",
              .verb = "watch",
              .does = "What is done with copies that are certain",
              .place = at<&WatchOptions::policy>,
              .flag = {"--policy", "POLICY",
                       "What to do with certain copies: report them, or auto: set them aside"},
              .trust = user_only},
    ConfigKey{.name = "watch.settle",
              .verb = "watch",
              .does = "Seconds that a file has to be quiet",
              .place = at<&WatchOptions::settle_s>,
              .flag = {"--settle", "S"},
              .least = 1,
              .most = 86'400},
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
