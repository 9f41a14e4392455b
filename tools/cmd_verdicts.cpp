// verdicts: what was answered in reviews; --forget takes an answer back.
#include <spdlog/spdlog.h>

#include "engine/dedupe/answers.h"
#include "engine/report/answer_rows.h"
#include "engine/report/printable.h"
#include "index/error.h"
#include "tools/commands.h"
#include "tools/console/output.h"
#include "tools/library.h"

namespace echofold {
namespace {

TrackRecord track_at(const Snapshot& snapshot, const std::string& path) {
  const auto id = snapshot.find_path(path);
  const auto track = id ? snapshot.track(*id) : std::nullopt;
  if (!track)
    throw Error(Fault::usage, path + ": the library does not know it; `verdicts` lists what was answered");
  return *track;
}

std::vector<GivenAnswer> answer_to_forget(const Snapshot& snapshot, const Options& options) {
  const auto paths = absolute_paths(options.forget);
  auto answers = answer_of(snapshot, track_at(snapshot, paths.at(0)), track_at(snapshot, paths.at(1)));
  if (answers.empty()) throw Error(Fault::usage, "nothing was answered of " + paths[0] + " and " + paths[1]);
  return answers;
}

void print(const std::vector<GivenAnswer>& answers, const Options& options) {
  const Format format = options.format.value_or(Format::table);
  if (format == Format::csv) data_out() << answer_csv_header();
  for (const GivenAnswer& answer : answers)
    data_out() << (format == Format::ndjson ? answer_to_line(answer) + '\n'
                   : format == Format::csv  ? answer_to_csv(answer)
                                            : answer_text(answer));
}

ExitCode forget_one(const Options& options) {
  const bool says = options.format.value_or(Format::table) == Format::table;
  if (options.dry_run) {
    const Store store = Store::open_to_read(options.db);
    print(answer_to_forget(store.snapshot(), options), options);
    if (says) data_out() << "nothing was forgotten\n";
    return ExitCode::done;
  }
  Store store = open_library(options, false);
  const auto answers = answer_to_forget(store.snapshot(), options);
  forget(store, answers);
  print(answers, options);
  if (says) data_out() << "forgotten: the pair is open again\n";
  return ExitCode::done;
}

}  // namespace

ExitCode run_verdicts(const Options& options, const std::stop_token&) {
  if (!options.forget.empty()) return forget_one(options);
  const Store store = Store::open_to_read(options.db);
  const auto answers = given_answers(store.snapshot());
  print(answers, options);
  if (answers.empty() && options.format.value_or(Format::table) == Format::table)
    data_out() << "Nothing was answered yet; `echofold review` asks.\n";
  return ExitCode::done;
}

}  // namespace echofold
