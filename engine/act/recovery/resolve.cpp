// Looks at each kind of step in its own way, and records what it finds in the same way.
#include "engine/act/recovery/resolve.h"

#include <ctime>
#include <string>
#include <variant>

#include "engine/act/journal/delta_store.h"
#include "engine/act/recovery/resolve_move.h"
#include "engine/act/recovery/resolve_rewrite.h"
#include "index/base/error.h"
#include "index/base/fs/folder.h"
#include "index/base/fs/path.h"

namespace echofold {
namespace {

/// A folder is removed only after its files are known to be gone. So if it can't be opened, the drive is not mounted,
/// and the step stays in doubt.
bool resolve_purge(Journal& journal, MoveStep& step) {
  try {
    const SplitPath place = split_path(step.move.to);
    const auto now = Folder::open(place.folder).look(place.name);
    if (now)
      journal.not_restored(id_of(step), "the purge was interrupted before it was deleted");
    else
      journal.purged({step.move.number}, std::time(nullptr));
    step.state = now ? StepState::done : StepState::purged;
    return true;
  } catch (const Error&) {
    return false;
  }
}

Resolved look(const Step& step, const std::string& run, std::span<const Step> run_steps) {
  if (const auto* move = std::get_if<MoveStep>(&step)) return resolve_move(move->move, run, run_steps);
  return resolve_rewrite(std::get<RewriteStep>(step), run);
}

void record(Journal& journal, StepId id, StepOutcome& step, const Resolved& found) {
  const bool was_restoring = step.state == StepState::restoring;
  if (found.where == Whereabouts::after) {
    if (was_restoring)
      journal.not_restored(id, found.note);
    else
      journal.done(id, found.stamp, {});
    step.state = StepState::done;
    step.left = found.stamp;
  } else if (was_restoring) {
    journal.undone(id, {});
    step.state = StepState::undone;
  } else {
    journal.skipped(id, found.note);
    step.state = StepState::skipped;
  }
}

}  // namespace

bool resolve(Journal& journal, Step& step, std::span<const Step> run_steps) {
  auto* move = std::get_if<MoveStep>(&step);
  if (move != nullptr && move->state == StepState::purging) return resolve_purge(journal, *move);
  const Resolved found = look(step, journal.run(), run_steps);
  if (found.where == Whereabouts::unknown) return false;
  record(journal, id_of(step), outcome(step), found);
  if (move == nullptr && found.where == Whereabouts::before)
    drop_delta(journal.file(), std::to_string(id_of(step).number));
  return true;
}

}  // namespace echofold
