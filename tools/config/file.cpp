// See file.h. Tables are names joined by points: `[format]` with `scan = ...` is `format.scan`.
#include "tools/config/file.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <toml++/toml.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <utility>

#include "index/base/error.h"
#include "index/base/fs/input_file.h"
#include "index/base/nesting.h"
#include "tools/home_path.h"

namespace echofold {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_config_bytes = std::size_t{1} << 20;

class Reader {
 public:
  Reader(ConfigFile& file, ConfigKind kind) : file_(file), kind_(kind) {}

  void take(const toml::table& table, const std::string& before) {
    for (const auto& [key, node] : table) {
      const std::string name = before + std::string(key.str());
      const toml::table* inner = node.as_table();
      if (inner != nullptr && !inner->empty())
        take(*inner, name + '.');
      else
        take(name, node);
    }
  }

 private:
  [[noreturn]] void refuse(const toml::node& node, const std::string& what) const {
    throw Error(Fault::usage, fmt::format("{}:{}: {}", file_.path, node.source().begin.line, what));
  }

  void take(const std::string& name, const toml::node& node) {
    const ConfigKey* key = find_config_key(name);
    if (key == nullptr) refuse(node, fmt::format("unknown key `{}`{}", name, nearest_config_key(name)));
    if (kind_ == ConfigKind::project && key->trust == ConfigTrust::user_only)
      refuse(node, fmt::format("`{}` can't be set by a project: it belongs in {}", name,
                               user_config_path().empty() ? "your own configuration" : user_config_path()));
    ConfigValue value = value_of(node);
    AllOptions scratch;
    if (const auto wanted = set_option(*key, value, scratch))
      refuse(node, fmt::format("`{}` must be {}", name, *wanted));
    if (kind_ == ConfigKind::project && key->is_path) lead_from_the_file(value);
    file_.entries.push_back({key, std::move(value), node.source().begin.line});
  }

  /// A value of any other type becomes "nothing", which no key accepts.
  static ConfigValue value_of(const toml::node& node) {
    if (const auto flag = node.as_boolean()) return flag->get();
    if (const auto number = node.as_integer()) return number->get();
    if (const auto number = node.as_floating_point()) return number->get();
    if (const auto text = node.as_string()) return text->get();
    const toml::array* array = node.as_array();
    if (array == nullptr) return {};
    std::vector<std::string> list;
    for (const toml::node& element : *array) {
      const auto text = element.as_string();
      if (text == nullptr) return {};
      list.push_back(text->get());
    }
    return list;
  }

  void lead_from_the_file(ConfigValue& value) const {
    const auto lead = [&](std::string& path) {
      if (!path.empty()) path = (fs::path(file_.path).parent_path() / with_home(path)).string();
    };
    if (auto* path = std::get_if<std::string>(&value)) lead(*path);
    if (auto* paths = std::get_if<std::vector<std::string>>(&value))
      for (std::string& path : *paths) lead(path);
  }

  ConfigFile& file_;
  ConfigKind kind_;
};

}  // namespace

std::string user_config_path() {
  if (const char* config = std::getenv("XDG_CONFIG_HOME"); config != nullptr && config[0] == '/')
    return std::string(config) + "/echofold/config.toml";
  if (const char* home = std::getenv("HOME"); home != nullptr && home[0] == '/')
    return std::string(home) + "/.config/echofold/config.toml";
  return {};
}

std::string project_config_path() {
  std::error_code error;
  fs::path folder = fs::current_path(error);
  if (error) return {};
  for (;; folder = folder.parent_path()) {
    for (const char* name : {"echofold.toml", ".echofold.toml"})
      if (fs::is_regular_file(folder / name, error)) return (folder / name).string();
    if (folder == folder.root_path()) return {};
  }
}

std::string distrust_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return "it can't be looked at";
  if (status.st_uid != ::geteuid() && status.st_uid != 0) return "it belongs to another user";
  if ((status.st_mode & S_IWOTH) != 0) return "anybody may write to it";
  return {};
}

std::string read_config_text(const std::string& path) {
  try {
    return read_regular(path, most_config_bytes);
  } catch (const Error& e) {
    throw Error(Fault::usage, e.what());
  }
}

void require_shallow_config(std::string_view text, const std::string& path) {
  try {
    require_shallow_toml(text);
  } catch (const Error& e) {
    throw Error(e.fault(), path + ": " + e.what());
  }
}

ConfigFile read_config_file(const std::string& path, ConfigKind kind) {
  const std::string text = read_config_text(path);
  require_shallow_config(text, path);
  ConfigFile file{path, {}};
  try {
    Reader(file, kind).take(toml::parse(text, path), "");
  } catch (const toml::parse_error& e) {
    throw Error(Fault::usage, fmt::format("{}:{}: {}", path, e.source().begin.line, e.description()));
  }
  return file;
}

}  // namespace echofold
