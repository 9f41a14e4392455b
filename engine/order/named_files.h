// Files with the names that they are to get: between the tags and the plan.
#pragma once

#include <string>
#include <vector>

#include "engine/order/claims.h"
#include "engine/order/disk_names.h"
#include "engine/order/organize.h"

namespace echofold {

/// One file, what it is to be called, and once that is settled, what it will be called.
struct NamedFile {
  TrackId track = 0;  ///< 0: goes along with a track
  std::string from;
  std::string root;  ///< of `from`
  Stamp stamp;
  std::string folder, name;  ///< wanted
  std::string to;            ///< given
};

/// The tracks that take part, by path; `plan.left` gets those that do not. Folders are claimed.
std::vector<NamedFile> named_tracks(const Snapshot& snapshot, const NameTemplate& name_template,
                                    const OrganizeSettings& settings, DiskNames& disk, Claims& claims,
                                    OrganizePlan& plan);

/// What goes along with tracks whose `to` is settled.
/// @param stay  paths of tracks that take no part
std::vector<NamedFile> sidecars(const std::vector<NamedFile>& tracks, DiskNames& disk);

}  // namespace echofold
