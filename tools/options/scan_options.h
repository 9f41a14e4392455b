// The verbs that bring tracks into the library: scan, import.
#pragma once

#include <string>
#include <string_view>

#include "tools/options/shared.h"

namespace echofold {

struct ScanOptions : GlobalOptions, SourceOptions {
  static constexpr std::string_view verb = "scan";
  static constexpr bool reads_music = true;
};

struct ImportOptions : GlobalOptions {
  static constexpr std::string_view verb = "import";
  std::string input = "-";  ///< a file, or "-" for stdin
};

void declare(CLI::App& app, AllOptions& all, ScanOptions& options);
void declare(CLI::App& app, AllOptions& all, ImportOptions& options);

void finish(ScanOptions& options);

}  // namespace echofold
