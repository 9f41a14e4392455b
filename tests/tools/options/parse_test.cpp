#include "tools/options/parse.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "index/base/error.h"

namespace echofold::options_parse_test {
namespace {

VerbOptions parsed(std::vector<const char*> words) {
  unsetenv("XDG_CONFIG_HOME");
  setenv("HOME", "/nonexistent", 1);
  words.insert(words.begin(), "echofold");
  return parse_options(static_cast<int>(words.size()), words.data()).value();
}

/// @param words  what follows the verb of `Verb`
template <class Verb>
Verb options_of(std::vector<const char*> words) {
  words.insert(words.begin(), Verb::verb.data());
  return std::get<Verb>(parsed(std::move(words)));
}

TEST(OptionsTest, GlobalFlagsStandBeforeAndBehindTheVerb) {
  for (const auto& words : {std::vector<const char*>{"--db", "/x", "--threads", "3", "scan", "/music"},
                            std::vector<const char*>{"scan", "/music", "--db", "/x", "--threads", "3"}}) {
    const auto options = std::get<ScanOptions>(parsed(words));
    EXPECT_EQ(options.db, "/x");
    EXPECT_EQ(options.threads, 3);
    EXPECT_EQ(options.paths, std::vector<std::string>{"/music"});
  }
}

TEST(OptionsTest, Defaults) {
  unsetenv("XDG_DATA_HOME");
  const auto options = options_of<ScanOptions>({"/music"});
  EXPECT_EQ(options.db, "/nonexistent/.local/share/echofold");
  EXPECT_EQ(options.length_s, 0);
  EXPECT_FALSE(options.format.has_value());
  const auto plan = options_of<PlanOptions>({});
  EXPECT_EQ(plan.auto_similarity, 0.98);
  EXPECT_EQ(plan.review_similarity, 0.95);
}

TEST(OptionsTest, RepeatedFlagsDoNotEatPaths) {
  const auto options = options_of<ScanOptions>({"--exclude", "*.tmp", "--exclude", "x", "/music", "/more"});
  EXPECT_EQ(options.exclude, (std::vector<std::string>{"*.tmp", "x"}));
  EXPECT_EQ(options.paths, (std::vector<std::string>{"/music", "/more"}));
}

TEST(OptionsTest, DryRunIsTakenEverywhereAndWins) {
  for (const char* verb : {"plan", "pairs", "stats", "history", "undo", "review", "check", "export"}) {
    EXPECT_TRUE(global_options(parsed({verb, "-n"})).dry_run) << verb;
    EXPECT_TRUE(global_options(parsed({"--dry-run", verb})).dry_run) << verb;
  }
  EXPECT_FALSE(options_of<DedupeOptions>({"/m", "--apply", "-n"}).apply);
  EXPECT_FALSE(options_of<TagOptions>({"--all", "--apply", "--dry-run"}).apply);
  EXPECT_FALSE(options_of<CheckOptions>({"--repair", "-n"}).repair);
  EXPECT_EQ(options_of<WatchOptions>({"/m", "--policy", "auto", "-n"}).policy, WatchPolicy::report);
  const auto tune = options_of<TuneOptions>({"labels", "--write", "--html", "x", "-n"});
  EXPECT_FALSE(tune.write);
  EXPECT_EQ(tune.html, "");
  EXPECT_TRUE(options_of<DedupeOptions>({"/m", "--apply"}).apply);
}

TEST(OptionsTest, EveryPathIsExpanded) {
  const std::vector<std::string> both{"/y", "/nonexistent/x"};
  EXPECT_EQ(options_of<ScanOptions>({"/y", "~/x"}).paths, both);
  EXPECT_EQ(options_of<ScanOptions>({"--files-from", "~/x"}).files_from, "/nonexistent/x");
  const auto nul = options_of<DedupeOptions>({"--files-from0", "~/x", "--exclude", "~/x"});
  EXPECT_EQ(nul.files_from, "/nonexistent/x");
  EXPECT_TRUE(nul.files_from_nul);
  EXPECT_EQ(nul.exclude, std::vector<std::string>{"~/x"}) << "a glob is no path";
  const auto dedupe = options_of<DedupeOptions>({"/y", "~/x", "--db", "~/db", "--dups", "~/dups", "--protect",
                                                 "/y", "--protect", "~/x", "--log", "~/log"});
  EXPECT_EQ(dedupe.paths, both);
  EXPECT_EQ(dedupe.protect, both);
  EXPECT_EQ(dedupe.db, "/nonexistent/db");
  EXPECT_EQ(dedupe.dups, "/nonexistent/dups");
  EXPECT_EQ(dedupe.log, "/nonexistent/log");
  EXPECT_EQ(options_of<ImportOptions>({"~/x"}).input, "/nonexistent/x");
  EXPECT_EQ(options_of<ApplyOptions>({"~/x"}).input, "/nonexistent/x");
  EXPECT_EQ(options_of<QueryOptions>({"~/x"}).file, "/nonexistent/x");
  EXPECT_EQ(options_of<CompareOptions>({"/y", "~/x"}).files, both);
  EXPECT_EQ(options_of<VerdictsOptions>({"--forget", "/y", "~/x"}).forget, both);
  EXPECT_EQ(options_of<ExportOptions>({"--format", "m3u", "--relative", "~/x"}).relative, "/nonexistent/x");
  EXPECT_EQ(options_of<OrganizeOptions>({"/y", "~/x", "--into", "~/x"}).paths, both);
  EXPECT_EQ(options_of<OrganizeOptions>({"--into", "~/x"}).into, "/nonexistent/x");
  EXPECT_EQ(options_of<TagOptions>({"/y", "~/x"}).paths, both);
  const auto tune = options_of<TuneOptions>({"~/labels", "--html", "~/x"});
  EXPECT_EQ(tune.labels, "/nonexistent/labels");
  EXPECT_EQ(tune.html, "/nonexistent/x");
  setenv("ECHOFOLD_WATCH_PATHS", "/y:~/x", 1);
  EXPECT_EQ(options_of<WatchOptions>({}).usual_paths, both);
  unsetenv("ECHOFOLD_WATCH_PATHS");
}

TEST(OptionsTest, AVerbGetsTheSharedLevelsThatItExtends) {
  setenv("ECHOFOLD_AUTO_SIMILARITY", "0.99", 1);
  setenv("ECHOFOLD_PROTECT", "/keep", 1);
  setenv("ECHOFOLD_PLAYLISTS", "false", 1);
  setenv("ECHOFOLD_EXTENSIONS", "mka", 1);
  const auto apply = options_of<ApplyOptions>({"-", "--dups", "/aside", "--threads", "2"});
  EXPECT_EQ(apply.threads, 2);
  EXPECT_EQ(apply.auto_similarity, 0.99);
  EXPECT_EQ(apply.protect, std::vector<std::string>{"/keep"});
  EXPECT_EQ(apply.dups, "/aside");
  EXPECT_FALSE(apply.playlists);
  const auto organize = options_of<OrganizeOptions>({});
  EXPECT_EQ(organize.protect, std::vector<std::string>{"/keep"});
  EXPECT_FALSE(organize.playlists);
  EXPECT_EQ(options_of<WatchOptions>({"/m"}).extensions, std::vector<std::string>{"mka"});
  EXPECT_EQ(options_of<CompareOptions>({"a", "b"}).auto_similarity, 0.99);
  for (const char* name : {"AUTO_SIMILARITY", "PROTECT", "PLAYLISTS", "EXTENSIONS"})
    unsetenv(("ECHOFOLD_" + std::string(name)).c_str());
}

TEST(OptionsTest, TheLineHasTheOptionsOfItsVerb) {
  EXPECT_TRUE(std::holds_alternative<StatsOptions>(parsed({"stats"})));
  EXPECT_TRUE(std::holds_alternative<TagOptions>(parsed({"tag", "--all"})));
  EXPECT_EQ(options_of<PurgeOptions>({"--older-than", "8w"}).older_than_s, 8L * 7 * 86'400);
  EXPECT_EQ(options_of<WatchOptions>({"/m", "--settle", "3"}).settle_s, 3);
  EXPECT_EQ(options_of<PairsOptions>({"--min-similarity", "98%"}).min_similarity, 0.98);
}

TEST(OptionsTest, WordsBecomeEnumerators) {
  EXPECT_EQ(options_of<PlanOptions>({}).scope, Scope::album);
  EXPECT_EQ(options_of<PlanOptions>({"--scope", "track"}).scope, Scope::track);
  EXPECT_EQ(options_of<DedupeOptions>({"/m"}).link, std::nullopt);
  EXPECT_EQ(options_of<DedupeOptions>({"/m", "--link", "reflink"}).link, LinkKind::reflink);
  EXPECT_EQ(options_of<PairsOptions>({"--relation", "edit"}).relation, Relation::edit);
  EXPECT_EQ(options_of<ExportOptions>({"--which", "losers"}).which, ExportRows::losers);
  EXPECT_EQ(options_of<WatchOptions>({"/m", "--policy", "auto"}).policy, WatchPolicy::automatic);
  EXPECT_EQ(options_of<ConfigOptions>({"path"}).action, ConfigAction::path);
  EXPECT_EQ(options_of<PlanOptions>({"--format", "m3u", "--color", "never", "-q"}).format, Format::m3u);
  EXPECT_EQ(options_of<PlanOptions>({"-v", "-v"}).verbosity, Verbosity::verbose);
}

TEST(OptionsTest, RelationsAreWrittenAsTheyArePrinted) {
  for (const NamedValue<Relation>& word : Words<Relation>::table) EXPECT_EQ(word.text, name_of(word.value));
}

TEST(OptionsTest, ARefusalListsTheWords) {
  const auto refusal = [](const std::vector<const char*>& words) {
    try {
      parsed(words);
    } catch (const Error& e) {
      return std::string(e.what());
    }
    return std::string();
  };
  EXPECT_EQ(refusal({"plan", "--scope", "albun"}),
            "--scope takes album or track, not `albun`; did you mean `album`? (see `echofold plan --help`)");
  EXPECT_EQ(refusal({"scan", "/m", "--format", "csv"}),
            "--format takes ndjson or table, not `csv` (see `echofold scan --help`)");
  EXPECT_EQ(refusal({"plan", "--color", "x"}),
            "--color takes always, auto or never, not `x` (see `echofold plan --help`)");
}

TEST(OptionsTest, WrongUsageIsAUsageError) {
  for (const auto& words :
       {std::vector<const char*>{}, std::vector<const char*>{"nonsense"}, std::vector<const char*>{"scan"},
        std::vector<const char*>{"scan", "/m", "--nonsense"},
        std::vector<const char*>{"pairs", "--min-similarity", "2"}}) {
    try {
      parsed(words);
      FAIL() << "accepted";
    } catch (const Error& e) {
      EXPECT_EQ(e.fault(), Fault::usage);
    }
  }
}

}  // namespace
}  // namespace echofold::options_parse_test
