// Names of runs sort by time.
#include "engine/act/journal/runs_dir.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <string_view>
#include <system_error>

#include "index/base/error.h"

namespace echofold {
namespace {

constexpr std::size_t time_letters = 20;  // 2026-11-22T17-01-22Z

std::string utc_name(std::time_t now) {
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[64];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H-%M-%SZ", &parts);
  return text;
}

std::int64_t seconds_of(const std::string& name) {
  std::tm parts{};
  return strptime(name.c_str(), "%Y-%m-%dT%H-%M-%SZ", &parts) == nullptr ? 0 : timegm(&parts);
}

std::string with_digits(const std::string& time, unsigned digits) {
  char text[8];
  std::snprintf(text, sizeof text, "-%04x", digits & 0xffffu);
  return time + text;
}

bool is_run_name(const std::string& name) {
  constexpr std::string_view form = "dddd-dd-ddTdd-dd-ddZ-xxxx";
  if (name.size() != form.size()) return false;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const char c = name[i];
    const bool digit = c >= '0' && c <= '9';
    const bool fits = form[i] == 'd'   ? digit
                      : form[i] == 'x' ? digit || (c >= 'a' && c <= 'f')
                                       : c == form[i];
    if (!fits) return false;
  }
  return true;
}

}  // namespace

std::filesystem::path runs_dir(const Store& store) { return store.dir() / "runs"; }

std::string next_run_name(std::int64_t now_s, const std::string& last, std::uint16_t random) {
  std::string name = with_digits(utc_name(now_s), random & 0x7fffu);
  if (name > last) return name;
  // The clock stands still or was set back: count on from the last run.
  const std::string time = last.substr(0, time_letters);
  const unsigned digits = static_cast<unsigned>(std::stoul(last.substr(time_letters + 1), nullptr, 16));
  return digits < 0xffffu ? with_digits(time, digits + 1) : with_digits(utc_name(seconds_of(time) + 1), 0);
}

std::filesystem::path undo_folder(const std::filesystem::path& journal_file) {
  return std::filesystem::path(journal_file).replace_extension(undo_folder_extension);
}

std::vector<std::filesystem::path> journal_files(const std::filesystem::path& runs_dir) {
  std::vector<std::filesystem::path> files;
  std::error_code failure;
  for (std::filesystem::directory_iterator entry(runs_dir, failure), end; !failure && entry != end;
       entry.increment(failure))
    if (entry->path().extension() == journal_extension && is_run_name(entry->path().stem().string()))
      files.push_back(entry->path());
  if (failure && failure != std::errc::no_such_file_or_directory)
    throw system_error(failure.value(), runs_dir.string());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace echofold
