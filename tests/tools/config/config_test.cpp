// Every key of the table can be read from a file and from the environment, and is printed as it was written.
#include "tools/config/config.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include "index/base/error.h"
#include "tests/support/read_file.h"
#include "tests/support/source_tree.h"
#include "tests/support/temp_dir.h"
#include "tools/config/environment.h"
#include "tools/config/file.h"
#include "tools/config/keys.h"

namespace echofold::config_config_test {
namespace {

using test::TempDir;

/// A value that a key takes and that is not its default.
ConfigValue sample_of(const ConfigKey& key) {
  if (const auto words = words_of(key); !words.empty()) return words.back();
  for (const ConfigValue& value :
       {ConfigValue(0.25), ConfigValue(std::int64_t{7}), ConfigValue(std::string("/a \"b\"\\\n\x01ü")),
        ConfigValue(std::vector<std::string>{"a", "b c"}), ConfigValue(false), ConfigValue(true)}) {
    AllOptions options, defaults;
    if (!set_option(key, value, options) && option_value(key, options) != option_value(key, defaults))
      return value;
  }
  ADD_FAILURE() << key.name << " takes nothing";
  return {};
}

ConfigFile read(const std::string& text) {
  const TempDir dir;
  std::ofstream(dir / "config.toml") << text;
  return read_config_file((dir / "config.toml").string(), ConfigKind::user);
}

TEST(ConfigTest, EveryKeyComesBackFromAFileAsItWasPrinted) {
  for (const ConfigKey& key : config_keys()) {
    SCOPED_TRACE(key.name);
    const ConfigValue value = sample_of(key);
    const ConfigFile file = read(std::string(key.name) + " = " + config_text(value) + "\n");
    ASSERT_EQ(file.entries.size(), 1u);
    EXPECT_EQ(file.entries[0].key, &key);
    EXPECT_EQ(file.entries[0].value, value);
    AllOptions options;
    ASSERT_FALSE(set_option(key, file.entries[0].value, options));
    EXPECT_EQ(option_value(key, options), value);
  }
}

TEST(ConfigTest, EveryKeyCanBeSetInTheEnvironment) {
  for (const ConfigKey& key : config_keys()) {
    SCOPED_TRACE(key.name);
    const std::string name = environment_name(key);
    const ConfigValue value = sample_of(key);
    std::string text = config_text(value);
    if (const auto* list = std::get_if<std::vector<std::string>>(&value))
      text = list->at(0) + "::" + list->at(1);
    if (const auto* plain = std::get_if<std::string>(&value)) text = *plain;
    setenv(name.c_str(), text.c_str(), 1);
    EXPECT_EQ(environment_value(key), value);
    setenv(name.c_str(), "", 1);
    EXPECT_FALSE(environment_value(key)) << "an empty variable says nothing";
    unsetenv(name.c_str());
  }
}

TEST(ConfigTest, EveryKeyRefusesWhatItIsNot) {
  for (const ConfigKey& key : config_keys()) {
    SCOPED_TRACE(key.name);
    EXPECT_THROW(read(std::string(key.name) + " = 2026-11-23\n"), Error);
    EXPECT_THROW(read(std::string(key.name) + " = [1]\n"), Error);
    EXPECT_THROW(read(std::string(key.name) + " = {}\n"), Error);
    if (!words_of(key).empty()) {
      EXPECT_THROW(read(std::string(key.name) + " = \"never ever\"\n"), Error);
    }
    if (key.most > key.least) {
      EXPECT_THROW(read(std::string(key.name) + " = " + config_text(key.most + 1) + "\n"), Error);
    }
  }
}

TEST(ConfigTest, TablesAreNamesWithPoints) {
  const ConfigFile file = read("threads = 2\n[format]\nscan = \"ndjson\"\n");
  ASSERT_EQ(file.entries.size(), 2u);
  EXPECT_EQ(file.entries[0].key->name, "format.scan");
  EXPECT_EQ(file.entries[0].line, 3u);
}

TEST(ConfigTest, NoKeyLiftsAGuardForEver) {
  for (const char* name : {"allow_vanished", "remeasure", "apply", "repair", "write", "files_from"})
    EXPECT_EQ(find_config_key(name), nullptr) << name;
}

TEST(ConfigTest, TheManualHasEveryKey) {
  const std::string manual = test::read_file(test::source_tree() / "docs/CLI.md");
  for (const ConfigKey& key : config_keys()) {
    const bool is_format = key.name.starts_with("format.");
    EXPECT_NE(manual.find('`' + std::string(is_format ? "format.VERB" : key.name) + '`'), std::string::npos)
        << key.name;
  }
}

}  // namespace
}  // namespace echofold::config_config_test
