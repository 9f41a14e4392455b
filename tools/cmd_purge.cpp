// purge --older-than AGE: deletes what old runs set aside, after it shows how much that is and asks.
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <ctime>

#include "engine/act/purge.h"
#include "engine/report/figures.h"
#include "index/base/error.h"
#include "index/base/json.h"
#include "index/base/text/printable.h"
#include "tools/commands.h"
#include "tools/console/ask_yes.h"
#include "tools/console/output.h"
#include "tools/library.h"

namespace echofold {
namespace {

bool is_ndjson(const PurgeOptions& options) { return options.format == Format::ndjson; }

struct Going {
  std::uint64_t files = 0, bytes = 0, runs = 0;
};

/// What can be deleted of one run.
Going going_of(const PurgeRun& run) {
  Going going;
  for (const PurgeFile& file : run.files) {
    if (file.why_not) continue;
    ++going.files;
    going.bytes += file.bytes;
    going.runs = 1;
  }
  return going;
}

std::string size_of(const Going& going) {
  return fmt::format("{} ({})", count_text(going.files, "file", "files"), size_text(going.bytes));
}

/// Prints a line for each run, and why files of it stay.
Going show(const std::vector<PurgeRun>& runs) {
  Going all;
  for (const PurgeRun& run : runs) {
    for (const PurgeFile& file : run.files)
      if (file.why_not) spdlog::warn("stays: {}", printable(file.why_not->what()));
    const Going going = going_of(run);
    if (going.files == 0) continue;
    data_out() << fmt::format("{}  {}  {}\n", run.run, local_time_text(run.started_at_s), size_of(going));
    all.files += going.files;
    all.bytes += going.bytes;
    all.runs += going.runs;
  }
  return all;
}

void print_row(const std::string& run, const PurgeFile& file, bool dry_run) {
  Json line{{"schema", "echofold.purged/1"}, {"run", run}};
  put_path(line, "path", file.path);
  line["bytes"] = file.bytes;
  line["purged"] = !file.why_not && !dry_run;
  line["why_not"] = file.why_not ? Json(file.why_not->what()) : Json(nullptr);
  if (dry_run) line["dry_run"] = true;
  data_out() << to_line(line) << '\n';
}

ExitCode preview(const PurgeOptions& options, std::int64_t before_s) {
  const Store store = Store::open_to_read(options.db);
  const auto runs = purgeable(store, before_s);
  if (is_ndjson(options)) {
    for (const PurgeRun& run : runs)
      for (const PurgeFile& file : run.files) print_row(run.run, file, true);
    return ExitCode::done;
  }
  const Going all = show(runs);
  data_out() << (all.files == 0 ? "nothing to purge" : size_of(all) + " would be deleted")
             << "; nothing was deleted\n";
  return ExitCode::done;
}

/// @throws Error Fault::usage where nobody can be asked
bool is_confirmed(const PurgeOptions& options, const Going& all, const std::stop_token& stop) {
  if (options.yes) return true;
  if (!can_ask() || is_ndjson(options))
    throw Error(
        Fault::usage,
        "purge deletes for good, and there is no terminal to ask on: use --yes, or look first with -n");
  return ask_yes(fmt::format("Delete {} of {} for good? `undo` can't bring them back.", size_of(all),
                             count_text(all.runs, "run", "runs")),
                 false, stop);
}

ExitCode act(Store& store, const PurgeOptions& options, std::int64_t before_s, const std::stop_token& stop) {
  const PurgeSummary summary = purge(
      store, before_s,
      [&](const std::string& run, const PurgeFile& file) {
        if (is_ndjson(options))
          print_row(run, file, false);
        else if (file.why_not)
          spdlog::warn("stays: {}", printable(file.why_not->what()));
        else
          spdlog::debug("deleted {}", printable(file.path));
      },
      stop);
  if (!is_ndjson(options)) {
    CountsText text;
    text.add(summary.deleted, "deleted (" + size_text(summary.bytes) + ")");
    text.add(summary.stayed + summary.failed, "left");
    data_out() << text.or_else("nothing was deleted") << '\n';
  }
  if (summary.interrupted) return ExitCode::interrupted;
  return summary.failed > 0 ? ExitCode::some_failed : ExitCode::done;
}

}  // namespace

ExitCode run_verb(const PurgeOptions& options, const std::stop_token& stop) {
  const std::int64_t before_s = std::time(nullptr) - options.older_than_s;
  if (options.dry_run) return preview(options, before_s);
  Store store = open_library(options, false);
  if (!options.yes) {
    const auto runs = purgeable(store, before_s);
    Going all;
    if (is_ndjson(options))
      for (const PurgeRun& run : runs) all.files += going_of(run).files;
    else
      all = show(runs);
    if (all.files == 0) {
      if (!is_ndjson(options)) data_out() << "nothing to purge\n";
      return ExitCode::done;
    }
    if (!is_confirmed(options, all, stop)) {
      data_out() << "nothing was deleted\n";
      return ExitCode::done;
    }
  }
  return act(store, options, before_s, stop);
}

}  // namespace echofold
