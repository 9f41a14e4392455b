// verdicts: lists the answers of reviews; --forget takes one back.
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "engine/dedupe/answers.h"
#include "engine/dedupe/waiting_answers.h"
#include "engine/report/answer_rows.h"
#include "engine/report/figures.h"
#include "index/base/error.h"
#include "tools/commands.h"
#include "tools/console/output.h"
#include "tools/library.h"

namespace echofold {
namespace {

/// @throws Error Fault::usage, naming each path that the library does not know
std::vector<TrackRecord> tracks_at(const Snapshot& snapshot, const std::vector<std::string>& paths) {
  std::vector<TrackRecord> tracks;
  std::vector<std::string> unknown;
  for (const std::string& path : paths) {
    const auto id = snapshot.find_path(path);
    if (const auto track = id ? snapshot.track(*id) : std::nullopt)
      tracks.push_back(*track);
    else
      unknown.push_back(path);
  }
  if (!unknown.empty())
    throw Error(Fault::usage,
                fmt::format("{}: the library does not know {}; `verdicts` lists what was answered",
                            fmt::join(unknown, " and "), unknown.size() == 1 ? "it" : "them"));
  return tracks;
}

std::vector<GivenAnswer> answer_to_forget(const Snapshot& snapshot, const VerdictsOptions& options) {
  const auto paths = absolute_paths(options.forget);
  const auto tracks = tracks_at(snapshot, paths);
  auto answers = answer_of(snapshot, tracks.at(0), tracks.at(1));
  if (answers.empty()) throw Error(Fault::usage, "there is no answer about " + paths[0] + " and " + paths[1]);
  return answers;
}

void print(const std::vector<GivenAnswer>& answers, const VerdictsOptions& options) {
  const Format format = options.format.value_or(Format::table);
  if (format == Format::csv) data_out() << answer_csv_header();
  for (const GivenAnswer& answer : answers)
    data_out() << (format == Format::ndjson ? answer_to_line(answer) + '\n'
                   : format == Format::csv  ? answer_to_csv(answer)
                                            : answer_text(answer, table_style(options)));
}

ExitCode forget_one(const VerdictsOptions& options) {
  const bool is_table = options.format.value_or(Format::table) == Format::table;
  if (options.dry_run) {
    const Store store = Store::open_to_read(options.db);
    print(answer_to_forget(store.snapshot(), options), options);
    if (is_table) data_out() << "nothing was forgotten\n";
    return ExitCode::done;
  }
  Store store = open_library(options, false);
  const auto answers = answer_to_forget(store.snapshot(), options);
  forget(store, answers);
  print(answers, options);
  if (is_table) data_out() << "forgotten: the pair is open again\n";
  return ExitCode::done;
}

}  // namespace

ExitCode run_verb(const VerdictsOptions& options, const std::stop_token&) {
  if (!options.forget.empty()) return forget_one(options);
  const Store store = Store::open_to_read(options.db);
  const auto answers = given_answers(store.snapshot());
  print(answers, options);
  if (const auto waiting = waiting_answers(options.db).size(); waiting > 0)
    spdlog::info("{} while another run has the library: the next run that writes stores {}",
                 count_text(waiting, "more answer was given", "more answers were given"),
                 waiting == 1 ? "it" : "them");
  if (answers.empty() && options.format.value_or(Format::table) == Format::table)
    data_out() << "Nothing was answered yet; `echofold review` asks.\n";
  if (!answers.empty()) print_next_step(options, "`echofold verdicts --forget A B` takes an answer back.");
  return ExitCode::done;
}

}  // namespace echofold
