// Every setting with a flag takes the same values on the command line as in a file.
#include "tools/config/setting_flags.h"

#include <gtest/gtest.h>

#include <optional>
#include <stdexcept>
#include <vector>

#include "tools/config/keys.h"

namespace echofold::config_setting_flags_test {
namespace {

/// The value of the setting after this command line; nothing where the flag refuses it.
std::optional<ConfigValue> parsed(const ConfigKey& key, const std::vector<std::string>& words) {
  CLI::App app;
  AllOptions all;
  add_setting(&app, key.name, all);
  try {
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));  // CLI11 wants the last one first
  } catch (const CLI::ParseError&) {
    return std::nullopt;
  }
  return option_value(key, all);
}

/// Every key that add_setting() can declare.
std::vector<const ConfigKey*> keys_with_one_flag() {
  std::vector<const ConfigKey*> keys;
  for (const ConfigKey& key : config_keys())
    if (!key.flag.names.empty() && key.flag.names.find(' ') == std::string_view::npos) keys.push_back(&key);
  return keys;
}

bool is_bool(const ConfigKey& key) {
  AllOptions all;
  return std::holds_alternative<bool*>(key.place(all));
}

TEST(SettingFlagsTest, AFlagTakesEveryWordOfItsKey) {
  for (const ConfigKey* key : keys_with_one_flag())
    for (const std::string& word : words_of(*key))
      EXPECT_EQ(parsed(*key, {std::string(key->flag.names), word}), ConfigValue(word)) << key->name;
}

TEST(SettingFlagsTest, AFlagRefusesWhatItsKeyRefuses) {
  for (const ConfigKey* key : keys_with_one_flag()) {
    const std::string flag(key->flag.names);
    if (!words_of(*key).empty()) {
      EXPECT_FALSE(parsed(*key, {flag, "never ever"})) << key->name;
    }
    if (key->most > key->least) {
      const std::string most = config_text(ConfigValue(static_cast<std::int64_t>(key->most)));
      EXPECT_FALSE(parsed(*key, {flag, most + "1"})) << key->name;
      EXPECT_FALSE(parsed(*key, {flag, "-1"})) << key->name;
      EXPECT_FALSE(parsed(*key, {flag, "many"})) << key->name;
    }
    if (!is_bool(*key)) {
      EXPECT_FALSE(parsed(*key, {flag})) << key->name << " without a value";
    }
  }
}

TEST(SettingFlagsTest, ABoolNeedsNoValue) {
  for (const ConfigKey* key : keys_with_one_flag())
    if (is_bool(*key)) {
      const std::string flag(key->flag.names);
      EXPECT_EQ(parsed(*key, {flag}), ConfigValue(!flag.starts_with("--no-"))) << key->name;
    }
}

TEST(SettingFlagsTest, ASettingThatDoesNotExistIsAMistakeOfTheProgram) {
  CLI::App app;
  AllOptions all;
  EXPECT_THROW(add_setting(&app, "nonsense", all), std::logic_error);
}

}  // namespace
}  // namespace echofold::config_setting_flags_test
