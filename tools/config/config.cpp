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
#include "tools/given_paths.h"

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

Files read_files(const std::string& given, Options& options) {
  options.config = given.empty() ? user_config_path() : given;
  std::error_code ignored;
  Files files;
  if (!given.empty() || (!options.config.empty() && std::filesystem::exists(options.config, ignored)))
    files.user = read_config_file(options.config, ConfigKind::user);
  if (!given.empty()) return files;
  const std::string project = project_config_path();
  if (project.empty() || project == options.config) return files;
  if (const std::string why = distrust_of(project); !why.empty()) {
    options.warnings.push_back(fmt::format("{} is not used: {}", project, why));
    return files;
  }
  files.project = read_config_file(project, ConfigKind::project);
  options.project_config = project;
  return files;
}

const ConfigEntry* entry_of(const ConfigFile& file, const ConfigKey& key) {
  for (const ConfigEntry& entry : file.entries)
    if (entry.key == &key) return &entry;
  return nullptr;
}

/// The flag that was given for this key; empty: none.
std::string flag_of(const ConfigKey& key, const Options& options,
                    const std::function<bool(const std::string&)>& given) {
  if (!key.verb.empty() && key.verb != options.verb) return {};
  for (std::string_view rest = key.flag.names; !rest.empty();) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    if (given(std::string(rest.substr(0, end)))) return std::string(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return {};
}

Setting find_setting(const ConfigKey& key, const Files& files, Options& options,
                     const std::function<bool(const std::string&)>& given) {
  const auto made = [&](ConfigValue value, Origin origin, std::string where) {
    return Setting{std::string(key.name), std::move(value), origin, std::move(where), key.is_secret};
  };
  if (const std::string flag = flag_of(key, options, given); !flag.empty())
    return made(option_value(key, options), Origin::flag, flag);
  if (auto value = environment_value(key))
    return made(*std::move(value), Origin::environment, environment_name(key));
  for (const auto& [file, origin] :
       {std::pair{&files.project, Origin::project}, std::pair{&files.user, Origin::user}})
    if (const ConfigEntry* entry = entry_of(*file, key))
      return made(entry->value, origin, fmt::format("{}:{}", file->path, entry->line));
  return made({}, Origin::preset, {});
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

void apply_config(const std::string& given_file, const std::function<bool(const std::string& flag)>& given,
                  Options& options) {
  options.warnings = odd_environment();
  const char* named = std::getenv("ECHOFOLD_CONFIG");
  const Files files =
      read_files(given_file.empty() && named != nullptr ? with_home(named) : given_file, options);
  for (const ConfigKey& key : config_keys()) {
    Setting setting = find_setting(key, files, options, given);
    // Of the formats, which share one member, only this verb's counts.
    const bool counts = key.formats.empty() || key.verb == options.verb;
    if (setting.origin == Origin::preset) {
      if (key.name == "db") options.db = default_db();
      if (counts) setting.value = option_value(key, options);
    } else if (setting.origin != Origin::flag && counts) {
      set_option(key, setting.value, options);
      // A percentage is shown as the number that it stands for.
      if (std::holds_alternative<double*>(key.place(options))) setting.value = option_value(key, options);
    }
    options.settings.push_back(std::move(setting));
  }
  if (options.review_similarity > options.auto_similarity)
    throw Error(Fault::usage, "`review_similarity` must not be above `auto_similarity`");
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
