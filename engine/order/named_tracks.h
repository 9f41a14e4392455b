// The names that tracks should get, from their tags: the step before the plan.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/order/claims.h"
#include "engine/order/organize.h"
#include "engine/partner/disk_names.h"

namespace echofold {

/// One file, the name that it should get, and later the name that it gets.
struct NamedFile {
  TrackId track = 0;  ///< 0: a file that goes along with a track
  std::string from;
  std::string root;  ///< of `from`
  Stamp stamp;
  std::string folder, name;  ///< wanted
  std::string to;            ///< given
  std::string with = {};     ///< of a partner file: the `from` of its music
};

/// The tracks that take part, by path; `plan.left` gets the others. Claims their folders.
/// @param stay  paths of tracks that must keep their names, and why
std::vector<NamedFile> named_tracks(const Snapshot& snapshot, const NameTemplate& name_template,
                                    const OrganizeSettings& settings, DiskNames& disk, Claims& claims,
                                    const std::map<std::string, std::string>& stay, OrganizePlan& plan);

}  // namespace echofold
