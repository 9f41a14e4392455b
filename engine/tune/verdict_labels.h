// The answers of reviews as labelled pairs.
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
  std::uint64_t lost = 0;            ///< verdicts on fingerprints that no track of the library has any more
};

/// One pair for each verdict. A verdict that kept one of two copies means `same`. One that kept both for ever means
/// `different`: whatever they are, moving one would have been wrong.
///
/// Verdicts are stored by fingerprint. Of the tracks that share one, the first that can be named by its path stands for
/// all, present ones first.
VerdictLabels verdict_labels(const Snapshot& library);

}  // namespace echofold
