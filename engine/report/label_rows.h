// Labelled pairs as a file for `tune`: what `export --verdicts` writes.
#pragma once

#include <string>

#include "engine/tune/verdict_labels.h"

namespace echofold {

/// a, b, label, treatment, verdict (keep_a, keep_b, keep_both). Paths are written as the bytes they are.
std::string label_csv_header();
std::string label_to_csv(const VerdictLabel& label);

/// echofold.label/1: a, b, label, treatment, verdict. No newline at the end.
std::string label_to_line(const VerdictLabel& label);

}  // namespace echofold
