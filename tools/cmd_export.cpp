// export: the library as a report or as playlists, or what was said in reviews as labels for `tune`.
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
#include "tools/stages/plan_run.h"

namespace echofold {
namespace {

ExitCode export_verdicts(const Options& options) {
  const Store store = Store::open_to_read(options.db);
  const VerdictLabels verdicts = verdict_labels(store.snapshot());
  const bool csv = options.format.value_or(Format::csv) == Format::csv;
  if (csv) data_out() << label_csv_header();
  for (const VerdictLabel& label : verdicts.labels)
    data_out() << (csv ? label_to_csv(label) : label_to_line(label) + '\n');
  if (verdicts.lost > 0)
    spdlog::warn("{} verdicts speak of files that the library does not have any more", verdicts.lost);
  return ExitCode::done;
}

/// What --which and --since leave. A run's own keepers and losers are those of its journal, whatever the plan says
/// of them today.
std::function<bool(const LibraryRow&)> wanted_rows(const Store& store, const Options& options) {
  std::optional<MovedTracks> moved;
  if (!options.since.empty()) moved = tracks_moved_since(store, options.since);
  return [which = options.which, moved](const LibraryRow& row) {
    const bool was_loser = moved && moved->losers.contains(row.track.id);
    const bool was_keeper = moved && moved->keepers.contains(row.track.path);
    if (moved && !was_loser && !was_keeper) return false;
    if (which == "keepers") return moved ? was_keeper && !was_loser : row.state == "keep";
    if (which == "losers") return moved ? was_loser : row.state == "duplicate";
    if (which == "review") return row.state == "review";
    return true;
  };
}

void write_playlist(const Snapshot& snapshot, const Plan& plan,
                    const std::function<bool(const LibraryRow&)>& wanted, const Options& options) {
  const std::string folder = options.relative.empty() ? std::string() : absolute_path(options.relative);
  data_out() << m3u_header();
  for_each_library_row(snapshot, plan, [&](const LibraryRow& row) {
    if (!wanted(row) || row.state == "link") return;  // its file is there already
    const auto entry = m3u_entry(row.track, folder);
    if (entry)
      data_out() << *entry;
    else
      spdlog::warn("{}: such a name can't stand in a playlist", printable(row.track.path));
  });
}

}  // namespace

ExitCode run_export(const Options& options, const std::stop_token& stop) {
  if (options.verdicts) return export_verdicts(options);
  Store store = open_for_plan(options);
  const auto wanted = wanted_rows(store, options);
  const Plan plan = run_plan_stage(store, options, stop);
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
      if (options.which.empty() && options.since.empty())
        print_plan(plan, options);
      else
        write_playlist(snapshot, plan, wanted, options);
      break;
  }
  return ExitCode::done;
}

}  // namespace echofold
