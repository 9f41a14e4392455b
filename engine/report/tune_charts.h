// The charts of the report of `tune` as SVG elements. Colours are classes of the page's style sheet.
#pragma once

#include <string>

#include "engine/tune/tune.h"

namespace echofold {

/// Precision over recall: one curve for the pairs moved, by auto_similarity, and one for those moved or shown, by
/// review_similarity. The values in use and recommended are marked. Without a `same` pair there are only the axes.
std::string precision_recall_chart(const TuneResult& result);

/// The distribution of the pairs of one label over similarity, on a scale on which each halving of the error has the
/// same width. Lines mark the recommended thresholds. Pairs that were no candidates have no similarity.
std::string similarity_histogram(const TuneResult& result, Label label);

/// The strip of a pair: a rectangle for each run of 8 s windows whose errors are of one kind.
std::string strip_chart(const Evidence& evidence, const Thresholds& thresholds);

}  // namespace echofold
