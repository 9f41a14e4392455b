// The steps of a scan, for one file.
#include "tools/stages/read_file.h"

#include <optional>
#include <utility>

#include "engine/library/fingerprint_file.h"
#include "engine/library/walk.h"
#include "index/base/error.h"
#include "index/base/fs/stamp.h"

namespace echofold {

namespace {

FoundFile find_file(const std::string& path, const std::stop_token& stop) {
  WalkResult found = walk({path}, {}, stop);
  if (!found.roots.empty()) throw Error(Fault::usage, path + ": is a folder, not a file");
  if (!found.failures.empty()) throw Error(Fault::io, path + ": " + found.failures.front().error.what());
  if (found.files.empty()) throw Error(Fault::usage, path + ": is not a regular file");
  return std::move(found.files.front());
}

LooseTrack read(const FoundFile& found, const std::string& path, const TrackReader& reader,
                const std::stop_token& stop) {
  auto file = fingerprint_file(found, reader, {}, stop);
  if (!file) throw Error(Fault::interrupted, "interrupted");
  if (file->record.status == TrackStatus::failed)
    throw Error(Fault::unsupported, path + ": " + file->record.failure);
  file->record.item_count = static_cast<std::uint32_t>(file->items.size());  // as the store does
  return {std::move(file->record), std::move(file->items)};
}

std::optional<LooseTrack> known_track(const Snapshot& snapshot, const FoundFile& file) {
  const auto id = snapshot.find_path(file.path);
  auto record = id ? snapshot.track(*id) : std::nullopt;
  if (!record || record->place != TrackPlace::present || record->status != TrackStatus::fingerprinted ||
      !is_unchanged(record->stamp, file.stamp))
    return std::nullopt;
  const Items items = snapshot.items(*id);
  record->path = file.path;  // it may be a further hard link
  return LooseTrack{*std::move(record), {items.begin(), items.end()}};
}

}  // namespace

LooseTrack read_loose_track(const std::string& path, const TrackReader& reader, const std::stop_token& stop) {
  return read(find_file(path, stop), path, reader, stop);
}

LooseTrack known_or_read(const Snapshot& snapshot, const std::string& path, const TrackReader& reader,
                         const std::stop_token& stop) {
  const FoundFile file = find_file(path, stop);
  if (auto known = known_track(snapshot, file)) return *std::move(known);
  return read(file, path, reader, stop);
}

}  // namespace echofold
