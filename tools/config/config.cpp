// See config.h.
#include "tools/config/config.h"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <utility>

#include "index/base/error.h"
#include "tools/config/environment.h"
#include "tools/config/file.h"
#include "tools/config/keys.h"
#include "tools/home_path.h"

namespace echofold {
namespace {

std::string default_db() {
  if (const char* data = std::getenv("XDG_DATA_HOME"); data != nullptr && data[0] == '/')
    return std::string(data) + "/echofold";
  if (const char* home = std::getenv("HOME"); home != nullptr && home[0] == '/')
    return std::string(home) + "/.local/share/echofold";
  throw Error(Fault::usage, "neither HOME nor XDG_DATA_HOME is set: say where the library is with --db DIR");
}

struct Files {
  ConfigFile user, project;
};

Files read_files(const std::string& given, LoadedConfig& config) {
  config.user_file = given.empty() ? user_config_path() : given;
  std::error_code ignored;
  Files files;
  if (!given.empty() || (!config.user_file.empty() && std::filesystem::exists(config.user_file, ignored)))
    files.user = read_config_file(config.user_file, ConfigKind::user);
  if (!given.empty()) return files;
  const std::string project = project_config_path();
  if (project.empty() || project == config.user_file) return files;
  if (const std::string why = distrust_of(project); !why.empty()) {
    config.warnings.push_back(fmt::format("{} is not used: {}", project, why));
    return files;
  }
  files.project = read_config_file(project, ConfigKind::project);
  config.project_file = project;
  return files;
}

const ConfigEntry* entry_of(const ConfigFile& file, const ConfigKey& key) {
  for (const ConfigEntry& entry : file.entries)
    if (entry.key == &key) return &entry;
  return nullptr;
}

/// The flag that was given for this key; empty: none.
std::string flag_of(const ConfigKey& key, const GivenLine& line) {
  if (!key.verb.empty() && key.verb != line.verb) return {};
  for (std::string_view rest = key.flag.names; !rest.empty();) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    if (line.has_flag(std::string(rest.substr(0, end)))) return std::string(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return {};
}

Setting find_setting(const ConfigKey& key, const Files& files, const GivenLine& line, AllOptions& all) {
  const auto made = [&](ConfigValue value, Origin origin, std::string where) {
    return Setting{std::string(key.name), std::move(value), origin, std::move(where), key.is_secret};
  };
  if (const std::string flag = flag_of(key, line); !flag.empty())
    return made(option_value(key, all), Origin::flag, flag);
  if (auto value = environment_value(key))
    return made(*std::move(value), Origin::environment, environment_name(key));
  for (const auto& [file, origin] :
       {std::pair{&files.project, Origin::project}, std::pair{&files.user, Origin::user}})
    if (const ConfigEntry* entry = entry_of(*file, key))
      return made(entry->value, origin, fmt::format("{}:{}", file->path, entry->line));
  return made({}, Origin::preset, {});
}

/// Stores what no flag has stored. @return the setting as it is shown
Setting apply_setting(const ConfigKey& key, Setting setting, const GivenLine& line, AllOptions& all) {
  // The formats of all verbs share one member: only this verb's counts.
  const bool counts = key.formats.empty() || key.verb == line.verb;
  if (setting.origin == Origin::preset) {
    if (key.name == "db") all.shared.db = default_db();
    if (counts) setting.value = option_value(key, all);
  } else if (setting.origin != Origin::flag && counts) {
    set_option(key, setting.value, all);
    // A percentage is shown as the number that it stands for.
    if (std::holds_alternative<double*>(key.place(all))) setting.value = option_value(key, all);
  }
  return setting;
}

void expand_home_in(const ConfigKey& key, AllOptions& all) {
  if (!key.is_path) return;
  const SettingPlace place = key.place(all);
  if (auto* const* path = std::get_if<std::string*>(&place)) expand_home(**path, all.shared.typed_paths);
  if (auto* const* paths = std::get_if<std::vector<std::string>*>(&place))
    for (std::string& path : **paths) expand_home(path, all.shared.typed_paths);
}

}  // namespace

std::string_view name_of(Origin origin) noexcept {
  switch (origin) {
    case Origin::preset:
      break;
    case Origin::user:
      return "user";
    case Origin::project:
      return "project";
    case Origin::environment:
      return "environment";
    case Origin::flag:
      return "flag";
  }
  return "default";
}

void apply_config(const GivenLine& line, AllOptions& all) {
  LoadedConfig& config = all.shared.config;
  config.warnings = odd_environment();
  const char* named = std::getenv("ECHOFOLD_CONFIG");
  const Files files =
      read_files(line.file.empty() && named != nullptr ? with_home(named) : line.file, config);
  for (const ConfigKey& key : config_keys())
    config.settings.push_back(apply_setting(key, find_setting(key, files, line, all), line, all));
  if (all.shared.review_similarity > all.shared.auto_similarity)
    throw Error(Fault::usage, "`review_similarity` must not be above `auto_similarity`");
  for (const ConfigKey& key : config_keys()) expand_home_in(key, all);
}

std::string config_help() {
  std::string text = "Keys, and their variables in the environment:\n";
  for (const ConfigKey& key : config_keys())
    text += fmt::format(
        "  {:<20} {:<28} {}{}\n", key.name, environment_name(key), key.does,
        words_of(key).empty() ? std::string() : fmt::format(": {}", fmt::join(words_of(key), " ")));
  return text;
}

}  // namespace echofold
