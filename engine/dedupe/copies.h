// The tracks that have a match, ranked, with what was measured between them: the material of a plan.
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
  /// What was measured between two classes, and what the user answered about them. A pair answered with "keep both" has
  /// no edge unless PlanSettings::redo is set.
  struct Edge {
    ClassPair pair;
    std::optional<std::size_t> chosen_class;        ///< the user's answer
    std::optional<Verdict> earlier_answer;          ///< with PlanSettings::redo, instead of the answer
    std::optional<std::size_t> earlier_class = {};  ///< the class that it kept; nothing if it kept both
  };

  static Copies load(const Snapshot& snapshot, const PlanSettings& settings);

  std::size_t size() const noexcept { return ranked_.size(); }
  const TrackRecord& track(Copy copy) const noexcept { return *ranked_[copy].track; }
  const Ranked& ranked(Copy copy) const noexcept { return ranked_[copy]; }
  /// Whether it lies under PlanSettings::under.
  bool is_wanted(Copy copy) const noexcept { return wanted_[copy]; }

  /// Visits the copies that were compared with this one and are another file, if one of the two is wanted.
  void for_each_neighbour(Copy copy, const std::function<void(Copy, const Edge&)>& visit) const;

  /// What was measured between two copies; null if they were not compared.
  const Edge* edge(Copy a, Copy b) const noexcept;

  /// Which of two neighbours the user chose. An answer about identical fingerprints names neither.
  std::optional<Copy> chosen(Copy a, Copy b) const noexcept;

  /// With PlanSettings::redo: which one the user chose earlier. As chosen().
  std::optional<Copy> chosen_earlier(Copy a, Copy b) const noexcept;

  /// The evidence of (a, b).
  Evidence evidence(Copy a, Copy b) const;

  /// What the pair is, without regard to titles: a damaged copy is the same recording as a whole one that ranks higher.
  /// Only for neighbours.
  Judgement judgement(Copy a, Copy b) const;

  /// Audible seconds at the ends of b that a does not have; 0 if they were not compared.
  double missing_s(Copy a, Copy b) const;

 private:
  struct Link {
    std::size_t other = 0;  ///< class
    std::size_t edge = 0;   ///< in edges_
  };

  void load_edges(const Snapshot& snapshot, const TrackClasses& classes, const PlanSettings& settings);
  /// For each class the most audible seconds at the ends of another copy of the recording that the class lacks.
  std::unordered_map<std::size_t, double> missing_seconds(const std::vector<std::size_t>& classes) const;
  /// Loads the records of all linked classes, then drops those that have no wanted partner.
  /// @return the class of each record
  std::vector<std::size_t> load_records(const Snapshot& snapshot, const TrackClasses& classes,
                                        const PlanSettings& settings);
  /// For each record its worst hole that another copy of the recording does not have.
  std::vector<Dropout> dropouts(
      const std::unordered_map<std::size_t, std::vector<std::size_t>>& records) const;
  /// For each record the lossy one that it is proved to be decoded from, by what was heard; null: none.
  std::vector<const TrackRecord*> sources(
      const std::unordered_map<std::size_t, std::vector<std::size_t>>& records,
      const PlanSettings& settings) const;
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
