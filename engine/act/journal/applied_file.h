// What became of one file of a run, as it is reported to the user.
#pragma once

#include <cstdint>
#include <string>

namespace echofold {

struct AppliedFile {
  std::uint32_t group = 0;
  std::string path;            ///< where it was
  std::string target;          ///< where it is now; empty when skipped
  std::string skipped;         ///< why, with the path; empty when moved
  std::string note;            ///< what else the user should know of a file that was moved; mostly empty
  std::string rewrite = {};    ///< of undo: "tags", ...: it was rewritten; empty: it was moved
  std::string goes_with = {};  ///< of a partner file or a further name: the path of its music
  std::string link_of = {};    ///< of a further name (hard link) of a loser: the path of the loser
  std::string linked = {};     ///< of apply: "hard_link", "reflink": it stays and shares its keeper's bytes
  bool renamed = false;  ///< not set aside: a keeper that got its loser's place, or a file with a new name
};

}  // namespace echofold
