// Sweeps for terminals and other programs: what `tune` prints.
#pragma once

#include <string>

#include "engine/report/table.h"
#include "engine/tune/tune.h"

namespace echofold {

/// Both sweeps (every tenth value and those in use and recommended), then the recommendation and its reason.
std::string tune_table(const TuneResult& result, const TableStyle& style);

/// The recommendation and how far the pairs support it: a few sentences for people, one per line.
std::string tune_advice(const TuneResult& result);

/// A line for each swept value: threshold, value, recall, precision, found, wrong, wrong_edit, wrong_version,
/// wrong_different, altered, same, not_same, rate, rate_low, rate_high, in_use, recommended, remaster. `found`
/// and `wrong` are pairs in `auto` for auto_similarity, and in `auto` or `review` for review_similarity; the rate is
/// wrong over not_same with its 95 % confidence interval.
std::string tune_csv(const TuneResult& result);

/// echofold.sweep/1 for each swept value, with the fields of tune_csv, then one echofold.thresholds/1 with the
/// recommendation.
std::string tune_ndjson(const TuneResult& result);

}  // namespace echofold
