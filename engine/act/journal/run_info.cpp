// Adds up the steps of a run.
#include "engine/act/journal/run_info.h"

#include <set>

namespace echofold {
namespace {

std::uint64_t& count_of(StepState state, std::uint64_t& open, std::uint64_t& done, std::uint64_t& skipped,
                        std::uint64_t& undone) {
  if (is_in_doubt(state)) return open;
  if (state == StepState::done) return done;
  return state == StepState::skipped ? skipped : undone;
}

void count_move(const MoveStep& step, RunInfo& info) {
  ++(step.state == StepState::purged
         ? info.moves_purged
         : count_of(step.state, info.moves_open, info.moves_done, info.moves_skipped, info.moves_undone));
  const bool is_done = step.state == StepState::done;
  if (step.move.purpose == MovePurpose::set_aside) {
    info.along += is_done && !step.move.goes_with.empty() ? 1 : 0;
  } else {
    info.renames += step.state != StepState::skipped ? 1 : 0;
    info.renames_done += is_done ? 1 : 0;
  }
}

bool may_be_at_target(const MoveStep& step) {
  return step.state == StepState::done || step.state == StepState::restoring ||
         step.state == StepState::purging;
}

/// The folder of the run in which the file was set aside; empty if there is none.
std::string place_of(const MoveStep& step, const std::string& run) {
  const auto of_run = step.move.to.find("/" + run + "/");
  const bool is_aside = step.move.purpose == MovePurpose::set_aside && of_run != std::string::npos;
  return is_aside ? step.move.to.substr(0, of_run + 1 + run.size()) : "";
}

}  // namespace

void count_steps(std::span<const Step> steps, RunInfo& info) {
  std::set<std::string> places;
  for (const MoveStep& step : moves_of(steps)) {
    count_move(step, info);
    if (!may_be_at_target(step)) continue;
    if (step.move.purpose == MovePurpose::set_aside || info.kind == "organize")
      info.bytes += step.move.stamp.size_bytes;
    if (std::string place = place_of(step, info.run); !place.empty()) places.insert(std::move(place));
  }
  info.places.assign(places.begin(), places.end());
  for (const RewriteStep& step : rewrites_of(steps))
    ++count_of(step.state, info.rewrites_open, info.rewrites_done, info.rewrites_skipped,
               info.rewrites_undone);
}

}  // namespace echofold
