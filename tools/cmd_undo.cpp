// undo [RUN]: takes a run back.
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "engine/act/undo.h"
#include "engine/json.h"
#include "engine/report/printable.h"
#include "tools/commands.h"
#include "tools/console/output.h"
#include "tools/library.h"

namespace echofold {
namespace {

void print_restored(const AppliedFile& file, bool ndjson) {
  if (!file.skipped.empty()) spdlog::warn("{}", printable(file.skipped));
  if (!file.note.empty()) spdlog::info("{}", printable(file.note));
  if (ndjson) {
    Json line{{"schema", "echofold.restored/1"}};
    put_path(line, "from", file.path);
    if (file.skipped.empty()) put_path(line, "path", file.target);
    line["restored"] = file.skipped.empty();
    line["rewrite"] = file.rewrite.empty() ? Json(nullptr) : Json(file.rewrite);
    line["skipped"] = file.skipped.empty() ? Json(nullptr) : Json(file.skipped);
    data_out() << to_line(line) << '\n';
  } else if (file.skipped.empty()) {
    data_out() << "restored " << printable(file.target) << '\n';
  }
}

}  // namespace

ExitCode run_undo(const Options& options, const std::stop_token&) {
  Store store = open_library(options, false);
  const bool ndjson = options.format == Format::ndjson;
  const UndoSummary summary =
      undo(store, options.run, [&](const AppliedFile& file) { print_restored(file, ndjson); });
  if (!ndjson)
    data_out() << fmt::format("run {}: {} restored, {} skipped\n", summary.run, summary.restored,
                              summary.skipped);
  return summary.skipped > 0 ? ExitCode::some_failed : ExitCode::done;
}

}  // namespace echofold
