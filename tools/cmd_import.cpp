// import [FILE|-]: fingerprints made elsewhere.
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <cerrno>
#include <fstream>
#include <iostream>

#include "engine/library/import.h"
#include "engine/report/printable.h"
#include "index/error.h"
#include "tools/commands.h"
#include "tools/console/output.h"
#include "tools/console/progress.h"
#include "tools/library.h"

namespace echofold {

ExitCode run_import(const Options& options, const std::stop_token& stop) {
  std::ifstream file;
  if (options.input != "-") {
    file.open(options.input, std::ios::binary);
    if (!file) throw Error(Fault::usage, system_error(errno, options.input).what());
  }
  std::istream& in = options.input == "-" ? std::cin : file;
  const std::string name = options.input == "-" ? "stdin" : printable(options.input);
  Store store = open_library(options, true);
  ProgressLine line(options);
  const ImportSummary summary = import_fingerprints(
      store, in,
      [&](const ImportFailure& failure) {
        line.clear();
        spdlog::warn("{}:{}: {}", name, failure.line, printable(failure.message));
      },
      [&](std::uint64_t lines) { line.show("import", lines, 0); }, stop);
  line.clear();
  data_out() << fmt::format("{} imported, {} unchanged, {} failed\n", summary.imported, summary.unchanged,
                            summary.failed);
  if (summary.imported > 0) say_next(options, "`echofold pairs` shows what matches.");
  return summary.failed > 0 ? ExitCode::some_failed : ExitCode::done;
}

}  // namespace echofold
