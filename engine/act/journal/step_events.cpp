// The table of names.
#include "engine/act/journal/step_events.h"

#include <algorithm>
#include <array>

namespace echofold {
namespace {

struct Named {
  StepKind kind;
  StepEvent event;
  std::string_view name;
};

constexpr std::array names = {
    Named{StepKind::move, StepEvent::done, "done"},
    Named{StepKind::move, StepEvent::skipped, "skipped"},
    Named{StepKind::move, StepEvent::restoring, "restoring"},
    Named{StepKind::move, StepEvent::undone, "undone"},
    Named{StepKind::move, StepEvent::not_restored, "not_restored"},
    Named{StepKind::rewrite, StepEvent::done, "rewritten"},
    Named{StepKind::rewrite, StepEvent::skipped, "rewrite_skipped"},
    Named{StepKind::rewrite, StepEvent::restoring, "restoring_rewrite"},
    Named{StepKind::rewrite, StepEvent::undone, "rewrite_undone"},
    Named{StepKind::rewrite, StepEvent::not_restored, "rewrite_not_restored"},
};

}  // namespace

std::string_view event_name(StepKind kind, StepEvent event) noexcept {
  return std::find_if(names.begin(), names.end(),
                      [&](const Named& named) { return named.kind == kind && named.event == event; })
      ->name;
}

std::optional<KindOfEvent> step_event(std::string_view name) noexcept {
  const auto found =
      std::find_if(names.begin(), names.end(), [&](const Named& named) { return named.name == name; });
  return found == names.end() ? std::nullopt : std::optional(KindOfEvent{found->kind, found->event});
}

}  // namespace echofold
