// echofold: options -> one verb -> exit code.
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <optional>
#include <string>
#include <thread>
#include <variant>

#include "index/base/error.h"
#include "index/base/parallel.h"
#include "index/base/text/printable.h"
#include "index/simd/hamming.h"
#include "index/store/damage_signals.h"
#include "tools/allocator.h"
#include "tools/commands.h"
#include "tools/console/interrupt.h"
#include "tools/console/output.h"
#include "tools/exit_code.h"
#include "tools/library.h"
#include "tools/options/parse.h"
#include "tools/stages/decoding.h"

namespace echofold {
namespace {

std::size_t threads_of(const GlobalOptions& options) {
  return options.threads > 0 ? static_cast<std::size_t>(options.threads)
                             : std::max(1U, std::thread::hardware_concurrency());
}

template <class Verb>
ExitCode run(const Verb& options, int argc, char** argv) {
  if (Verb::reads_music) start_jail();
  end_on_damage(static_cast<int>(ExitCode::guard));  // not in the jail: a crash there concerns a music file
  const std::stop_token stop = stop_on_signals();
  const ThreadLimit limit(threads_of(options));
  std::string line = "begin: echofold";
  for (int i = 1; i < argc; ++i) line.append(" ").append(argv[i]);
  note_in_log(line);
  const ExitCode code = run_verb(options, stop);
  flush_output();
  note_in_log(fmt::format("end: exit code {}", static_cast<int>(code)));
  return code;
}

ExitCode run(int argc, char** argv) {
  const std::optional<VerbOptions> options = parse_options(argc, argv);
  if (!options) {
    flush_output();  // the help
    return ExitCode::done;
  }
  const GlobalOptions& global = global_options(*options);
  set_up_log(global, std::holds_alternative<WatchOptions>(*options));  // a daemon's messages have times
  for (const std::string& warning : global.config.warnings) spdlog::warn("{}", printable(warning));
  if (!global.config.project_file.empty())
    spdlog::info("with the settings of {}", printable(global.config.project_file));
  hamming_kernel();  // a wrong ECHOFOLD_SIMD is a usage error now, not after an hour of decoding
  require_given_paths(*options);
  return std::visit([&](const auto& verb) { return run(verb, argc, argv); }, *options);
}

}  // namespace
}  // namespace echofold

int main(int argc, char** argv) {
  using echofold::ExitCode;
  ExitCode code = ExitCode::some_failed;
  echofold::tune_allocator();
  echofold::set_up_output();
  try {
    code = echofold::run(argc, argv);
  } catch (const echofold::Error& e) {
    fmt::print(stderr, "{}\n", echofold::message_text(echofold::printable(e.what())));
    code = echofold::exit_code_of(e.fault());
    echofold::note_in_log(fmt::format("{}; exit code {}", e.what(), static_cast<int>(code)), true);
  } catch (const std::exception& e) {
    fmt::print(stderr, "{}\n", echofold::message_text("unexpected: " + echofold::printable(e.what())));
    echofold::note_in_log(std::string("unexpected: ") + e.what(), true);
  }
  return static_cast<int>(code);
}
