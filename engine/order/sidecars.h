// Files that are renamed along with tracks: lyrics, cue sheets, covers.
#pragma once

#include <string>
#include <vector>

#include "engine/order/named_tracks.h"
#include "engine/partner/disk_names.h"

namespace echofold {

/// A track that shares a partner file with others of its stem, and would get another name than they would.
struct Parting {
  std::string track, partner;
};

/// The files that go along with tracks whose `to` is known. @param partings  gets the tracks that can't go
std::vector<NamedFile> sidecars(const std::vector<NamedFile>& tracks, DiskNames& disk,
                                std::vector<Parting>& partings);

}  // namespace echofold
