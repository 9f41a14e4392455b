// See act_extras.h.
#include "tools/stages/act_extras.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "engine/json.h"
#include "engine/playlist/rewrite_playlists.h"
#include "engine/report/printable.h"
#include "engine/tag/merge_tags.h"
#include "index/error.h"
#include "tools/console/output.h"

namespace echofold {
namespace {

void print_rewritten(const std::string& path, const char* made_by, const std::string& skipped,
                     const Options& options) {
  if (!skipped.empty()) spdlog::warn("{}", printable(skipped));
  if (options.format == Format::ndjson) {
    Json line{{"schema", "echofold.rewritten/1"}};
    put_path(line, "path", path);
    line["made_by"] = made_by;
    line["skipped"] = skipped.empty() ? Json(nullptr) : Json(skipped);
    data_out() << to_line(line) << '\n';
  } else if (skipped.empty() && options.verbosity >= 0) {
    data_out() << "rewrote " << printable(path) << '\n';
  }
}

TrackRecord merge_into_keeper(Rewriter& rewriter, const RemovalGroup& group, const Options& options,
                              ActTally& tally) {
  const Merged merged = merge_tags(rewriter, group.keep, best_first(group));
  if (merged.failed) throw Error(Fault::changed, "its tags can't be merged: " + merged.rewritten.skipped);
  if (!merged.note.empty()) spdlog::info("{}", printable(merged.note));
  if (!merged.rewritten.done) return group.keep;
  ++tally.merged;
  print_rewritten(group.keep.path, "tags", "", options);
  TrackRecord keep = group.keep;
  keep.stamp = merged.rewritten.left;
  return keep;
}

void follow_in_playlists(Rewriter& rewriter, const std::vector<GoneFile>& gone, const Store& store,
                         const Options& options, ActTally& tally) {
  NewPlaces places;
  for (const GoneFile& file : gone) places.emplace(file.path, file.keeper);
  std::vector<std::string> roots;
  for (const Root& root : store.snapshot().roots()) roots.push_back(root.path);
  rewrite_playlists(rewriter, roots, places, [&](const RewrittenPlaylist& playlist) {
    ++(playlist.skipped.empty() ? tally.playlists : tally.failed);
    print_rewritten(playlist.path, "playlist", playlist.skipped, options);
  });
}

}  // namespace

void add_extras(ApplySettings& settings, const Store& store, const Options& options, ActTally& tally) {
  if (options.merge_tags)
    settings.prepare_keeper = [&](Rewriter& rewriter, const RemovalGroup& group) {
      return merge_into_keeper(rewriter, group, options, tally);
    };
  if (options.playlists)
    settings.after_moves = [&](Rewriter& rewriter, const std::vector<GoneFile>& gone) {
      follow_in_playlists(rewriter, gone, store, options, tally);
    };
}

}  // namespace echofold
