// The review as a state machine: questions, answers, answers taken back. No input, no output, no files.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/dedupe/plan.h"

namespace echofold {

/// One pair to decide. Where one of the two is new, it is on the left; else the proposed keeper is.
struct Question {
  std::uint32_t group = 0;
  PlanFile left, right;
  double similarity = 0;
  double offset_s = 0;  ///< where the right one's audio starts in the left one's time
  Relation relation = Relation::same_recording;
  std::string why;  ///< why it needs a decision
  bool proposes_left = true;
  double speed = 1;                 ///< the right one plays so many times as fast as the left one
  std::optional<Heard> heard = {};  ///< what was heard of (left, right)
  const PlanGroup* in =
      nullptr;  ///< where it is from, with `drop`: valid as long as the plan; null: not known
  const PlanDrop* drop = nullptr;
};

/// The names of the copies on the screen: "new" and "library" where one of the two is new, else "left" and "right".
struct SideNames {
  std::string left, right;
};
SideNames names_of(const Question& question);

/// The question about one drop of a group.
Question question_of(const PlanGroup& group, const PlanDrop& drop);

/// The question as it was decided against `loser`, which is one of its two files: a group of a plan.
PlanGroup decided_against(const Question& question, const PlanFile& loser);

/// The drops of a plan whose action is `review`, in the plan's order.
std::vector<Question> questions_of(const Plan& plan);

/// The folders of the two copies, the lesser one first: questions with equal ones are about the same two albums.
std::pair<std::string, std::string> folders_of(const Question& question);

enum class Answer { keep_left, keep_right, keep_both_for_now, keep_both_for_ever };

/// What is proposed: the copy that ranks higher stays.
Answer proposed(const Question& question) noexcept;

struct GivenNow {
  const Question* question;
  Answer answer;
};

class Review {
 public:
  /// @param only_new  answers set aside no copy of the library, only new ones
  /// @param earlier   so many pairs were answered before this review began: they count in position() and total()
  explicit Review(std::vector<Question> questions, bool only_new = false, std::size_t earlier = 0)
      : questions_(std::move(questions)),
        answers_(questions_.size()),
        only_new_(only_new),
        earlier_(earlier) {}

  /// The first question without an answer; null when all have one.
  const Question* current() const noexcept;
  std::size_t position() const noexcept;  ///< of current() among questions(); their number at the end
  std::size_t size() const noexcept { return questions_.size(); }
  std::size_t earlier() const noexcept { return earlier_; }
  std::size_t total() const noexcept { return earlier_ + size(); }
  std::size_t open() const noexcept;  ///< questions without an answer

  void answer(Answer answer);  ///< to the current question, which must exist
  /// The questions without an answer about the same two folders as the current one, which is the first of them.
  std::vector<std::size_t> of_these_folders() const;
  /// Answers these questions, which must be open, as proposed. take_back() takes them back together.
  void answer_as_proposed(std::span<const std::size_t> indexes);

  /// Takes the last answer back, or the last answers that were given together, and returns to the first of their
  /// questions. @return them; empty at the start
  std::vector<GivenNow> take_back();
  /// The answers of the last step; empty at the start.
  std::vector<GivenNow> last() const;

  std::vector<Answer> answers() const;  ///< those given, in the order of the questions
  std::optional<Answer> answer_to(std::size_t index) const { return answers_.at(index); }
  const Question& question(std::size_t index) const { return questions_.at(index); }

  /// What is to be set aside by the answers so far, as groups of a plan. Each answer is a group of its own: its keeper
  /// was compared with its loser, and `apply` checks that the keeper still exists. A copy that loses twice is in the
  /// first of these groups only.
  std::vector<PlanGroup> decided() const;

  /// The number of copies that the answers so far decided against and that stay, since they are not new.
  std::size_t spared() const;

 private:
  const PlanFile* loser_of(std::size_t index) const;  ///< null where both stay, or no answer was given

  std::vector<Question> questions_;
  std::vector<std::optional<Answer>> answers_;   ///< of each question
  std::vector<std::vector<std::size_t>> steps_;  ///< which questions were answered together, the latest last
  bool only_new_ = false;
  std::size_t earlier_ = 0;
};

/// Groups that can be acted on together, in the order of the turns. If a copy beats one copy and loses to another, it
/// has to be there until its own loser was set aside: `apply` refuses a plan in which a keeper is a loser.
std::vector<std::vector<PlanGroup>> in_turns(std::vector<PlanGroup> groups);

}  // namespace echofold
