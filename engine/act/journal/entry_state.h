// The states of a journal entry.
#pragma once

#include <cstdint>

namespace echofold {

/// The states of a journal entry.
enum class MoveState : std::uint8_t {
  intended,   ///< announced: not begun, done but not recorded, or left in between by a crash
  done,       ///< moved: at `to`; rewritten: the new bytes are in its place
  skipped,    ///< not done; the file is unchanged
  restoring,  ///< announced by undo; in doubt like `intended`
  undone,     ///< taken back: the file is as it was before
  purging,    ///< moves only: announced by purge; still at `to`, or deleted
  purged      ///< moves only: deleted for good
};

}  // namespace echofold
