// What became of a step of a run.
#pragma once

#include <cstdint>
#include <string>

#include "index/base/fs/stamp.h"

namespace echofold {

enum class StepState : std::uint8_t {
  intended,   ///< announced: not begun, done but not recorded, or left in between by a crash
  done,       ///< moved: at `to`; rewritten: the new bytes are in its place
  skipped,    ///< not done; the file is unchanged
  restoring,  ///< announced by undo; in doubt like `intended`
  undone,     ///< taken back: the file is as it was before
  purging,    ///< moves only: announced by purge; still at `to`, or deleted
  purged      ///< moves only: deleted for good
};

/// True if it is not known on which side of the step the file is: only a look at the disk shows it.
constexpr bool is_in_doubt(StepState state) noexcept {
  return state == StepState::intended || state == StepState::restoring || state == StepState::purging;
}

/// What all kinds of steps have.
struct StepOutcome {
  StepState state = StepState::intended;
  Stamp left = {};        ///< of the file as the run left it; all zero until the step is done
  std::string note = {};  ///< why it was skipped or not restored
  bool by_user = false;   ///< undone because the user asked for it, not by the run itself
};

}  // namespace echofold
