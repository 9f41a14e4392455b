// See act_run.h.
#include "tools/stages/act_run.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "engine/json.h"
#include "engine/report/printable.h"
#include "tools/console/output.h"
#include "tools/library.h"
#include "tools/stages/act_extras.h"

namespace echofold {
namespace {

void print_applied(const AppliedFile& file, const Options& options) {
  if (!file.skipped.empty()) spdlog::warn("group {}: {}", file.group, printable(file.skipped));
  if (!file.note.empty()) spdlog::info("{}", printable(file.note));
  if (options.format == Format::ndjson) {
    Json line{{"schema", "echofold.applied/1"}, {"group", file.group}};
    put_path(line, "path", file.path);
    if (file.skipped.empty()) put_path(line, "target", file.target);
    line["renamed"] = file.renamed;
    line["skipped"] = file.skipped.empty() ? Json(nullptr) : Json(file.skipped);
    line["linked"] = file.linked.empty() ? Json(nullptr) : Json(file.linked);
    data_out() << to_line(line) << '\n';
  } else if (file.skipped.empty() && options.verbosity >= 0) {
    if (file.renamed)
      data_out() << "renamed " << printable(file.path) << "\n  -> " << printable(file.target) << '\n';
    else
      data_out() << (file.linked.empty() ? "set aside " : "linked ") << printable(file.path) << '\n';
  }
}

}  // namespace

ExitCode run_act_stage(Store& store, const Options& options, const std::string& library_id,
                       const std::vector<RemovalGroup>& groups, const std::stop_token& stop) {
  ApplySettings settings = apply_settings(options);
  ActTally tally;
  add_extras(settings, store, options, tally);
  const ApplySummary summary = apply(
      store, library_id, groups, settings, [&](const AppliedFile& file) { print_applied(file, options); },
      stop);
  if (options.format != Format::ndjson && options.format != Format::csv) {
    data_out() << fmt::format("{} set aside, {} skipped", summary.moved, summary.skipped);
    if (summary.renamed > 0) data_out() << fmt::format(", {} put in their place", summary.renamed);
    if (summary.linked > 0) data_out() << fmt::format(", {} linked", summary.linked);
    if (tally.merged > 0) data_out() << fmt::format(", tags of {} merged", tally.merged);
    data_out() << playlists_text(tally);
    if (summary.moved + summary.linked > 0)
      data_out() << "; `echofold undo " << summary.run << "` takes it back";
    data_out() << '\n';
  }
  if (summary.interrupted) return ExitCode::interrupted;
  return summary.skipped + tally.failed + tally.lost_entries > 0 ? ExitCode::some_failed : ExitCode::done;
}

}  // namespace echofold
