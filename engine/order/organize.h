// New names for the tracks of a library, from their tags. A plan is data; nothing is renamed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/act/rename.h"
#include "engine/tag/name_template.h"
#include "index/store/store.h"

namespace echofold {

struct OrganizeSettings {
  std::vector<std::string> under;              ///< only tracks under these absolute paths; empty: all
  std::vector<std::string> protected_folders;  ///< absolute; files under them keep their names
  std::string into;  ///< absolute: new names are below this folder; empty: below the root of each file
};

/// A track that is not renamed although its name differs from the template's.
struct LeftAlone {
  std::string path;
  std::string why;
};

struct OrganizePlan {
  std::vector<Rename> renames;  ///< by old path, partner files before their music
  std::vector<RenameTurn> turns;
  std::vector<LeftAlone> left;  ///< by path
  std::uint64_t well_named = 0;
};

/// Names present tracks by their tags in the library. Reads folders, changes nothing.
///
/// Left alone, with the reason: tracks without a tag that the name needs; files that changed since they were scanned;
/// files with several names or without an extension; files in protected folders or in a folder that was never scanned
/// as a whole; paths of more than 4,095 bytes. Tracks that are set aside, missing or imported take no part.
///
/// If two files would get one name, the one that has it already keeps it, else the first by path gets it; the others
/// get " (2)" and so on. Names that differ only by case or normal form count as one, also on disk, and an existing
/// folder keeps its spelling. A second plan, made after the first was carried out, is empty.
///
/// Partner files of tracks (engine/partner) go along and are renamed like them. Tracks that share one and would get
/// different names are left alone, unless it is a cue sheet, whose lines can follow. cover.*, folder.* and the
/// playlists, logs and checksums of a folder go along if all its music goes to one other folder.
/// @throws Error Fault::usage for an `into` that a scan would not find
OrganizePlan plan_names(const Snapshot& snapshot, const NameTemplate& name_template,
                        const OrganizeSettings& settings);

}  // namespace echofold
