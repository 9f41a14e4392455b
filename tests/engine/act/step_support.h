// Steps as tests look at them.
#pragma once

#include <string>
#include <vector>

#include "engine/act/journal/journal_read.h"
#include "engine/act/journal/step.h"

namespace echofold::test {

inline std::vector<MoveStep> moves(const JournalContents& contents) {
  std::vector<MoveStep> moves;
  for (const MoveStep& step : moves_of(contents.steps)) moves.push_back(step);
  return moves;
}

inline std::vector<RewriteStep> rewrites(const JournalContents& contents) {
  std::vector<RewriteStep> rewrites;
  for (const RewriteStep& step : rewrites_of(contents.steps)) rewrites.push_back(step);
  return rewrites;
}

constexpr StepId move_id(std::uint64_t number) { return {StepKind::move, number}; }
constexpr StepId rewrite_id(std::uint64_t number) { return {StepKind::rewrite, number}; }

}  // namespace echofold::test
