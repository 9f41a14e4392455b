// The tracks that have a match, ranked, and what stands between them: what a plan is made of.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/dedupe/classes.h"
#include "engine/dedupe/group.h"
#include "engine/dedupe/plan.h"
#include "engine/dedupe/rank.h"
#include "index/store/store.h"

namespace echofold {

class Copies {
 public:
  /// What was measured between two classes, and what the user said of it. "Keep both" is left out, but with
  /// PlanSettings::redo.
  struct Edge {
    ClassPair pair;
    std::optional<std::size_t> chosen_class;        ///< the user's answer
    std::optional<Verdict> earlier_answer;          ///< with PlanSettings::redo, in the place of the answer
    std::optional<std::size_t> earlier_class = {};  ///< the one that it kept; nothing where it kept both
  };

  static Copies load(const Snapshot& snapshot, const PlanSettings& settings);

  std::size_t size() const noexcept { return ranked_.size(); }
  const TrackRecord& track(Copy copy) const noexcept { return *ranked_[copy].track; }
  const Ranked& ranked(Copy copy) const noexcept { return ranked_[copy]; }
  /// Under PlanSettings::under.
  bool is_wanted(Copy copy) const noexcept { return wanted_[copy]; }

  /// Copies that were compared with this one and are another file; one of the two is wanted.
  void for_each_neighbour(Copy copy, const std::function<void(Copy, const Edge&)>& visit) const;

  /// What was compared of two copies; nothing for strangers.
  const Edge* edge(Copy a, Copy b) const noexcept;

  /// The one of two neighbours that the user chose; an answer about identical fingerprints names neither.
  std::optional<Copy> chosen(Copy a, Copy b) const noexcept;

  /// With PlanSettings::redo: the one that the user chose earlier. As chosen().
  std::optional<Copy> chosen_earlier(Copy a, Copy b) const noexcept;

  /// The evidence of (a, b).
  Evidence evidence(Copy a, Copy b) const;

  /// What the pair is, without its titles: a damaged copy is the same recording as a whole one that is ranked higher. For
  /// neighbours alone.
  Judgement judgement(Copy a, Copy b) const;

  /// Audible seconds at the ends of b that a does not have; 0 for strangers.
  double missing_s(Copy a, Copy b) const;

 private:
  struct Link {
    std::size_t other = 0;  ///< class
    std::size_t edge = 0;   ///< in edges_
  };

  void load_edges(const Snapshot& snapshot, const TrackClasses& classes, const PlanSettings& settings);
  /// Audible seconds at the ends of a class that a copy of the same recording has and it lacks, at most.
  std::unordered_map<std::size_t, double> missing_seconds(const std::vector<std::size_t>& classes) const;
  /// Takes the records of all linked classes, then leaves out what has no partner that is wanted.
  /// @return the class of each record
  std::vector<std::size_t> load_records(const Snapshot& snapshot, const TrackClasses& classes,
                                        const PlanSettings& settings);
  /// The worst hole of each record that another copy of the recording does not have.
  std::vector<Dropout> dropouts(
      const std::unordered_map<std::size_t, std::vector<std::size_t>>& records) const;
  void load_copies(const Snapshot& snapshot, const TrackClasses& classes, const PlanSettings& settings,
                   const std::function<std::uint32_t(const TrackRecord&)>& album_tracks);

  Thresholds thresholds_;
  std::vector<Edge> edges_;
  std::unordered_map<std::size_t, std::vector<Link>> links_;   ///< of a class, ascending by other
  std::unordered_map<std::size_t, std::vector<Copy>> copies_;  ///< of a class, ascending
  std::vector<TrackRecord> records_;
  std::vector<Ranked> ranked_;         ///< best first
  std::vector<std::size_t> class_of_;  ///< of a copy
  std::vector<bool> wanted_;           ///< of a copy
};

}  // namespace echofold
