// The charts of the report of `tune` as SVG elements. Colours are classes of the page's style sheet.
#pragma once

#include <string>

#include "engine/tune/tune.h"

namespace echofold {

/// Precision over recall: one curve for what is moved, by auto_similarity, and one for what is moved or shown,
/// by review_similarity; the values in use and recommended are marked. Without a `same` pair only the axes.
std::string precision_recall_chart(const TuneResult& result);

/// How the pairs of one label are spread over similarity, on a scale that gives each halving of the error the
/// same room; the recommended thresholds are lines. Pairs that were never offered have none.
std::string similarity_histogram(const TuneResult& result, Label label);

/// The strip of a pair: a rectangle a run of 8 s windows, by what their error says.
std::string strip_chart(const Evidence& evidence, const Thresholds& thresholds);

}  // namespace echofold
