// A step of a run: a move or a rewrite.
//
// A link is a rewrite whose new bytes are those of the keeper: it is prepared, swapped in and taken back like one.
//
// A step is also what the verbs report of each file. One with the number 0 stands for a file that stayed before anything
// of it was announced, or for what a preview would do.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "engine/act/journal/move_step.h"
#include "engine/act/journal/rewrite_step.h"
#include "engine/act/journal/step_state.h"

namespace echofold {

using Step = std::variant<MoveStep, RewriteStep>;

/// Of one run, in the order in which they were announced. Undo takes them back in the opposite order.
using Steps = std::vector<Step>;

inline StepOutcome& outcome(Step& step) {
  return std::visit([](auto& one) -> StepOutcome& { return one; }, step);
}
inline const StepOutcome& outcome(const Step& step) {
  return std::visit([](const auto& one) -> const StepOutcome& { return one; }, step);
}

/// Where the file was before the step, and where the step puts it. A rewrite leaves it in its place.
inline const std::string& place_before(const Step& step) {
  const auto* move = std::get_if<MoveStep>(&step);
  return move != nullptr ? move->move.from : std::get<RewriteStep>(step).rewrite.path;
}
inline const std::string& place_after(const Step& step) {
  const auto* move = std::get_if<MoveStep>(&step);
  return move != nullptr ? move->move.to : std::get<RewriteStep>(step).rewrite.path;
}

enum class StepKind : std::uint8_t { move, rewrite };

/// Names a step in its run. Moves and rewrites are numbered apart, each from 1.
struct StepId {
  StepKind kind = StepKind::move;
  std::uint64_t number = 0;
  bool operator==(const StepId&) const = default;
};

inline StepId id_of(const MoveStep& step) noexcept { return {StepKind::move, step.move.number}; }
inline StepId id_of(const RewriteStep& step) noexcept { return {StepKind::rewrite, step.rewrite.number}; }
inline StepId id_of(const Step& step) {
  return std::visit([](const auto& one) { return id_of(one); }, step);
}

/// The steps of one kind, to iterate over in their order.
template <class Kind>
class StepsOf {
 public:
  explicit StepsOf(std::span<const Step> steps) noexcept : steps_(steps) {}

  class Iterator {
   public:
    Iterator(const Step* at, const Step* end) noexcept : at_(at), end_(end) { skip_others(); }
    const Kind& operator*() const noexcept { return *std::get_if<Kind>(at_); }
    const Kind* operator->() const noexcept { return std::get_if<Kind>(at_); }
    Iterator& operator++() noexcept {
      ++at_;
      skip_others();
      return *this;
    }
    bool operator==(const Iterator& other) const noexcept { return at_ == other.at_; }

   private:
    void skip_others() noexcept {
      while (at_ != end_ && !std::holds_alternative<Kind>(*at_)) ++at_;
    }
    const Step* at_;
    const Step* end_;
  };

  Iterator begin() const noexcept { return {steps_.data(), end_of()}; }
  Iterator end() const noexcept { return {end_of(), end_of()}; }

 private:
  const Step* end_of() const noexcept { return steps_.data() + steps_.size(); }
  std::span<const Step> steps_;
};

inline StepsOf<MoveStep> moves_of(std::span<const Step> steps) noexcept { return StepsOf<MoveStep>(steps); }
inline StepsOf<RewriteStep> rewrites_of(std::span<const Step> steps) noexcept {
  return StepsOf<RewriteStep>(steps);
}

/// True for a partner file or further name that was moved although its music was not: it has to be brought back.
/// @param steps  among which that of the music is
inline bool has_left_its_music(const MoveStep& step, std::span<const Step> steps) noexcept {
  if (step.move.goes_with.empty() || step.state != StepState::done) return false;
  for (const MoveStep& other : moves_of(steps))
    if (other.move.from == step.move.goes_with && other.state == StepState::done) return false;
  return true;
}

}  // namespace echofold
