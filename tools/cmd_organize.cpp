// organize [PATH...]: new names for tracks from their tags; --apply renames the files.
#include <spdlog/spdlog.h>

#include <filesystem>
#include <optional>
#include <string_view>

#include "engine/act/journal/step.h"
#include "engine/act/rename.h"
#include "engine/order/organize.h"
#include "engine/report/figures.h"
#include "engine/report/name_table.h"
#include "index/base/json.h"
#include "index/base/text/printable.h"
#include "tools/commands.h"
#include "tools/console/output.h"
#include "tools/library.h"
#include "tools/stages/act_extras.h"

namespace echofold {
namespace {

/// The folder, with links resolved in the part that exists: moves follow no link.
std::string folder_to_fill(const std::string& given) {
  if (given.empty()) return {};
  std::error_code failure;
  const auto path = std::filesystem::weakly_canonical(absolute_paths({given}).front(), failure);
  if (failure) throw system_error(failure.value(), given);
  return path.native();
}

OrganizeSettings organize_settings(const OrganizeOptions& options) {
  return {absolute_paths(options.paths), absolute_paths(options.protect), folder_to_fill(options.into)};
}

/// @param to   nothing: it keeps its name
/// @param why  it is skipped
void print_line(const std::string& from, const std::optional<std::string>& to, bool renamed,
                const std::optional<std::string>& why) {
  Json line{{"schema", "echofold.rename/1"}};
  put_path(line, "from", from);
  if (to) put_path(line, "to", *to);
  line["renamed"] = renamed;
  line["skipped"] = why ? Json(*why) : Json(nullptr);
  data_out() << to_line(line) << '\n';
}

NameTable table_of(const OrganizePlan& plan, const OrganizeOptions& options) {
  std::vector<std::string_view> paths;
  for (const Rename& rename : plan.renames) paths.insert(paths.end(), {rename.from, rename.to});
  for (const LeftAlone& left : plan.left) paths.emplace_back(left.path);
  return {paths, table_style(options)};
}

void print_left(const OrganizePlan& plan, const NameTable& table, bool ndjson) {
  for (const LeftAlone& left : plan.left) {
    if (ndjson)
      print_line(left.path, std::nullopt, false, left.why);
    else
      data_out() << table.left_alone(left.path, left.why);
  }
}

std::string summary_text(std::uint64_t renames, std::string_view what, const OrganizePlan& plan,
                         std::uint64_t skipped) {
  CountsText text;
  text.add(renames, what);
  text.add(plan.well_named, "well named");
  text.add(plan.left.size(), "left alone");
  text.add(skipped, "skipped");
  return text.or_else("no files to name");
}

ExitCode show(const OrganizePlan& plan, const OrganizeOptions& options) {
  const bool ndjson = options.format == Format::ndjson;
  const NameTable table = table_of(plan, options);
  if (!ndjson) data_out() << table.heading();
  for (const Rename& rename : plan.renames) {
    if (ndjson)
      print_line(rename.from, rename.to, false, std::nullopt);
    else
      data_out() << table.renamed(rename.from, rename.to);
  }
  print_left(plan, table, ndjson);
  if (!ndjson)
    print_sentence(options, summary_text(plan.renames.size(), "to rename", plan, 0) +
                                (plan.renames.empty() ? "" : "; nothing was renamed: `--apply` does it"));
  return ExitCode::done;
}

ExitCode act(Store& store, const OrganizePlan& plan, const OrganizeOptions& options, const std::string& into,
             const std::stop_token& stop) {
  const bool ndjson = options.format == Format::ndjson;
  const NameTable table = table_of(plan, options);
  if (!ndjson) data_out() << table.heading();
  ActTally tally;
  const auto on_step = [&](const MoveStep& step) {
    const bool done = step.state == StepState::done;
    if (!done)
      spdlog::warn("{}", printable(step.note));
    else if (!step.note.empty())
      spdlog::info("{}", printable(step.note));
    if (ndjson && done)
      print_line(step.move.from, step.move.to, true, std::nullopt);
    else if (ndjson)
      print_line(step.move.from, std::nullopt, false, step.note);
    else if (done)
      data_out() << table.renamed(step.move.from, step.move.to);
  };
  const ApplySummary summary =
      rename_files(store, "organize", plan.renames, plan.turns, on_step, stop,
                   follow_in_playlists(store, options, options.playlists, tally, into));
  print_left(plan, table, ndjson);
  if (!ndjson) {
    std::string text = summary_text(summary.moved, "renamed", plan, summary.skipped) + playlists_text(tally);
    if (summary.moved > 0) text += "; `echofold undo " + summary.run + "` takes it back";
    print_sentence(options, text);
  }
  if (summary.interrupted) return ExitCode::interrupted;
  return summary.skipped + tally.failed + tally.lost_entries > 0 ? ExitCode::some_failed : ExitCode::done;
}

}  // namespace

ExitCode run_verb(const OrganizeOptions& options, const std::stop_token& stop) {
  const NameTemplate name_template = NameTemplate::parse(
      options.name_template.empty() ? default_name_template : std::string_view(options.name_template));
  const OrganizeSettings settings = organize_settings(options);
  if (!options.apply) {
    const Store store = Store::open_to_read(options.db);
    return show(plan_names(store.snapshot(), name_template, settings), options);
  }
  Store store = open_library(options, false);
  const OrganizePlan plan = plan_names(store.snapshot(), name_template, settings);
  return act(store, plan, options, settings.into, stop);
}

}  // namespace echofold
