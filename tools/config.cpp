// See config.h.
#include "tools/config.h"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <cstdlib>
#include <filesystem>

#include "index/error.h"

namespace echofold {
namespace {

std::string default_path() {
  if (const char* config = std::getenv("XDG_CONFIG_HOME"); config != nullptr && config[0] == '/')
    return std::string(config) + "/echofold/config.toml";
  if (const char* home = std::getenv("HOME"); home != nullptr && home[0] == '/')
    return std::string(home) + "/.config/echofold/config.toml";
  return {};
}

[[noreturn]] void refuse(const std::string& file, const toml::node& node, const std::string& what) {
  throw Error(Fault::usage, fmt::format("{}:{}: {}", file, node.source().begin.line, what));
}

template <class T>
T value_of(const std::string& file, const std::string& key, const toml::node& node, const char* type) {
  if (const auto value = node.value<T>()) return *value;
  refuse(file, node, fmt::format("`{}` must be {}", key, type));
}

double share_of(const std::string& file, const std::string& key, const toml::node& node) {
  const double share = value_of<double>(file, key, node, "a number from 0 to 1");
  if (!(share >= 0 && share <= 1)) refuse(file, node, fmt::format("`{}` must be a number from 0 to 1", key));
  return share;
}

std::vector<std::string> list_of(const std::string& file, const std::string& key, const toml::node& node) {
  const toml::array* array = node.as_array();
  if (array == nullptr) refuse(file, node, fmt::format("`{}` must be a list of strings", key));
  std::vector<std::string> list;
  for (const toml::node& element : *array)
    list.push_back(value_of<std::string>(file, key, element, "a list of strings"));
  return list;
}

void take(const std::string& file, const std::string& key, const toml::node& node, Config& config) {
  if (key == "db") {
    config.db = value_of<std::string>(file, key, node, "a string");
  } else if (key == "threads") {
    config.threads = value_of<int>(file, key, node, "a whole number");
    if (*config.threads < 1 || *config.threads > 1024) refuse(file, node, "`threads` must be from 1 to 1024");
  } else if (key == "dups") {
    config.dups = value_of<std::string>(file, key, node, "a string");
  } else if (key == "merge_tags") {
    config.merge_tags = value_of<bool>(file, key, node, "true or false");
  } else if (key == "playlists") {
    config.playlists = value_of<bool>(file, key, node, "true or false");
  } else if (key == "link") {
    config.link = value_of<std::string>(file, key, node, "a string");
    if (*config.link != "hard" && *config.link != "reflink")
      refuse(file, node, "`link` must be hard or reflink");
  } else if (key == "exclude") {
    config.exclude = list_of(file, key, node);
  } else if (key == "extensions") {
    config.extensions = list_of(file, key, node);
  } else if (key == "protect") {
    config.protect = list_of(file, key, node);
  } else if (key == "auto_similarity") {
    config.auto_similarity = share_of(file, key, node);
  } else if (key == "review_similarity") {
    config.review_similarity = share_of(file, key, node);
  } else {
    refuse(file, node, fmt::format("unknown key `{}`", key));
  }
}

template <class T>
void fill(const std::optional<T>& value, bool given, T& target) {
  if (value && !given) target = *value;
}

}  // namespace

std::string config_path(const std::string& given) { return given.empty() ? default_path() : given; }

Config read_config(const std::string& path) {
  Config config;
  const std::string file = config_path(path);
  std::error_code ignored;
  if (file.empty() || (path.empty() && !std::filesystem::exists(file, ignored))) return config;
  try {
    for (const auto& [key, node] : toml::parse_file(file)) take(file, std::string(key.str()), node, config);
  } catch (const toml::parse_error& e) {
    throw Error(Fault::usage, fmt::format("{}:{}: {}", file, e.source().begin.line, e.description()));
  }
  return config;
}

void apply_config(const Config& config, const std::function<bool(const char* flag)>& given,
                  Options& options) {
  fill(config.db, given("--db"), options.db);
  fill(config.threads, given("--threads"), options.threads);
  fill(config.exclude, given("--exclude"), options.exclude);
  fill(config.extensions, given("--extension"), options.extensions);
  fill(config.protect, given("--protect"), options.protect);
  fill(config.dups, given("--dups"), options.dups);
  fill(config.link, given("--link"), options.link);
  fill(config.merge_tags, given("--merge-tags"), options.merge_tags);
  if (config.playlists && !given("--no-playlists")) options.no_playlists = !*config.playlists;
  fill(config.auto_similarity, false, options.auto_similarity);
  fill(config.review_similarity, false, options.review_similarity);
  if (options.review_similarity > options.auto_similarity)
    throw Error(Fault::usage, "`review_similarity` must not be above `auto_similarity`");
}

}  // namespace echofold
