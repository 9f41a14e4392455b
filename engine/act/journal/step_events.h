// The lines of a journal that say what became of a step.
//
// Moves and rewrites have names of their own, because journals that older versions wrote must stay readable.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/act/journal/step.h"

namespace echofold {

enum class StepEvent : std::uint8_t { done, skipped, restoring, undone, not_restored };

struct KindOfEvent {
  StepKind kind;
  StepEvent event;
};

/// The name in the journal: "done" and "rewritten", "undone" and "rewrite_undone", ...
std::string_view event_name(StepKind kind, StepEvent event) noexcept;

/// Nothing for lines about something else.
std::optional<KindOfEvent> step_event(std::string_view name) noexcept;

}  // namespace echofold
