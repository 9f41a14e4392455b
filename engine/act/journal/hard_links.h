// Files with several names (hard links). All names of a loser go together and come back as one file, or none goes.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/act/journal/step.h"
#include "index/base/error.h"
#include "index/store/store.h"

namespace echofold {

/// One name of a file that is to be set aside.
struct NameToGo {
  std::string path;
  std::string link_of = {};  ///< the loser whose file this is a further name of; empty: the loser itself
  TrackId track = 0;         ///< 0: no track of its own
  Stamp stamp = {};          ///< what the library knows of the track; all zero if it is none
};

/// Every name of these losers that the library knows and that exists, further names before the loser's own. Losers
/// that are one file become names of the first of them.
std::vector<NameToGo> names_to_go(const std::vector<TrackRecord>& losers, const Snapshot& snapshot);

/// Why a loser has to stay because of its further names, with its path: the library does not know one of them, or one
/// is in a protected folder. Nothing if all can go. On file systems where link counts mean something else (NTFS through
/// FUSE counts short names), unknown names are ignored.
/// @param names  as names_to_go() returned them
std::optional<Error> why_names_stay(const TrackRecord& loser, const std::vector<NameToGo>& names,
                                    const std::vector<std::string>& protected_folders);

/// Whether both moves are of one file with several names.
bool are_of_one_file(const Move& a, const Move& b) noexcept;

/// Where the run has put further names of this move's file so far.
std::vector<std::string> names_at_target(std::span<const Step> steps, const Move& move);

/// Further names of this move's file that are in their old place: moved back, or never moved.
std::vector<std::string> names_at_old_place(std::span<const Step> steps, const Move& move);

}  // namespace echofold
