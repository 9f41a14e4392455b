// undo [RUN]: takes a run back.
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "engine/act/journal/step.h"
#include "engine/act/recovery/history.h"
#include "engine/act/recovery/undo.h"
#include "engine/dedupe/answers.h"
#include "engine/report/figures.h"
#include "engine/report/name_table.h"
#include "index/base/json.h"
#include "index/base/text/printable.h"
#include "tools/commands.h"
#include "tools/console/ask_yes.h"
#include "tools/console/output.h"
#include "tools/library.h"
#include "tools/stages/undo_run.h"

namespace echofold {
namespace {

std::string restored_text(const UndoSummary& summary) {
  CountsText text;
  text.add(summary.restored, "restored");
  text.add(summary.skipped, "skipped");
  return text.or_else("nothing was restored");
}

bool is_back(const Step& step) { return outcome(step).state == StepState::undone; }

NameTable table_of(const Steps& steps, const UndoOptions& options) {
  std::vector<std::string_view> paths;
  for (const Step& step : steps)
    if (is_back(step)) paths.emplace_back(place_before(step));
  return {paths, table_style(options)};
}

std::string restored_to_line(const Step& step, bool dry_run) {
  const bool back = is_back(step);
  const auto* rewrite = std::get_if<RewriteStep>(&step);
  Json line{{"schema", "echofold.restored/1"}};
  put_path(line, "from", place_after(step));
  if (back) put_path(line, "path", place_before(step));
  line["restored"] = back && !dry_run;
  if (dry_run) line["dry_run"] = true;
  line["rewrite"] = rewrite == nullptr ? Json(nullptr) : Json(name_of(rewrite->rewrite.kind));
  line["skipped"] = back ? Json(nullptr) : Json(outcome(step).note);
  return to_line(line);
}

/// @param table  nothing for NDJSON
void print_restored(const Step& step, const NameTable* table, bool dry_run) {
  if (!is_back(step))
    spdlog::warn("{}", printable(outcome(step).note));
  else if (!outcome(step).note.empty())
    spdlog::info("{}", printable(outcome(step).note));
  if (table == nullptr)
    data_out() << restored_to_line(step, dry_run) << '\n';
  else if (is_back(step))
    data_out() << table->done(dry_run ? "would restore" : "restored", place_before(step));
}

ExitCode preview(const UndoOptions& options) {
  const bool ndjson = options.format == Format::ndjson;
  const Store store = Store::open_to_read(options.db);
  std::uint64_t back = 0, skipped = 0;
  const Steps steps = preview_undo(store, options.run);
  const NameTable table = table_of(steps, options);
  if (!ndjson) data_out() << table.heading();
  for (const Step& step : steps) {
    print_restored(step, ndjson ? nullptr : &table, true);
    ++(is_back(step) ? back : skipped);
  }
  CountsText text;
  text.add(back, "to restore");
  text.add(skipped, "to skip");
  if (!ndjson) data_out() << text.or_else("nothing to restore") << "; nothing was moved\n";
  return skipped > 0 ? ExitCode::some_failed : ExitCode::done;
}

/// The run that `undo` takes back: this one, or the newest that can be taken back. Nothing if there is none.
std::optional<RunInfo> target_of(const Store& store, const std::string& run) {
  for (RunInfo& info : history(store))
    if (run.empty() ? info.can_be_taken_back() : info.run == run) return std::move(info);
  return std::nullopt;
}

std::uint64_t files_in_place(const RunInfo& run) noexcept {
  return run.moves_undone + run.moves_skipped + run.rewrites_undone + run.rewrites_skipped;
}

/// Whether opening the library has brought back all that the run had left open, so that nothing of it is left to take
/// back. Reports how much came back.
/// @param before  the run before the library was opened
bool is_back_already(const Store& store, const RunInfo& before, const UndoOptions& options) {
  const auto now = target_of(store, before.run);
  if (!now || now->can_be_taken_back() || files_in_place(*now) <= files_in_place(before)) return false;
  const std::uint64_t back = files_in_place(*now) - files_in_place(before);
  const std::string text =
      fmt::format("run {} was interrupted; {} in place again. Nothing of it is left to take back.", now->run,
                  count_text(back, "file that it had left open is", "files that it had left open are"));
  if (options.format == Format::ndjson)
    spdlog::info("{}", text);
  else
    print_sentence(options, text);
  return true;
}

/// Asks on a terminal, and shows how much comes back. The files can be moved again: Enter means yes.
bool is_wanted(const Steps& steps, const UndoOptions& options, const std::stop_token& stop) {
  if (options.yes || options.format == Format::ndjson || !can_ask()) return true;
  const auto back = std::ranges::count_if(steps, is_back);
  if (back == 0) return true;  // undo reports why
  return ask_yes(
      fmt::format("Take back the {}: {}?", options.run.empty() ? "newest run" : "run " + options.run,
                  count_text(static_cast<std::uint64_t>(back), "file", "files")),
      true, stop);
}

/// Takes back the answers of a review that sent the files away: with --answers at once, on a terminal after a question;
/// a script gets a message that names the command.
/// @return whether answers were taken back
bool offer_answers(Store& store, const UndoSummary& summary, const UndoOptions& options,
                   const std::stop_token& stop) {
  const auto answers = answers_against(store.snapshot(), summary.back);
  if (answers.empty()) return false;
  const std::string count = count_text(answers.size(), "answer", "answers");
  const std::string files = summary.back.size() == 1 ? "this file" : "these files";
  bool forgets = options.answers;
  if (!forgets && !options.yes && options.format != Format::ndjson && can_ask())
    forgets = ask_yes(count + " of a review sent " + files + " away. Take " +
                          (answers.size() == 1 ? "it" : "them") + " back, too?",
                      false, stop);
  if (!forgets) {
    spdlog::info("{} of a review sent {} away and {}; `echofold verdicts --forget A B` takes one back", count,
                 files, answers.size() == 1 ? "stays" : "stay");
    return false;
  }
  take_answers_back(store, summary);
  spdlog::info("{} taken back: `echofold review` asks again", count);
  return true;
}

}  // namespace

ExitCode run_verb(const UndoOptions& options, const std::stop_token& stop) {
  if (options.dry_run) return preview(options);
  const auto target = target_of(Store::open_to_read(options.db), options.run);
  Store store = open_library(options, false);
  if (target && is_back_already(store, *target, options)) return ExitCode::done;
  const bool ndjson = options.format == Format::ndjson;
  const Steps steps = preview_undo(store, options.run);
  if (!is_wanted(steps, options, stop)) {
    data_out() << "nothing was moved\n";
    return ExitCode::done;
  }
  const NameTable table = table_of(steps, options);
  if (!ndjson) data_out() << table.heading();
  const UndoSummary summary = undo(
      store, options.run, [&](const Step& step) { print_restored(step, ndjson ? nullptr : &table, false); });
  if (!ndjson) data_out() << fmt::format("run {}: {}\n", summary.run, restored_text(summary));
  flush_output();
  if (!offer_answers(store, summary, options, stop) && !summary.back.empty())
    spdlog::info("what came back stays where it is; only `--again` moves it again");
  return summary.skipped > 0 ? ExitCode::some_failed : ExitCode::done;
}

}  // namespace echofold
