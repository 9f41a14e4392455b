// How the space that a plan frees is divided: by format, reason and folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/dedupe/plan.h"

namespace echofold {

/// The copies of one format, reason or folder that would be moved or are asked about.
struct PlanShare {
  std::string name;  ///< raw
  std::uint64_t files_to_move = 0, files_to_review = 0;
  std::uint64_t bytes_to_move = 0, bytes_to_review = 0;
  std::uint64_t bytes() const noexcept { return bytes_to_move + bytes_to_review; }
};

/// One list of shares, the most bytes first.
class PlanDivision {
 public:
  /// @param name_of  the share of a drop
  template <class NameOf>
  PlanDivision(const Plan& plan, const NameOf& name_of) {
    for (const PlanGroup& group : plan.groups)
      for (const PlanDrop& drop : group.drops)
        if (drop.action != Action::none) add(name_of(drop), drop);
    sort();
  }

  const std::vector<PlanShare>& shares() const noexcept { return shares_; }
  /// Its place in shares(); the number of shares for a name that has none.
  std::size_t index_of(const std::string& name) const;

 private:
  void add(std::string name, const PlanDrop& drop);
  void sort();

  std::vector<PlanShare> shares_;
  std::unordered_map<std::string, std::size_t> places_;
};

/// Names folders so that a plan has few of them: the folders below the common one, as many levels deep as there are not
/// more than `most` different ones.
class FolderNames {
 public:
  FolderNames(const Plan& plan, std::size_t most);
  std::string of(std::string_view path) const;  ///< "Albums/Voyage"; "." for the common folder itself

 private:
  std::string at_depth(std::string_view path, std::size_t depth) const;

  std::string common_;
  std::size_t depth_ = 1;
};

/// The common folder of all files of a plan, with a slash at its end; may be empty.
std::string common_folder(const Plan& plan);

}  // namespace echofold
