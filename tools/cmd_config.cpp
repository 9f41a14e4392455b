// config show, config path: what is set, and where it comes from.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <type_traits>

#include "index/base/json.h"
#include "index/base/text/printable.h"
#include "tools/commands.h"
#include "tools/config/file.h"
#include "tools/config/keys.h"
#include "tools/console/output.h"

namespace echofold {
namespace {

bool is_set(const Setting& setting) { return !std::holds_alternative<std::monostate>(setting.value); }

/// A line of a configuration file; a comment for a setting that is not set, and for a secret.
std::string line_of(const Setting& setting) {
  if (!is_set(setting)) return fmt::format("# {} is not set", setting.key);
  if (setting.is_secret) return fmt::format("# {} is set", setting.key);
  return fmt::format("{} = {}", setting.key, config_text(setting.value));
}

std::string origin_of(const Setting& setting) {
  const std::string origin(name_of(setting.origin));
  return setting.where.empty() ? origin : origin + ' ' + setting.where;
}

std::string row_of(const Setting& setting) {
  Json row{{"schema", "echofold.setting/1"}, {"key", setting.key}};
  row["value"] = std::visit(
      [](const auto& value) -> Json {
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::monostate>)
          return nullptr;
        else
          return value;
      },
      setting.is_secret&& is_set(setting) ? ConfigValue(std::string("set")) : setting.value);
  row["origin"] = name_of(setting.origin);
  row["where"] = setting.where.empty() ? Json(nullptr) : Json(setting.where);
  return to_line(row);
}

void show(const ConfigOptions& options) {
  std::size_t widest = 0;
  for (const Setting& setting : options.config.settings)
    widest = std::max(widest, std::min<std::size_t>(printable(line_of(setting)).size(), 48));
  for (const Setting& setting : options.config.settings) {
    const std::string line = printable(line_of(setting));
    if (options.format == Format::ndjson)
      data_out() << row_of(setting) << '\n';
    else if (options.show_origin)
      data_out() << fmt::format("{:<{}}  # {}\n", line, widest, printable(origin_of(setting)));
    else
      data_out() << line << '\n';
  }
}

void print_paths(const ConfigOptions& options) {
  const auto print = [&](const char* kind, const std::string& path) {
    std::error_code ignored;
    const bool is_there = !path.empty() && std::filesystem::exists(path, ignored);
    if (options.format == Format::ndjson) {
      Json row{{"schema", "echofold.config_file/1"}, {"kind", kind}};
      if (path.empty())
        row["path"] = nullptr;
      else
        put_path(row, "path", path);
      row["used"] = is_there;
      data_out() << to_line(row) << '\n';
    } else {
      data_out() << fmt::format(
          "{:<8} {}\n", kind,
          path.empty() ? "none found" : printable(path) + (is_there ? "" : " (not there)"));
    }
  };
  print("project", options.config.project_file);
  print("user", options.config.user_file);
}

}  // namespace

ExitCode run_verb(const ConfigOptions& options, const std::stop_token&) {
  if (options.action == ConfigAction::path)
    print_paths(options);
  else
    show(options);
  return ExitCode::done;
}

}  // namespace echofold
