// Adds up the steps of a run.
#include "engine/act/journal/run_info.h"

#include <algorithm>
#include <set>
#include <vector>

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
}

void count_rewrite(const RewriteStep& step, RunInfo& info) {
  ++count_of(step.state, info.rewrites_open, info.rewrites_done, info.rewrites_skipped, info.rewrites_undone);
  const bool is_link =
      step.rewrite.kind == RewriteKind::hard_link || step.rewrite.kind == RewriteKind::reflink;
  info.linked += is_link && step.state != StepState::skipped ? 1 : 0;
}

std::uint64_t& count_of(const Move& move, FileCounts& files) {
  const bool is_partner = !move.goes_with.empty();
  if (move.purpose == MovePurpose::rename) return is_partner ? files.renamed_partners : files.renamed;
  if (!move.link_of.empty()) return files.further_names;
  return is_partner ? files.partner_files : files.copies;
}

/// Counts the files of the moves for which `counts` is true. A move to a place from which a later one departs is not
/// the last one of its file.
template <class Counts>
FileCounts count_files(std::span<const Step> steps, Counts counts) {
  std::vector<const Move*> moves;
  for (const MoveStep& step : moves_of(steps))
    if (counts(step.state)) moves.push_back(&step.move);
  FileCounts files;
  std::set<std::string_view> departures;
  for (auto move = moves.rbegin(); move != moves.rend(); ++move) {
    if (!departures.contains((*move)->to)) ++count_of(**move, files);
    departures.insert((*move)->from);
  }
  return files;
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

/// Whether `bytes` of the run has the size of this file.
bool adds_bytes(const Move& move, const RunInfo& info) {
  return move.link_of.empty() && (move.purpose == MovePurpose::set_aside || info.kind == "organize");
}

}  // namespace

void count_steps(std::span<const Step> steps, RunInfo& info) {
  std::set<std::string> places;
  for (const MoveStep& step : moves_of(steps)) {
    count_move(step, info);
    if (!may_be_at_target(step)) continue;
    if (adds_bytes(step.move, info)) info.bytes += step.move.stamp.size_bytes;
    if (std::string place = place_of(step, info.run); !place.empty()) places.insert(std::move(place));
  }
  info.places.assign(places.begin(), places.end());
  info.moved = count_files(steps, [](StepState state) { return state != StepState::skipped; });
  info.there = count_files(steps, [](StepState state) { return state == StepState::done; });
  for (const RewriteStep& step : rewrites_of(steps)) count_rewrite(step, info);
}

}  // namespace echofold
