// Checks before anything moves: is the plan of this library, and is each file still as the plan says?
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "engine/act/apply.h"
#include "index/base/error.h"

namespace echofold {

/// @throws Error Fault::usage for a plan of another library or with imported tracks
void require_ours(const Store& store, const Plan& plan);

/// How the keeper of a group is not as the plan says, with its path; nothing if it is.
std::optional<Error> change_of_keeper(const TrackRecord& keep);

/// True if both files can be read and have the same bytes, but are not one file.
bool has_equal_bytes(const TrackRecord& a, const TrackRecord& b);

class GroupCheck {
 public:
  /// @param store       has to outlive this
  /// @param must_match  as in ApplySettings
  GroupCheck(const Store& store, const Plan& plan, const std::optional<Thresholds>& must_match = {});

  /// Why the group has to stay, with a path. Nothing if all its files are as planned and known to the
  /// library, no loser is its keeper under another name or the keeper of another group, the correction file that the
  /// keeper was planned with is still there, and, with `must_match`, every loser is a copy of its keeper.
  std::optional<Error> why_not(const PlanGroup& group) const;

 private:
  struct Keeper {
    std::uint32_t group;
    std::string path;
  };
  const Keeper* keeper_that_is(const TrackRecord& drop) const;

  const Store& store_;
  const std::optional<Thresholds> must_match_;
  std::map<std::string, Keeper> by_path_;
  std::map<std::pair<std::uint64_t, std::uint64_t>, Keeper> by_inode_;  // by device and inode, if it has one
};

}  // namespace echofold
