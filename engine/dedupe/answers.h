// What the user said in reviews: listed, and taken back.
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
  /// Paths of the files that have this sound, wherever they are now: present ones first. Empty where the library has
  /// none any more.
  std::vector<std::string> paths_a, paths_b;
};

/// All of them, the latest first, those of one time by path.
std::vector<GivenAnswer> given_answers(const Snapshot& snapshot);

/// The answer that was given of these two tracks, if any, in this order.
std::vector<GivenAnswer> answer_of(const Snapshot& snapshot, const TrackRecord& a, const TrackRecord& b);

/// The answers that sent any of these tracks away.
std::vector<GivenAnswer> answers_against(const Snapshot& snapshot, std::span<const TrackId> tracks);

/// Forgets them: the pairs are open again.
void forget(Store& store, std::span<const GivenAnswer> answers);

}  // namespace echofold
