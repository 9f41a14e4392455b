// import [FILE|-]: takes in fingerprints made elsewhere.
#include <spdlog/spdlog.h>

#include <optional>

#include "engine/library/import.h"
#include "engine/report/figures.h"
#include "index/base/error.h"
#include "index/base/fs/input_stream.h"
#include "index/base/text/printable.h"
#include "tools/commands.h"
#include "tools/console/output.h"
#include "tools/console/progress.h"
#include "tools/library.h"

namespace echofold {
namespace {

void print(const ImportSummary& summary, bool dry_run) {
  CountsText text;
  text.add(summary.imported, dry_run ? "to import" : "imported");
  text.add(summary.unchanged, "unchanged");
  text.add(summary.failed, "failed");
  data_out() << text.or_else("no lines to import") << (dry_run ? "; nothing was stored\n" : "\n");
}

}  // namespace

ExitCode run_verb(const ImportOptions& options, const std::stop_token& stop) {
  InputStream in(options.input, stop);
  const std::string name = options.input == "-" ? "stdin" : printable(options.input);
  ProgressLine line(options);
  const auto on_failure = [&](const ImportFailure& failure) {
    line.clear();
    spdlog::warn("{}:{}: {}", name, failure.line, printable(failure.error.what()));
  };
  const auto on_progress = [&](std::uint64_t lines) { line.show("import", lines, 0); };
  ImportSummary summary;
  if (options.dry_run) {
    const std::optional<Store> store = library_if_there(options);
    summary = check_import(store ? &*store : nullptr, in, on_failure, on_progress, stop);
  } else {
    Store store = open_library(options, true);
    summary = import_fingerprints(store, in, on_failure, on_progress, stop);
  }
  line.clear();
  print(summary, options.dry_run);
  if (summary.imported > 0 && !options.dry_run)
    print_next_step(options, "`echofold pairs` shows what matches.");
  return summary.failed > 0 ? ExitCode::some_failed : ExitCode::done;
}

}  // namespace echofold
