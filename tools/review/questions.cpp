// See questions.h.
#include "tools/review/questions.h"

namespace echofold {

std::vector<Question> questions_of(const Plan& plan) {
  std::vector<Question> questions;
  for (const PlanGroup& group : plan.groups)
    for (const PlanDrop& drop : group.drops)
      if (drop.action == Action::review)
        questions.push_back(
            {group.number, group.keep, drop.file, drop.similarity, drop.offset_s, drop.relation, drop.why});
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

std::vector<RemovalGroup> Review::removals() const {
  std::vector<RemovalGroup> groups;
  for (std::size_t i = 0; i < answers_.size(); ++i) {
    const Question& question = questions_[i];
    if (answers_[i] == Answer::keep_left)
      groups.push_back({question.group, question.left.track, {question.right.track}});
    if (answers_[i] == Answer::keep_right)
      groups.push_back({question.group, question.right.track, {question.left.track}});
  }
  return groups;
}

}  // namespace echofold
