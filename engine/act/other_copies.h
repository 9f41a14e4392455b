// Whether a set-aside file has another copy in the library: without one it is the last, and must not be deleted.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "engine/act/journal/move_step.h"
#include "index/store/store.h"

namespace echofold {

class OtherCopies {
 public:
  /// @param losers  tracks that may be asked about
  OtherCopies(const Snapshot& snapshot, const std::vector<TrackId>& losers);

  /// True when the copy that it was set aside for is there, as the library knows it; or, where that one has gone or got
  /// another name, another present file of the same recording or one that the user chose over it.
  /// @param keeper  its path now, as far as the journal knows
  bool is_there(const Move& move, const std::string& keeper) const;

 private:
  bool is_present(const TrackRecord& track, const Move& move) const;

  const Snapshot& snapshot_;
  std::unordered_map<TrackId, std::vector<TrackId>> partners_;  ///< of a loser: the same recording
};

}  // namespace echofold
