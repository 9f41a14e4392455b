// watch PATH...: keeps the library in step with its folders until it is stopped.
#include <spdlog/spdlog.h>

#include <fmt/format.h>
#include <csignal>
#include <set>
#include <utility>

#include "engine/report/ndjson.h"
#include "engine/report/plan_table.h"
#include "index/base/error.h"
#include "index/base/fs/path.h"
#include "index/base/json.h"
#include "index/base/rounding.h"
#include "index/base/text/printable.h"
#include "tools/commands.h"
#include "tools/console/interrupt.h"
#include "tools/console/output.h"
#include "tools/console/timed_lines.h"
#include "tools/library.h"
#include "tools/stages/act_run.h"
#include "tools/stages/dedupe_sides.h"
#include "tools/stages/plan_run.h"
#include "tools/stages/scan_run.h"
#include "tools/stages/watch_loop.h"

namespace echofold {
namespace {

std::string finding_to_line(const PlanGroup& group, const PlanDrop& drop) {
  Json row{{"schema", "echofold.finding/1"}, {"action", name_of(drop.action)}};
  put_path(row, "path", drop.file.track.path);
  put_path(row, "keep", group.keep.track.path);
  row["similarity"] = similarity_out(drop.similarity);
  row["relation"] = name_of(drop.relation);
  row["band"] = name_of(drop.band);
  row["why"] = drop.why;
  return to_line(row);
}

bool found_nothing(const ScanSummary& found) noexcept {
  return found.fingerprinted + found.unchanged + found.moved + found.too_short + found.silent + found.failed +
             found.known_failed + found.missing ==
         0;
}

/// The work that watch does on the library each time. It holds the library's lock only during that work.
class Keeper {
 public:
  Keeper(const WatchOptions& options, const std::stop_token& stop) : options_(options), stop_(stop) {}

  void scan(const std::vector<std::string>& paths, bool parts,
            const std::function<bool(const FoundFile&)>& leave) {
    ScanSettings settings = scan_settings(options_);
    settings.parts_of_roots = parts;
    settings.postpone = leave;
    Store store = open_library(options_, true);
    const ScanSummary summary = run_scan_stage(
        store, options_, paths, settings, [this](const FileReport& report) { print(report); }, stop_);
    const auto changes = summary.fingerprinted + summary.moved + summary.missing + summary.recognised;
    changed_ = changed_ || changes > 0;
    std::string text = scan_summary_text(summary);
    text.pop_back();
    if (found_nothing(summary)) text = "no music to read yet";
    report_passed_over(summary, reported_passed_over_);
    spdlog::log(parts && changes == 0 ? spdlog::level::debug : spdlog::level::info, "{}", text);
    flush_output();
  }

  void follow_up() {
    if (!changed_ || stop_.stop_requested()) return;
    Store store = open_library(options_, true);
    const bool acts = options_.policy == WatchPolicy::automatic;
    OtherFiles others;
    PlanSettings settings = plan_settings(options_);
    settings.under = absolute_paths(options_.paths);
    settings.only_under = acts;
    settings.is_there = [&](const TrackRecord& track) { return others.is_there(track); };
    const Plan plan = run_listening_plan_stage(store, options_, settings, stop_);
    changed_ = false;
    for (const PlanGroup& group : plan.groups)
      for (const PlanDrop& drop : group.drops)
        if (drop.action == Action::review || (drop.action == Action::move && !acts) || drop.kept)
          print(group, drop);
    if (acts && has(plan, Action::move)) run_act_stage(store, options_, plan, stop_);
    flush_output();
  }

 private:
  bool is_ndjson() const { return options_.format == Format::ndjson; }

  void print(const FileReport& report) {
    if (is_ndjson() && report.status != FileStatus::unchanged)
      data_out() << file_to_line(report) << '\n' << std::flush;
  }

  /// Prints each finding once, as long as it stays the same.
  void print(const PlanGroup& group, const PlanDrop& drop) {
    const std::string line = finding_to_line(group, drop);
    if (!reported_.insert(line).second) return;
    if (is_ndjson())
      data_out() << line << '\n';
    else
      data_out() << fmt::format("{:<6}  {}  {}  keeps {}  ({})\n", drop.kept ? "stay" : name_of(drop.action),
                                printable(drop.file.track.path), likeness_text(drop),
                                printable(group.keep.track.path), printable(drop.why));
  }

  const WatchOptions& options_;
  const std::stop_token& stop_;
  bool changed_ = true;  ///< since the last look for copies; unknown at the start
  std::set<std::string> reported_, reported_passed_over_;
};

/// "/music and /mnt/nas"
std::string folders_text(const WatchOptions& options) {
  return printable(fmt::format("{}", fmt::join(outermost(absolute_paths(options.paths)), " and ")));
}

WatchSettings watch_settings(const WatchOptions& options) {
  WatchSettings settings;
  settings.roots = outermost(absolute_paths(options.paths));
  settings.walk = scan_settings(options).walk;
  settings.settle = std::chrono::seconds(options.settle_s);
  settings.interval = std::chrono::seconds(options.interval_s);
  return settings;
}

}  // namespace

ExitCode run_verb(const WatchOptions& given, const std::stop_token& stop) {
  WatchOptions options = given;
  if (options.paths.empty()) options.paths = options.usual_paths;
  options.progress = When::never;
  const TimedLines times(data_out(), options.format == Format::ndjson);
  Keeper keeper(options, stop);
  spdlog::info("watching {} for changes", folders_text(options));
  using Leave = std::function<bool(const FoundFile&)>;
  WatchLoop loop(
      watch_settings(options),
      {[&](const std::string& root, const Leave& leave) { keeper.scan({root}, false, leave); },
       [&](const std::vector<std::string>& parts, const Leave& leave) { keeper.scan(parts, true, leave); },
       [&] { keeper.follow_up(); },
       [](const std::string& message) { spdlog::warn("{}", printable(message)); }});
  try {
    loop.run(stop);
  } catch (const Error& e) {
    if (e.fault() != Fault::interrupted) throw;
  }
  // SIGTERM is how a service manager ends a daemon: that is no interruption.
  return stop_signal() == SIGINT ? ExitCode::interrupted : ExitCode::done;
}

}  // namespace echofold
