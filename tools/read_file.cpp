// The same steps as a scan's, for one file.
#include "tools/read_file.h"

#include "engine/library/fingerprint_file.h"
#include "engine/library/walk.h"
#include "index/error.h"

namespace echofold {

LooseTrack read_loose_track(const std::string& path, const std::stop_token& stop) {
  const WalkResult found = walk({path}, {}, stop);
  if (!found.roots.empty()) throw Error(Fault::usage, path + ": is a folder, not a file");
  if (!found.failures.empty()) throw Error(Fault::io, path + ": " + found.failures.front().message);
  if (found.files.empty()) throw Error(Fault::usage, path + ": is not a regular file");
  auto file = fingerprint_file(found.files.front(), {}, stop);
  if (!file) throw Error(Fault::interrupted, "interrupted");
  if (file->record.status == TrackStatus::failed)
    throw Error(Fault::unsupported, path + ": " + file->record.failure);
  return {std::move(file->record), std::move(file->items)};
}

}  // namespace echofold
