// See tracks.h.
#include "engine/tune/tracks.h"

#include <algorithm>
#include <utility>

#include "engine/library/fingerprint_file.h"
#include "engine/library/scan.h"
#include "engine/library/walk.h"
#include "index/base/error.h"
#include "index/base/parallel.h"
#include "index/base/ticker.h"

namespace echofold {
namespace {

LoadedTrack failed(const std::string& path, std::string why) {
  LoadedTrack track;
  track.path = path;
  track.record.path = path;
  track.record.status = TrackStatus::failed;
  track.record.failure = std::move(why);
  return track;
}

std::optional<LoadedTrack> from_library(const std::string& path, const Snapshot& library) {
  const auto id = library.find_path(path);
  if (!id) return std::nullopt;
  auto record = library.track(*id);
  if (!record || record->status == TrackStatus::failed) return std::nullopt;
  const Items items = library.items(*id);
  return LoadedTrack{path, *std::move(record), {items.begin(), items.end()}};
}

/// @throws Error Fault::interrupted
LoadedTrack from_file(const std::string& path, const TrackReader& reader, const ReadSettings& settings,
                      const std::stop_token& stop) {
  const WalkResult found = walk({path}, {}, stop);
  if (!found.failures.empty()) return failed(path, found.failures.front().error.what());
  if (found.files.empty() || !found.roots.empty()) return failed(path, "is not a regular file");
  auto file = fingerprint_file(found.files.front(), reader, settings, stop);
  if (!file) throw Error(Fault::interrupted, "stopped while fingerprinting the labelled files");
  return {path, std::move(file->record), std::move(file->items)};
}

}  // namespace

std::optional<std::size_t> LoadedTracks::find(const std::string& path) const {
  const auto found = std::lower_bound(
      tracks.begin(), tracks.end(), path,
      [](const LoadedTrack& track, const std::string& wanted) { return track.path < wanted; });
  if (found == tracks.end() || found->path != path) return std::nullopt;
  return static_cast<std::size_t>(found - tracks.begin());
}

LoadedTracks load_tracks(const std::vector<std::string>& paths, const Store* library,
                         const TrackReader& reader, const Progress& progress, const std::stop_token& stop) {
  ReadSettings settings;
  std::vector<std::optional<LoadedTrack>> loaded(paths.size());
  Ticker ticker(progress, "fingerprints", paths.size());
  const auto for_each_path = [&](const auto& load) {
    parallel_for(paths.size(), [&](std::size_t i) {
      if (loaded[i]) return;
      loaded[i] = load(paths[i]);
      if (loaded[i]) ticker.add(1);
    });
  };
  if (library != nullptr) {
    const Snapshot snapshot = library->snapshot();  // released before the long part: it would hold up a scan
    settings.limit = fingerprint_length(snapshot);
    for_each_path([&](const std::string& path) { return from_library(path, snapshot); });
  }
  for_each_path(
      [&](const std::string& path) { return std::optional(from_file(path, reader, settings, stop)); });

  LoadedTracks result;
  for (std::optional<LoadedTrack>& track : loaded)
    (track->record.status == TrackStatus::failed ? result.failures : result.tracks)
        .push_back(*std::move(track));
  return result;
}

}  // namespace echofold
