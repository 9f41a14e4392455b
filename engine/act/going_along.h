// What goes along with music that moves: its partner files, as far as none of them is needed where they are.
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

  /// Further files that are to go in this run.
  void plan(const std::vector<NameToGo>& names);

  /// The partners of these files that no other music needs that is still there, each with the last of those that it belongs
  /// to. One that other music shares stays with that.
  /// @throws Error when a cue sheet names one of them and also files that stay: without it the sheet would be broken
  std::vector<Along> with(const std::vector<NameToGo>& names);

  /// The partners of a file that belong to nothing else that is there.
  std::vector<Along> with(const std::string& music);

 private:
  DiskNames disk_;
  Partners partners_;
  std::set<std::string> planned_;
};

}  // namespace echofold
