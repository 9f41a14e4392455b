// What the review page shows: a plan, the answers about its pairs, and a number that rises with every change.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/dedupe/plan.h"
#include "tools/review/file_notes.h"
#include "tools/review/library_access.h"
#include "tools/review/stored_answers.h"

namespace echofold {

/// What the user said about a drop and its keeper.
enum class PairAnswer : std::uint8_t { none, keep_keeper, keep_drop, both_for_now, both_for_ever, not_same };

/// "keep_keeper", ...; "undo" is `none`.
std::string_view name_of(PairAnswer answer) noexcept;
/// @throws WebError 400 for any other word
PairAnswer pair_answer_of(std::string_view word);

/// A plan as it is shown. It does not change; a newer one takes its place.
struct ShownPlan {
  Plan plan;
  std::string library;  ///< its folders, for people
  std::size_t files = 0;
  FileNotes notes;

  /// The place of each file in the plan: its group, by index, and its drop; no drop for a keeper.
  struct Place {
    std::size_t group = 0;
    std::optional<std::size_t> drop = {};
  };
  std::unordered_map<TrackId, Place> places;

  const PlanGroup* group(std::uint32_t number) const noexcept;  ///< null if there is none
  const TrackRecord* track(TrackId id) const noexcept;          ///< likewise; of all groups
};

/// A pair of the plan, by its drop: a file is in at most one group.
using PairAnswers = std::unordered_map<TrackId, PairAnswer>;

/// What a drop is about. `certain` goes without a question, `question` is asked about, also when it was answered.
enum class DropKind : std::uint8_t { certain, question, related };
DropKind kind_of(const PlanDrop& drop) noexcept;

/// A consistent view for one reply.
struct ReviewView {
  std::shared_ptr<const ShownPlan> shown;
  PairAnswers answers;
  std::uint64_t generation = 0;
  bool accepted = false;  ///< all that is certain

  PairAnswer answer(const PlanDrop& drop) const;
  bool is_open(const PlanDrop& drop) const;  ///< still to be decided
  /// The file that is set aside when the answers are applied; null if both stay, or if it is not decided.
  /// @param with_certain  counts what is certain, accepted or not
  const TrackRecord* loser(const PlanGroup& group, const PlanDrop& drop, bool with_certain) const;
};

struct Answered {
  std::uint64_t generation = 0;
  std::size_t open = 0;        ///< pairs still to be decided, in all
  std::size_t answered = 0;    ///< pairs that were changed
  std::size_t group_open = 0;  ///< pairs of the group still to be decided
};

/// Thread-safe.
class ReviewState {
 public:
  explicit ReviewState(LibraryAccess& library);

  ReviewView view() const;
  std::uint64_t generation() const;
  /// The file with this id in the plan. @throws WebError 404 for any other: nothing else is shown or played
  TrackRecord track(TrackId id) const;

  /// @param stored  returns what the library knows about pairs of the plan, by drop. Called while nobody answers, so
  ///                that no answer is missing
  void show(std::shared_ptr<const ShownPlan> shown,
            const std::function<std::map<TrackId, StoredAnswer>()>& stored);

  /// The library changed in another way.
  void touch();

  /// Stores an answer about one pair, and then shows it. @throws WebError 409 if it is no pair of the group; Error as
  /// LibraryAccess::keep
  Answered answer(std::uint32_t group, TrackId keeper, TrackId drop, PairAnswer answer);

  /// The same answer about all open pairs whose drop is below a folder.
  /// @param folder  as shown_path() has it
  Answered answer_below(const std::string& folder, PairAnswer answer);

  /// Takes the answers of the last answer_below() back, as far as they are still what it said.
  /// @throws WebError 409 if there is nothing to take back
  Answered take_back_below();

  Answered accept(bool accepted);

  /// Forgets the answer about two fingerprints, in the library and on the page.
  Answered forget(const Hash128& a, const Hash128& b);

 private:
  struct Pair {
    const PlanGroup* group;
    const PlanDrop* drop;
  };
  Answered answer_all(const std::vector<Pair>& pairs, PairAnswer answer);
  StoredAnswer before(const Pair& pair) const;
  std::optional<StoredAnswer> to_store(const Pair& pair, PairAnswer answer);
  Answered counted(std::size_t answered, const PlanGroup* group) const;
  std::size_t open_in(const PlanGroup& group) const;

  LibraryAccess& library_;
  std::mutex answering_;      ///< one answer at a time, also while it is written to disk
  mutable std::mutex mutex_;  ///< of what is below
  std::shared_ptr<const ShownPlan> shown_;
  PairAnswers answers_;
  std::map<TrackId, StoredAnswer> stored_;
  AnswersBefore before_;
  std::vector<TrackId> below_;  ///< the drops of the last answer_below()
  PairAnswer said_below_ = PairAnswer::none;
  std::uint64_t generation_ = 1;
  bool accepted_ = false;
};

}  // namespace echofold
