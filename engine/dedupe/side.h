// On which side a copy is when a folder is compared with everything known.
#pragma once

#include "engine/dedupe/plan.h"

namespace echofold {

/// Whether it lies under settings.under; true for all if that is empty.
bool is_wanted(const TrackRecord& track, const PlanSettings& settings);

/// Whether it lies under settings.new_folders.
bool is_new(const TrackRecord& track, const PlanSettings& settings);

/// Whether a copy that is not wanted can take part (settings.is_there).
bool is_there(const TrackRecord& track, const PlanSettings& settings);

/// With settings.only_under, copies outside settings.under stay, and `why` says so.
void spare_others(Plan& plan, const PlanSettings& settings);

}  // namespace echofold
