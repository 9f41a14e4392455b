// See questions.h.
#include "tools/review/questions.h"

#include <utility>

namespace echofold {

Question question_of(const PlanGroup& group, const PlanDrop& drop) {
  Question question{group.number,  group.keep,    drop.file, drop.similarity,
                    drop.offset_s, drop.relation, drop.why};
  question.speed = drop.speed;
  if (!drop.file.is_new || group.keep.is_new) return question;
  std::swap(question.left, question.right);
  question.offset_s = -question.offset_s / question.speed;
  question.speed = 1 / question.speed;
  question.proposes_left = false;
  return question;
}

PlanGroup decided_against(const Question& question, const PlanFile& loser) {
  const bool keeps_right = &loser == &question.left;
  PlanDrop drop;
  drop.file = loser;
  drop.similarity = question.similarity;
  drop.offset_s = keeps_right ? -question.offset_s / question.speed : question.offset_s;
  drop.speed = keeps_right ? 1 / question.speed : question.speed;
  drop.relation = question.relation;
  drop.band = Band::review;
  drop.action = Action::move;
  drop.why = "you chose the other";
  drop.chosen = true;
  return {question.group, keeps_right ? question.right : question.left, "your choice", {std::move(drop)}};
}

SideNames names_of(const Question& question) {
  if (question.left.is_new && !question.right.is_new) return {"new", "library"};
  return {"left", "right"};
}

std::vector<Question> questions_of(const Plan& plan) {
  std::vector<Question> questions;
  for (const PlanGroup& group : plan.groups)
    for (const PlanDrop& drop : group.drops)
      if (drop.action == Action::review) questions.push_back(question_of(group, drop));
  return questions;
}

const Question* Review::current() const noexcept {
  return answers_.size() < questions_.size() ? &questions_[answers_.size()] : nullptr;
}

void Review::answer(Answer answer) { answers_.push_back(answer); }

std::optional<Answer> Review::take_back() {
  if (answers_.empty()) return std::nullopt;
  const Answer last = answers_.back();
  answers_.pop_back();
  return last;
}

const PlanFile* Review::loser_of(std::size_t index) const {
  const Question& question = questions_[index];
  if (answers_[index] == Answer::keep_left) return &question.right;
  return answers_[index] == Answer::keep_right ? &question.left : nullptr;
}

std::vector<PlanGroup> Review::decided() const {
  std::vector<PlanGroup> groups;
  for (std::size_t i = 0; i < answers_.size(); ++i) {
    const PlanFile* loser = loser_of(i);
    if (loser != nullptr && (!only_new_ || loser->is_new))
      groups.push_back(decided_against(questions_[i], *loser));
  }
  return groups;
}

std::size_t Review::spared() const {
  std::size_t count = 0;
  for (std::size_t i = 0; i < answers_.size(); ++i) {
    const PlanFile* loser = loser_of(i);
    count += only_new_ && loser != nullptr && !loser->is_new ? 1 : 0;
  }
  return count;
}

}  // namespace echofold
