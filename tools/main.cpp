// echofold: options -> one verb -> exit code. Nothing is decided here.
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

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
#include "tools/options.h"
#include "tools/stages/decoding.h"

namespace echofold {
namespace {

struct Verb {
  std::string_view name;
  ExitCode (*run)(const Options&, const std::stop_token&);
  bool reads_music = false;
};

constexpr std::array verbs = {
    Verb{"scan", run_scan, true},       Verb{"import", run_import},
    Verb{"pairs", run_pairs},           Verb{"plan", run_plan},
    Verb{"apply", run_apply, true},     Verb{"dedupe", run_dedupe, true},
    Verb{"review", run_review, true},   Verb{"undo", run_undo},
    Verb{"query", run_query, true},     Verb{"history", run_history},
    Verb{"verdicts", run_verdicts},     Verb{"purge", run_purge},
    Verb{"compare", run_compare, true}, Verb{"export", run_export},
    Verb{"tune", run_tune, true},       Verb{"check", run_check},
    Verb{"config", run_config},         Verb{"stats", run_stats},
    Verb{"watch", run_watch, true},     Verb{"organize", run_organize},
    Verb{"tag", run_tag, true},
};

ExitCode run(int argc, char** argv) {
  const std::optional<Options> options = parse_options(argc, argv);
  if (!options) {
    flush_output();  // the help
    return ExitCode::done;
  }
  set_up_log(*options);
  for (const std::string& warning : options->warnings) spdlog::warn("{}", printable(warning));
  if (!options->project_config.empty())
    spdlog::info("with the settings of {}", printable(options->project_config));
  hamming_kernel();  // a wrong ECHOFOLD_SIMD is a usage error now, not after an hour of decoding
  const auto verb =
      std::find_if(verbs.begin(), verbs.end(), [&](const Verb& v) { return v.name == options->verb; });
  if (verb == verbs.end()) throw Error(Fault::usage, "unknown verb " + options->verb);
  require_given_paths(*options);
  if (verb->reads_music) start_jail();
  end_on_damage(static_cast<int>(ExitCode::guard));  // not in the jail: its crashes are about files of music
  const std::stop_token stop = stop_on_signals();
  const std::size_t threads = options->threads > 0 ? static_cast<std::size_t>(options->threads)
                                                   : std::max(1U, std::thread::hardware_concurrency());
  const ThreadLimit limit(threads);
  std::string line = "begin: echofold";
  for (int i = 1; i < argc; ++i) line.append(" ").append(argv[i]);
  note_in_log(line);
  const ExitCode code = verb->run(*options, stop);
  flush_output();
  note_in_log(fmt::format("end: exit code {}", static_cast<int>(code)));
  return code;
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
    fmt::print(stderr, "echofold: {}\n", echofold::printable(e.what()));
    code = echofold::exit_code_of(e.fault());
    echofold::note_in_log(fmt::format("{}; exit code {}", e.what(), static_cast<int>(code)), true);
  } catch (const std::exception& e) {
    fmt::print(stderr, "echofold: unexpected: {}\n", echofold::printable(e.what()));
    echofold::note_in_log(std::string("unexpected: ") + e.what(), true);
  }
  return static_cast<int>(code);
}
