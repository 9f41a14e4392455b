// See questions.h.
#include "tools/review/questions.h"

#include <algorithm>
#include <set>
#include <string_view>

namespace echofold {

Question question_of(const PlanGroup& group, const PlanDrop& drop) {
  Question question{group.number,  group.keep,    drop.file, drop.similarity,
                    drop.offset_s, drop.relation, drop.why};
  question.speed = drop.speed;
  question.heard = drop.heard;
  question.in = &group;
  question.drop = &drop;
  if (!drop.file.is_new || group.keep.is_new) return question;
  std::swap(question.left, question.right);
  question.offset_s = -question.offset_s / question.speed;
  question.speed = 1 / question.speed;
  question.proposes_left = false;
  if (question.heard) question.heard = exchanged(*std::move(question.heard));
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

std::pair<std::string, std::string> folders_of(const Question& question) {
  const auto folder = [](const std::string& path) { return path.substr(0, path.rfind('/')); };
  std::pair folders(folder(question.left.track.path), folder(question.right.track.path));
  if (folders.second < folders.first) std::swap(folders.first, folders.second);
  return folders;
}

Answer proposed(const Question& question) noexcept {
  return question.proposes_left ? Answer::keep_left : Answer::keep_right;
}

std::size_t Review::position() const noexcept {
  return static_cast<std::size_t>(std::find(answers_.begin(), answers_.end(), std::nullopt) -
                                  answers_.begin());
}

const Question* Review::current() const noexcept {
  const std::size_t at = position();
  return at < questions_.size() ? &questions_[at] : nullptr;
}

std::size_t Review::open() const noexcept {
  return static_cast<std::size_t>(std::count(answers_.begin(), answers_.end(), std::nullopt));
}

void Review::answer(Answer answer) {
  const std::size_t at = position();
  answers_.at(at) = answer;
  steps_.push_back({at});
}

std::vector<std::size_t> Review::of_these_folders() const {
  std::vector<std::size_t> indexes;
  const std::size_t first = position();
  if (first == size()) return indexes;
  const auto folders = folders_of(questions_[first]);
  for (std::size_t i = first; i < size(); ++i)
    if (!answers_[i] && folders_of(questions_[i]) == folders) indexes.push_back(i);
  return indexes;
}

void Review::answer_as_proposed(std::span<const std::size_t> indexes) {
  for (const std::size_t index : indexes) answers_.at(index) = proposed(questions_[index]);
  steps_.emplace_back(indexes.begin(), indexes.end());
}

std::vector<GivenNow> Review::last() const {
  std::vector<GivenNow> given;
  if (!steps_.empty())
    for (const std::size_t index : steps_.back()) given.push_back({&questions_[index], *answers_[index]});
  return given;
}

std::vector<GivenNow> Review::take_back() {
  std::vector<GivenNow> given = last();
  if (steps_.empty()) return given;
  for (const std::size_t index : steps_.back()) answers_[index].reset();
  steps_.pop_back();
  return given;
}

std::vector<Answer> Review::answers() const {
  std::vector<Answer> given;
  for (const std::optional<Answer>& answer : answers_)
    if (answer) given.push_back(*answer);
  return given;
}

const PlanFile* Review::loser_of(std::size_t index) const {
  const Question& question = questions_[index];
  if (answers_[index] == Answer::keep_left) return &question.right;
  return answers_[index] == Answer::keep_right ? &question.left : nullptr;
}

std::vector<PlanGroup> Review::decided() const {
  std::vector<PlanGroup> groups;
  std::set<std::string_view> losers;
  for (std::size_t i = 0; i < answers_.size(); ++i) {
    const PlanFile* loser = loser_of(i);
    if (loser != nullptr && (!only_new_ || loser->is_new) && losers.insert(loser->track.path).second)
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

std::vector<std::vector<PlanGroup>> in_turns(std::vector<PlanGroup> groups) {
  std::vector<std::vector<PlanGroup>> turns;
  while (!groups.empty()) {
    std::set<std::string> keepers;
    for (const PlanGroup& group : groups) keepers.insert(group.keep.track.path);
    const auto waits = [&](const PlanGroup& group) {
      return std::any_of(group.drops.begin(), group.drops.end(),
                         [&](const PlanDrop& drop) { return keepers.contains(drop.file.track.path); });
    };
    auto later =
        std::stable_partition(groups.begin(), groups.end(), [&](const PlanGroup& g) { return !waits(g); });
    if (later == groups.begin()) later = groups.end();  // a ring: `apply` says what is wrong with it
    turns.emplace_back(std::make_move_iterator(groups.begin()), std::make_move_iterator(later));
    groups.erase(groups.begin(), later);
  }
  return turns;
}

}  // namespace echofold
