// See act_run.h.
#include "tools/stages/act_run.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <set>
#include <string_view>
#include <utility>
#include <variant>

#include "engine/act/journal/step.h"
#include "engine/report/figures.h"
#include "engine/report/shared_folder.h"
#include "index/base/json.h"
#include "index/base/text/printable.h"
#include "tools/console/output.h"
#include "tools/library.h"
#include "tools/stages/act_extras.h"

namespace echofold {
namespace {

bool is_done(const Step& step) { return outcome(step).state == StepState::done; }

/// Not set aside: a keeper that gets its loser's place.
bool is_rename(const Step& step) {
  const auto* move = std::get_if<MoveStep>(&step);
  return move != nullptr && move->move.purpose == MovePurpose::rename;
}

/// "not moved: PATH: why". The reason may begin with the path of this file, or of the keeper.
std::string skip_text(const Step& step) {
  const std::string path = printable(place_before(step));
  std::string why = printable(outcome(step).note);
  if (why.starts_with(path + ": ")) why.erase(0, path.size() + 2);
  return "not moved: " + path + ": " + why;
}

/// The set-aside folders of these files: each target without the path that the file had in its root.
std::set<std::string> set_aside_folders(const std::vector<std::string>& targets, const std::string& run) {
  std::set<std::string> folders;
  for (const std::string& target : targets)
    if (const std::size_t at = target.find('/' + run + '/'); at != std::string::npos)
      folders.insert(target.substr(0, at + 1 + run.size()));
  return folders;
}

/// What was done, in figures. Leaves out counts of zero.
std::string counts_text(const ApplySummary& summary, const ActTally& tally) {
  const std::pair<std::uint64_t, std::string> counts[] = {
      {summary.moved, "set aside"},
      {summary.names,
       summary.names == 1 ? "further name of them (hard link)" : "further names of them (hard links)"},
      {summary.along, summary.along == 1 ? "partner file" : "partner files"},
      {summary.renamed, "put in their place"},
      {summary.linked, "linked"},
      {tally.merged, tally.merged == 1 ? "file took tags" : "files took tags"},
      {summary.skipped, "not moved"}};
  std::string text;
  for (const auto& [count, what] : counts)
    if (count > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, what);
  return text.empty() ? "nothing to set aside" : text + playlists_text(tally);
}

/// What was done, where the files are now, and how to take it back.
void print_summary(const ApplySummary& summary, const ActTally& tally,
                   const std::vector<std::string>& targets, const GlobalOptions& options) {
  print_sentence(options, counts_text(summary, tally));
  for (const std::string& folder : set_aside_folders(targets, summary.run))
    data_out() << "  in " << printable(folder) << '\n';
  if (summary.moved + summary.linked > 0)
    data_out() << "`echofold undo " << summary.run << "` takes it back\n";
}

/// What was done, or would be done with -n, to a file that is not skipped.
std::string_view deed_of(const Step& step, bool dry_run) {
  if (is_rename(step)) return dry_run ? "would rename" : "renamed";
  if (std::holds_alternative<RewriteStep>(step)) return dry_run ? "would link" : "linked";
  return dry_run ? "would set aside" : "set aside";
}

std::string applied_to_line(const PlanGroup& group, const Step& step, bool dry_run) {
  const bool done = is_done(step);
  const auto* move = std::get_if<MoveStep>(&step);
  const auto* link = std::get_if<RewriteStep>(&step);
  Json line{{"schema", "echofold.applied/1"}, {"group", group.number}};
  put_path(line, "path", place_before(step));
  if (done && !dry_run) put_path(line, "target", place_after(step));
  line["renamed"] = is_rename(step);
  line["skipped"] = done ? Json(nullptr) : Json(outcome(step).note);
  if (move != nullptr && !move->move.goes_with.empty()) put_path(line, "goes_with", move->move.goes_with);
  if (move != nullptr && !move->move.link_of.empty()) put_path(line, "link_of", move->move.link_of);
  line["linked"] = done && link != nullptr ? Json(name_of(link->rewrite.kind)) : Json(nullptr);
  if (dry_run) line["dry_run"] = true;
  return to_line(line);
}

/// A line with a path at its end, which is shortened on a terminal.
void print_path(std::string_view before, const std::string& path, const GlobalOptions& options) {
  data_out() << before << path_below(path, "", before.size(), table_style(options)) << '\n';
}

void print_done(const Step& step, const GlobalOptions& options) {
  print_path(std::string(deed_of(step, options.dry_run)) + ' ', place_before(step), options);
  const auto* move = std::get_if<MoveStep>(&step);
  if (move != nullptr && !move->move.link_of.empty())
    print_path("  another name of ", move->move.link_of, options);
  if (is_rename(step)) print_path("  -> ", place_after(step), options);
}

void print_applied(const PlanGroup& group, const Step& step, const GlobalOptions& options) {
  if (!is_done(step))
    spdlog::warn("{}", skip_text(step));
  else if (!outcome(step).note.empty())
    spdlog::info("{}", printable(outcome(step).note));
  if (options.format == Format::ndjson)
    data_out() << applied_to_line(group, step, options.dry_run) << '\n';
  else if (is_done(step) && options.verbosity >= Verbosity::normal)
    print_done(step, options);
}

}  // namespace

ExitCode preview_act_stage(const Store& store, const GlobalOptions& options, const ApplySettings& settings,
                           const Plan& plan) {
  std::uint64_t moved = 0, linked = 0, skipped = 0;
  preview_apply(store, plan, settings, [&](const PlanGroup& group, const Step& step) {
    print_applied(group, step, options);
    ++(!is_done(step) ? skipped : std::holds_alternative<MoveStep>(step) ? moved : linked);
  });
  if (options.format != Format::ndjson && options.format != Format::csv) {
    CountsText text;
    text.add(moved, "to set aside");
    text.add(linked, "to link");
    text.add(skipped, "to skip");
    data_out() << text.or_else("nothing to set aside") << "; nothing was moved\n";
  }
  return skipped > 0 ? ExitCode::some_failed : ExitCode::done;
}

ExitCode run_act_stage(Store& store, const ActingOptions& options, const Plan& plan,
                       const std::stop_token& stop) {
  return run_act_stage(store, options, apply_settings(options), plan, stop);
}

ExitCode run_act_stage(Store& store, const ActingOptions& options, ApplySettings settings, const Plan& plan,
                       const std::stop_token& stop) {
  return act(store, options, std::move(settings), plan, {}, stop).code;
}

ActResult act(Store& store, const ActingOptions& options, ApplySettings settings, const Plan& plan,
              const OnGroupStep& also, const std::stop_token& stop) {
  ActTally tally;
  add_extras(settings, store, options, tally);
  std::vector<std::string> targets;
  const auto on_step = [&](const PlanGroup& group, const Step& step) {
    print_applied(group, step, options);
    if (also) also(group, step);
    const auto* move = std::get_if<MoveStep>(&step);
    if (is_done(step) && !is_rename(step) && (move == nullptr || move->move.goes_with.empty()))
      targets.push_back(place_after(step));
  };
  const ApplySummary summary = apply(store, plan, settings, on_step, stop);
  if (options.format != Format::ndjson && options.format != Format::csv)
    print_summary(summary, tally, targets, options);
  if (summary.interrupted) {
    spdlog::info("interrupted; run it again to go on from here");
    return {summary, ExitCode::interrupted};
  }
  const bool failed = summary.skipped + tally.failed + tally.lost_entries > 0;
  return {summary, failed ? ExitCode::some_failed : ExitCode::done};
}

}  // namespace echofold
