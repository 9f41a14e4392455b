// Restores each kind of step in its own way, and records the outcome in the same way.
#include "engine/act/recovery/restore.h"

#include <string>
#include <variant>
#include <vector>

#include "engine/act/journal/delta_store.h"
#include "engine/act/recovery/restore_move.h"
#include "engine/act/recovery/restore_rewrite.h"
#include "index/base/fs/path.h"

namespace echofold {
namespace {

Restored record(Journal& journal, StepId id, StepOutcome& step, Restored restored,
                const std::vector<FolderTime>& back, const std::vector<FolderTime>& stayed) {
  if (restored.back)
    journal.undone(id, back);
  else
    journal.not_restored(id, restored.note, stayed);
  step.state = restored.back ? StepState::undone : StepState::done;
  step.note = restored.note;
  return restored;
}

}  // namespace

Restored restore(Journal& journal, Step& step, FolderTimes& times, std::span<const Step> run_steps,
                 const LaterChanges& later) {
  if (auto* move = std::get_if<MoveStep>(&step)) {
    Restored restored = restore_move(*move, journal.run(), run_steps, times, later);
    const bool back = restored.back;
    return record(journal, id_of(*move), *move, std::move(restored),
                  back ? times.changed(folders_of(move->move)) : std::vector<FolderTime>{}, {});
  }
  auto& rewrite = std::get<RewriteStep>(step);
  const std::vector<std::string> folders{split_path(rewrite.rewrite.path).folder};
  journal.restoring({id_of(rewrite)}, times.about_to_restore(folders));
  rewrite.state = StepState::restoring;
  Restored restored = restore_rewrite(rewrite, journal.run(), journal.file());
  const std::vector<FolderTime> changed = times.changed(folders);
  restored = record(journal, id_of(rewrite), rewrite, std::move(restored), changed, changed);
  if (restored.back) drop_delta(journal.file(), rewrite.prepared->delta);
  return restored;
}

}  // namespace echofold
