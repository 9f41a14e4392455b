#include "tools/options.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "index/base/error.h"

namespace echofold::tools_options_test {
namespace {

Options parsed(std::vector<const char*> words) {
  unsetenv("XDG_CONFIG_HOME");
  setenv("HOME", "/nonexistent", 1);
  words.insert(words.begin(), "echofold");
  return parse_options(static_cast<int>(words.size()), words.data()).value();
}

TEST(OptionsTest, GlobalFlagsStandBeforeAndBehindTheVerb) {
  for (const auto& words : {std::vector<const char*>{"--db", "/x", "--threads", "3", "scan", "/music"},
                            std::vector<const char*>{"scan", "/music", "--db", "/x", "--threads", "3"}}) {
    const Options options = parsed(words);
    EXPECT_EQ(options.db, "/x");
    EXPECT_EQ(options.threads, 3);
    EXPECT_EQ(options.paths, std::vector<std::string>{"/music"});
  }
}

TEST(OptionsTest, Defaults) {
  unsetenv("XDG_DATA_HOME");
  const Options options = parsed({"scan", "/music"});
  EXPECT_EQ(options.db, "/nonexistent/.local/share/echofold");
  EXPECT_EQ(options.length_s, 0);
  EXPECT_FALSE(options.format.has_value());
  EXPECT_EQ(options.auto_similarity, 0.98);
  EXPECT_EQ(options.review_similarity, 0.95);
}

TEST(OptionsTest, RepeatedFlagsDoNotEatPaths) {
  const Options options = parsed({"scan", "--exclude", "*.tmp", "--exclude", "x", "/music", "/more"});
  EXPECT_EQ(options.exclude, (std::vector<std::string>{"*.tmp", "x"}));
  EXPECT_EQ(options.paths, (std::vector<std::string>{"/music", "/more"}));
}

TEST(OptionsTest, DryRunIsTakenEverywhereAndWins) {
  for (const char* verb : {"plan", "pairs", "stats", "history", "undo", "review", "check", "export"}) {
    EXPECT_TRUE(parsed({verb, "-n"}).dry_run) << verb;
    EXPECT_TRUE(parsed({"--dry-run", verb}).dry_run) << verb;
  }
  EXPECT_FALSE(parsed({"dedupe", "/m", "--apply", "-n"}).apply);
  EXPECT_FALSE(parsed({"tag", "--all", "--apply", "--dry-run"}).apply);
  EXPECT_FALSE(parsed({"check", "--repair", "-n"}).repair);
  EXPECT_EQ(parsed({"watch", "/m", "--policy", "auto", "-n"}).watch_policy, WatchPolicy::report);
  const Options tune = parsed({"tune", "labels", "--write", "--html", "x", "-n"});
  EXPECT_FALSE(tune.write);
  EXPECT_EQ(tune.html, "");
  EXPECT_TRUE(parsed({"dedupe", "/m", "--apply"}).apply);
}

TEST(OptionsTest, WordsBecomeEnumerators) {
  EXPECT_EQ(parsed({"plan"}).scope, Scope::album);
  EXPECT_EQ(parsed({"plan", "--scope", "track"}).scope, Scope::track);
  EXPECT_EQ(parsed({"dedupe", "/m"}).link, std::nullopt);
  EXPECT_EQ(parsed({"dedupe", "/m", "--link", "reflink"}).link, LinkKind::reflink);
  EXPECT_EQ(parsed({"pairs", "--relation", "edit"}).relation, Relation::edit);
  EXPECT_EQ(parsed({"export", "--which", "losers"}).which, ExportRows::losers);
  EXPECT_EQ(parsed({"watch", "/m", "--policy", "auto"}).watch_policy, WatchPolicy::automatic);
  EXPECT_EQ(parsed({"config", "path"}).action, ConfigAction::path);
  EXPECT_EQ(parsed({"plan", "--format", "m3u", "--color", "never", "-q"}).format, Format::m3u);
  EXPECT_EQ(parsed({"plan", "-v", "-v"}).verbosity, Verbosity::verbose);
}

TEST(OptionsTest, RelationsAreWrittenAsTheyArePrinted) {
  for (const Word<Relation>& word : Words<Relation>::table) EXPECT_EQ(word.text, name_of(word.value));
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
}  // namespace echofold::tools_options_test
