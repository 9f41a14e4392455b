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
  /// @param snapshot  has to outlive this
  /// @param losers    the tracks whose moves is_there() will be called for
  OtherCopies(const Snapshot& snapshot, const std::vector<TrackId>& losers);

  /// True if the copy that the file was set aside for is there, as the library knows it. If that copy is gone or has
  /// another name: true if another file of the same recording, or one that the user chose over it, is there in the
  /// same way.
  /// @param keeper  its path now, as far as the journal knows
  bool is_there(const Move& move, const std::string& keeper) const;

 private:
  bool is_present(const TrackRecord& track, const Move& move) const;

  const Snapshot& snapshot_;
  std::unordered_map<TrackId, std::vector<TrackId>> partners_;  ///< loser -> such other files
};

}  // namespace echofold
