// The answers of reviews: listed, and taken back.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "index/model/record.h"
#include "index/store/store.h"

namespace echofold {

/// "keep_a", "keep_b", "keep_both"
std::string_view name_of(Verdict verdict) noexcept;

struct GivenAnswer {
  Hash128 a, b;  ///< of the two fingerprints that it is kept by
  Verdict verdict = Verdict::keep_both;
  std::int64_t said_at_s = 0;  ///< Unix time; 0: not known
  /// Paths of the files with these fingerprints, wherever they are now, present ones first. Empty: the library has none
  /// any more.
  std::vector<std::string> paths_a, paths_b;
};

/// All answers, the latest first; answers of the same second by path.
std::vector<GivenAnswer> given_answers(const Snapshot& snapshot);

/// The answer about these two tracks, in this order; nothing if there is none.
std::vector<GivenAnswer> answer_of(const Snapshot& snapshot, const TrackRecord& a, const TrackRecord& b);

/// The answers by which any of these tracks was set aside.
std::vector<GivenAnswer> answers_against(const Snapshot& snapshot, std::span<const TrackId> tracks);

/// Forgets them: the pairs are open again.
void forget(Store& store, std::span<const GivenAnswer> answers);

}  // namespace echofold
