// See act_extras.h.
#include "tools/stages/act_extras.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <optional>
#include <string_view>

#include "engine/playlist/rewrite_playlists.h"
#include "engine/report/shared_folder.h"
#include "engine/tag/merge_tags.h"
#include "index/base/error.h"
#include "index/base/json.h"
#include "index/base/text/printable.h"
#include "tools/console/output.h"
#include "tools/stages/decoding.h"

namespace echofold {
namespace {

/// @param skipped  why it was not rewritten, with the path
void print_rewritten(const std::string& path, RewriteKind kind, const std::optional<std::string>& skipped,
                     const GlobalOptions& options) {
  if (skipped) spdlog::warn("{}", printable(*skipped));
  if (options.format == Format::ndjson) {
    Json line{{"schema", "echofold.rewritten/1"}};
    put_path(line, "path", path);
    line["made_by"] = name_of(kind);
    line["skipped"] = skipped ? Json(*skipped) : Json(nullptr);
    data_out() << to_line(line) << '\n';
  } else if (!skipped && options.verbosity >= Verbosity::normal) {
    constexpr std::string_view what = "rewrote ";
    data_out() << what << path_below(path, "", what.size(), table_style(options)) << '\n';
  }
}

TrackRecord merge_into_keeper(Rewriter& rewriter, const PlanGroup& group, const GlobalOptions& options,
                              ActTally& tally) {
  TrackRecord keep = group.keep.track;
  const Merged merged = merge_tags(rewriter, keep, best_first(group.drops), jailed_reader());
  if (merged.rewritten && !merged.rewritten->done()) {
    const Error& failure = *merged.rewritten->failure;
    throw Error(failure.fault(), std::string("its tags can't be merged: ") + failure.what());
  }
  if (!merged.note.empty()) spdlog::info("{}", printable(merged.note));
  if (!merged.rewritten) return keep;
  ++tally.merged;
  print_rewritten(keep.path, RewriteKind::tags, std::nullopt, options);
  keep.stamp = merged.rewritten->left;
  return keep;
}

void print_lost(const std::string& playlist, const LostEntry& lost, const GlobalOptions& options) {
  spdlog::warn("{}: the entry \"{}\" could not follow: {}", printable(playlist), printable(lost.entry),
               printable(lost.why));
  if (options.format != Format::ndjson) return;
  Json line{{"schema", "echofold.entry/1"}};
  put_path(line, "path", playlist);
  put_path(line, "entry", lost.entry);
  line["why"] = lost.why;
  data_out() << to_line(line) << '\n';
}

/// Why a playlist was not rewritten, and what the user can do about it: it names files that were moved.
std::optional<std::string> with_way_out(const RewrittenPlaylist& playlist, const std::string& run) {
  if (!playlist.failure) return std::nullopt;
  if (playlist.entries == 0) return playlist.failure->what();
  const bool one = playlist.entries == 1;
  return fmt::format("{}; it still names {} moved: `echofold undo {}` brings {} back",
                     playlist.failure->what(),
                     one ? "a file that was" : fmt::format("{} files that were", playlist.entries), run,
                     one ? "it" : "them");
}

void print_playlist(const RewrittenPlaylist& playlist, const std::string& run, const GlobalOptions& options,
                    ActTally& tally) {
  for (const LostEntry& lost : playlist.lost) print_lost(playlist.path, lost, options);
  tally.lost_entries += playlist.lost.size();
  if (playlist.entries == 0 && !playlist.failure) return;
  ++(playlist.failure ? tally.failed : tally.playlists);
  print_rewritten(playlist.path, playlist.kind, with_way_out(playlist, run), options);
}

}  // namespace

AfterMoves follow_in_playlists(const Store& store, const GlobalOptions& options, bool playlists,
                               ActTally& tally, const std::string& further) {
  return [&store, &options, playlists, &tally, further](Rewriter& rewriter,
                                                        const std::vector<GoneFile>& gone) {
    NewPlaces places;
    for (const GoneFile& file : gone) places.emplace(file.path, file.keeper);
    std::vector<std::string> roots;
    for (const Root& root : store.snapshot().roots()) roots.push_back(root.path);
    if (!further.empty()) roots.push_back(further);
    rewrite_playlists(
        rewriter, roots, places,
        [&](const RewrittenPlaylist& playlist) { print_playlist(playlist, rewriter.run(), options, tally); },
        playlists);
  };
}

std::string playlists_text(const ActTally& tally) {
  std::string text;
  if (tally.playlists > 0)
    text +=
        fmt::format(", {} {} rewritten", tally.playlists, tally.playlists == 1 ? "playlist" : "playlists");
  if (tally.lost_entries > 0)
    text += fmt::format(", {} {} could not follow", tally.lost_entries,
                        tally.lost_entries == 1 ? "entry" : "entries");
  return text;
}

void add_extras(ApplySettings& settings, const Store& store, const ActingOptions& options, ActTally& tally) {
  if (options.merge_tags)
    settings.prepare_keeper = [&](Rewriter& rewriter, const PlanGroup& group) {
      return merge_into_keeper(rewriter, group, options, tally);
    };
  settings.after_moves = follow_in_playlists(store, options, options.playlists, tally);
}

}  // namespace echofold
