// What the user said in reviews, as labelled pairs.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/tune/labels.h"
#include "index/model/record.h"
#include "index/store/store.h"

namespace echofold {

struct VerdictLabel {
  LabelledPair pair;  ///< paths as the library knows them, wherever the files are now
  Verdict verdict = Verdict::keep_both;
};

struct VerdictLabels {
  std::vector<VerdictLabel> labels;  ///< sorted by the paths of a, then b
  std::uint64_t lost = 0;            ///< verdicts on fingerprints of which the library has no track any more
};

/// One pair a verdict. Who kept one of two copies called them the same; who kept both for ever gets the label
/// `different`: whatever they are, moving one would have been wrong.
///
/// Verdicts are kept by fingerprint; of the tracks that share one, the first that can be named by its path
/// stands for all, present ones before others.
VerdictLabels verdict_labels(const Snapshot& library);

}  // namespace echofold
