// See act_run.h.
#include "tools/act_run.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "engine/json.h"
#include "engine/report/printable.h"
#include "tools/library.h"
#include "tools/output.h"

namespace echofold {
namespace {

void print_applied(const AppliedFile& file, const Options& options) {
  if (!file.skipped.empty()) spdlog::warn("group {}: {}", file.group, printable(file.skipped));
  if (!file.note.empty()) spdlog::info("{}", printable(file.note));
  if (options.format == Format::ndjson) {
    Json line{{"schema", "echofold.applied/1"}, {"group", file.group}};
    put_path(line, "path", file.path);
    if (file.skipped.empty()) put_path(line, "target", file.target);
    line["skipped"] = file.skipped.empty() ? Json(nullptr) : Json(file.skipped);
    data_out() << to_line(line) << '\n';
  } else if (file.skipped.empty() && options.verbosity >= 0) {
    data_out() << "set aside " << printable(file.path) << '\n';
  }
}

}  // namespace

ExitCode run_act_stage(Store& store, const Options& options, const std::string& library_id,
                       const std::vector<RemovalGroup>& groups, const std::stop_token& stop) {
  const ApplySummary summary = apply(
      store, library_id, groups, apply_settings(options),
      [&](const AppliedFile& file) { print_applied(file, options); }, stop);
  if (options.format != Format::ndjson && options.format != Format::csv) {
    data_out() << fmt::format("{} set aside, {} skipped", summary.moved, summary.skipped);
    if (summary.moved > 0) data_out() << "; `echofold undo " << summary.run << "` takes it back";
    data_out() << '\n';
  }
  if (summary.interrupted) return ExitCode::interrupted;
  return summary.skipped > 0 ? ExitCode::some_failed : ExitCode::done;
}

}  // namespace echofold
