// export: the library as a report or as playlists, or the answers of reviews as labels for `tune`.
#include <spdlog/spdlog.h>

#include <functional>
#include <optional>

#include "engine/act/journal/moved_tracks.h"
#include "engine/audio/fingerprinter.h"
#include "engine/report/csv.h"
#include "engine/report/label_rows.h"
#include "engine/report/library_rows.h"
#include "engine/report/m3u.h"
#include "engine/report/ndjson.h"
#include "index/base/error.h"
#include "index/base/fs/path.h"
#include "index/base/text/printable.h"
#include "tools/commands.h"
#include "tools/console/output.h"
#include "tools/library.h"
#include "tools/stages/plan_roles.h"
#include "tools/stages/plan_run.h"

namespace echofold {
namespace {

ExitCode export_verdicts(const ExportOptions& options) {
  const Store store = Store::open_to_read(options.db);
  const VerdictLabels verdicts = verdict_labels(store.snapshot());
  const bool csv = options.format.value_or(Format::csv) == Format::csv;
  if (csv) data_out() << label_csv_header();
  for (const VerdictLabel& label : verdicts.labels)
    data_out() << (csv ? label_to_csv(label) : label_to_line(label) + '\n');
  if (verdicts.lost > 0)
    spdlog::warn("{} verdicts are about files that the library no longer has", verdicts.lost);
  return ExitCode::done;
}

/// Nothing without a run. @throws Error as tracks_moved_since()
std::optional<MovedTracks> moved_tracks(const Store& store, const std::string& run) {
  if (run.empty()) return std::nullopt;
  return tracks_moved_since(store, run);
}

bool is_link(const LibraryRow& row) { return !row.link_of.empty(); }

/// The role, where the `state` of the row shows it: a further name, a file that is away and a track without a
/// fingerprint have other states.
PlanRole role_of(const LibraryRow& row, const PlanRoles& roles) {
  const TrackRecord& track = row.track;
  const bool has_file = track.place != TrackPlace::set_aside && track.place != TrackPlace::missing;
  return !is_link(row) && has_file && track.status == TrackStatus::fingerprinted ? roles.of(track.id)
                                                                                 : PlanRole::none;
}

/// The rows that --which and --since select. The keepers and losers of a run are those of its journal, whatever today's
/// plan makes of them.
std::function<bool(const LibraryRow&)> wanted_rows(const std::optional<MovedTracks>& moved, const Plan& plan,
                                                   const std::optional<ExportRows>& which) {
  return [which = which.value_or(ExportRows::all), moved, roles = PlanRoles(plan)](const LibraryRow& row) {
    const bool was_loser = moved && moved->losers.contains(row.track.id);
    const bool was_keeper = moved && moved->keepers.contains(row.track.path);
    if (moved && !was_loser && !was_keeper) return false;
    const PlanRole role = role_of(row, roles);
    switch (which) {
      case ExportRows::keepers:
        return moved ? was_keeper && !was_loser : role == PlanRole::keeper;
      case ExportRows::losers:
        return moved ? was_loser : role == PlanRole::loser;
      case ExportRows::review:
        return role == PlanRole::review;
      case ExportRows::all:
        break;
    }
    return true;
  };
}

void write_playlist(const Snapshot& snapshot, const Plan& plan,
                    const std::function<bool(const LibraryRow&)>& wanted, const ExportOptions& options) {
  const std::string folder = options.relative.empty() ? std::string() : absolute_path(options.relative);
  data_out() << m3u_header();
  for_each_library_row(snapshot, plan, [&](const LibraryRow& row) {
    if (!wanted(row) || is_link(row)) return;  // its file has an entry
    const auto entry = m3u_entry(row.track, folder);
    if (entry)
      data_out() << *entry;
    else
      spdlog::warn("{}: a playlist can't hold such a name", printable(row.track.path));
  });
}

}  // namespace

ExitCode run_verb(const ExportOptions& options, const std::stop_token& stop) {
  if (options.verdicts) return export_verdicts(options);
  Store store = open_for_plan(options);
  const auto moved = moved_tracks(store, options.since);  // before the long work: the run may be unknown
  const Plan plan = run_plan_stage(store, options, stop);
  const auto wanted = wanted_rows(moved, plan, options.which);
  const Snapshot snapshot = store.snapshot();
  std::function<std::string(const TrackRecord&)> fingerprint_of;
  if (options.fingerprints)
    fingerprint_of = [&snapshot](const TrackRecord& track) {
      return track.item_count == 0 ? std::string() : encode_fingerprint_text(snapshot.items(track.id));
    };
  switch (options.format.value_or(Format::csv)) {
    case Format::csv:
      write_library_csv(data_out(), snapshot, plan, wanted, fingerprint_of);
      break;
    case Format::ndjson:
      for_each_library_row(snapshot, plan, [&](const LibraryRow& row) {
        if (!wanted(row)) return;
        LibraryRow full = row;
        if (fingerprint_of) full.fingerprint = fingerprint_of(row.track);
        data_out() << library_row_to_line(full) << '\n';
      });
      break;
    case Format::m3u:
    case Format::table:
    case Format::html:
      if (!options.which && options.since.empty())
        print_plan(plan, options);
      else
        write_playlist(snapshot, plan, wanted, options);
      break;
  }
  return ExitCode::done;
}

}  // namespace echofold
