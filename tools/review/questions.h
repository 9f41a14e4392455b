// The review as a state machine: questions, answers, answers taken back. No input, no output, no files.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
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
  double speed = 1;  ///< the right one plays so many times as fast as the left one
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

enum class Answer { keep_left, keep_right, keep_both_for_now, keep_both_for_ever };

class Review {
 public:
  /// @param only_new  answers set aside no copy of the library, only new ones
  explicit Review(std::vector<Question> questions, bool only_new = false)
      : questions_(std::move(questions)), only_new_(only_new) {}

  /// The current question; null when all are answered.
  const Question* current() const noexcept;
  std::size_t position() const noexcept { return answers_.size(); }
  std::size_t size() const noexcept { return questions_.size(); }

  void answer(Answer answer);  ///< to the current question, which must exist
  /// Takes the last answer back and returns to its question. @return that answer; nothing at the start
  std::optional<Answer> take_back();

  const std::vector<Answer>& answers() const noexcept { return answers_; }
  const Question& question(std::size_t index) const { return questions_.at(index); }

  /// What is to be set aside by the answers so far, as groups of a plan. Each answer is a group of its own: its keeper
  /// was compared with its loser, and `apply` checks that the keeper still exists.
  std::vector<PlanGroup> decided() const;

  /// The number of copies that the answers so far decided against and that stay, since they are not new.
  std::size_t spared() const;

 private:
  const PlanFile* loser_of(std::size_t index) const;  ///< null where both stay

  std::vector<Question> questions_;
  std::vector<Answer> answers_;
  bool only_new_ = false;
};

}  // namespace echofold
