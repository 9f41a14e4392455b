// New names for the tracks of a library, from their tags: data that says what could be renamed, and touches nothing.
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
  std::string into;  ///< absolute: new names lie below this folder; empty: below the root of each file
};

/// A track that keeps its name although it is not the template's.
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

/// Names present tracks by the tags that the library knows of them; reads folders, changes nothing.
///
/// Left alone, with the reason: tracks without a tag that the name needs; files that are not as they were when they were
/// scanned; files under several names or without an extension; files in protected folders or in a folder that was never scanned as a whole;
/// paths of more than 4,095 bytes. What is set aside, missing or imported takes no part.
/// Two files of one name are both kept: who has the name already keeps it, else the first by path gets it, the others get
/// " (2)" and so on. Names that differ only by case or normal form are one name, on disk, too; a folder that is there
/// keeps its spelling. A plan made after it was acted on is empty.
/// Along go the partner files of tracks (engine/partner), renamed in step. Tracks that share one and would get different
/// names are left alone, unless it is a cue sheet, whose lines can follow. cover.*, folder.* and the playlists, logs and
/// checksums of a folder go along where all its music goes to one other folder.
/// @throws Error Fault::usage for an `into` that a scan would not find
OrganizePlan plan_names(const Snapshot& snapshot, const NameTemplate& name_template,
                        const OrganizeSettings& settings);

}  // namespace echofold
