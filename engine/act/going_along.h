// The files that go along with music that moves: its partner files, except those that are needed where they are.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "engine/act/journal/hard_links.h"
#include "engine/partner/partners.h"

namespace echofold {

/// A partner file and the music that it goes with.
struct Along {
  const Partner* partner = nullptr;
  std::string music;
};

class GoingAlong {
 public:
  GoingAlong() : partners_(disk_) {}
  GoingAlong(const GoingAlong&) = delete;
  GoingAlong& operator=(const GoingAlong&) = delete;

  /// Adds files that are to go in this run.
  void plan(const std::vector<NameToGo>& names);

  /// The partner files of these files. One that also belongs to other music stays with that music, if that is still
  /// there. One that belongs to several of these files goes with the last of them.
  /// @throws Error if a cue sheet of several pieces of music names one of these files and also one that stays:
  ///               without the file the sheet would be broken. Music that plan() has named does not count as staying
  std::vector<Along> with(const std::vector<NameToGo>& names);

  /// The partner files of this music that belong to no other music that is there.
  std::vector<Along> with(const std::string& music);

 private:
  DiskNames disk_;
  Partners partners_;
  std::set<std::string> planned_;
};

}  // namespace echofold
