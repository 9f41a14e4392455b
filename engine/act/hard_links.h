// Files with several names (hard links): all names of a loser go together and come back as one file, or none goes.
#pragma once

#include <string>
#include <vector>

#include "engine/act/journal.h"
#include "index/store/store.h"

namespace echofold {

/// One name of a file that is to be set aside.
struct NameToGo {
  std::string path;
  std::string link_of = {};  ///< the loser whose file this is a further name of; empty: the loser itself
  TrackId track = 0;         ///< 0: no track of its own
  Stamp stamp = {};          ///< what the library knows of the track; all zero where it is none
};

/// Every name of these losers that the library knows and that is there, the further ones in front of the loser's own.
/// Losers that are one file become names of the first of them.
std::vector<NameToGo> names_to_go(const std::vector<TrackRecord>& losers, const Snapshot& snapshot);

/// Why a loser has to stay for the sake of its further names, with its path: one that the library does not know, or one in
/// a protected folder. Empty when all can go. Where link counts mean something else (NTFS through FUSE counts short
/// names), unknown names do not count.
/// @param names  of names_to_go()
std::string why_names_stay(const TrackRecord& loser, const std::vector<NameToGo>& names,
                           const std::vector<std::string>& protected_folders);

/// Whether the two moves are of one file with several names.
bool are_of_one_file(const Move& a, const Move& b) noexcept;

/// Where the run has put further names of the file of this move, as far as it has by now.
std::vector<std::string> names_at_target(const std::vector<JournalEntry>& entries, const Move& move);

/// Where further names of the file of this move are in their old place: back, or never moved.
std::vector<std::string> names_at_old_place(const std::vector<JournalEntry>& entries, const Move& move);

}  // namespace echofold
