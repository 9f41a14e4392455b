// tune LABELS: thresholds tried on labelled pairs.
#include <spdlog/spdlog.h>

#include <unistd.h>

#include <filesystem>
#include <optional>

#include "engine/report/tune_page.h"
#include "engine/report/tune_rows.h"
#include "engine/tune/tune.h"
#include "engine/tune/verdict_labels.h"
#include "index/base/error.h"
#include "index/base/fs/input_file.h"
#include "index/base/text/printable.h"
#include "tools/commands.h"
#include "tools/config/write.h"
#include "tools/console/output.h"
#include "tools/console/progress.h"
#include "tools/library.h"
#include "tools/replace_file.h"
#include "tools/stages/decoding.h"

namespace echofold {
namespace {

/// @param library  needed only for verdicts
LabelledSet labelled_set(const TuneOptions& options, const Store* library, const std::stop_token& stop) {
  if (!options.verdicts) return read_labelled_set(options.labels, stop);
  LabelledSet set;
  set.source = "the verdicts of " + options.db;
  VerdictLabels verdicts = verdict_labels(library->snapshot());
  for (VerdictLabel& label : verdicts.labels) set.pairs.push_back(std::move(label.pair));
  if (set.pairs.empty()) throw Error(Fault::usage, "no verdicts yet: `echofold review` collects them");
  return set;
}

/// Called before the work: a mistyped name must not overwrite a file.
void require_free_for_report(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error) && !error) return;
  std::string begin(tune_page_begin.size(), '\0');
  try {
    const Fd file = open_regular(path);
    if (uninterrupted([&] { return ::read(file.get(), begin.data(), begin.size()); }) <= 0) begin.clear();
  } catch (const Error& e) {
    throw Error(Fault::usage, std::string("--html: ") + e.what());
  }
  if (begin != tune_page_begin)
    throw Error(Fault::usage, path + " exists and is not a report of `tune`: choose another name for --html");
}

void print_result(const TuneResult& result, const TuneOptions& options) {
  switch (options.format.value_or(Format::table)) {
    case Format::ndjson:
      data_out() << tune_ndjson(result);
      break;
    case Format::csv:
      data_out() << tune_csv(result);
      break;
    case Format::table:
    case Format::m3u:
    case Format::html:
      data_out() << tune_table(result, table_style(options));
      break;
  }
}

void write_thresholds(const TuneResult& result, const std::string& file) {
  write_numbers(file, {{"auto_similarity", result.recommended.auto_similarity},
                       {"review_similarity", result.recommended.review_similarity}});
  spdlog::info("auto_similarity = {:g} and review_similarity = {:g} written to {}",
               result.recommended.auto_similarity, result.recommended.review_similarity, printable(file));
}

}  // namespace

ExitCode run_verb(const TuneOptions& options, const std::stop_token& stop) {
  if (!options.html.empty()) require_free_for_report(options.html);
  // Labels need no library; where there is one, its fingerprints are used.
  std::optional<Store> store;
  if (options.verdicts)
    store = Store::open_to_read(options.db);
  else
    store = library_if_there(options);
  const Store* library = store ? &*store : nullptr;
  const LabelledSet set = labelled_set(options, library, stop);

  ProgressLine line(options);
  const LoadedTracks tracks = load_tracks(set.paths(), library, jailed_reader(), line.stages(), stop);
  line.clear();
  for (const LoadedTrack& track : tracks.failures)
    spdlog::warn("{}: {}", printable(track.path), printable(track.record.failure));
  const TuneResult result =
      tune(set, tracks, {match_settings(options), options.false_moves}, line.stages(), stop);
  line.clear();

  print_result(result, options);
  if (!options.html.empty()) replace_file(options.html, tune_page(result, tracks, set.source));
  if (options.write) write_thresholds(result, options.config.user_file);
  return tracks.failures.empty() ? ExitCode::done : ExitCode::some_failed;
}

}  // namespace echofold
