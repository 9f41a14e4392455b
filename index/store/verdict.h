// Verdicts: one entry for each unordered pair of fingerprints. Private to the store.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "index/model/record.h"
#include "index/store/database_keys.h"

namespace echofold {

/// The same verdict with `a` and `b` exchanged.
constexpr Verdict turned(Verdict verdict) noexcept {
  if (verdict == Verdict::keep_a) return Verdict::keep_b;
  return verdict == Verdict::keep_b ? Verdict::keep_a : Verdict::keep_both;
}

/// Hashes in ascending order, so that a pair has one key. The verdict is turned when they are exchanged. Equal hashes
/// are not exchanged, and the verdict stays as it was given.
struct OrderedVerdict {
  Hash128 a, b;
  Verdict verdict;

  VerdictKey key() const { return VerdictKey(a.high, a.low, b.high, b.low); }
};

inline OrderedVerdict in_order(const Hash128& a, const Hash128& b, Verdict verdict = Verdict::keep_both) {
  if (b < a) return {b, a, turned(verdict)};
  return {a, b, verdict};
}

/// The value that is stored.
struct SaidVerdict {
  Verdict verdict = Verdict::keep_both;
  std::int64_t said_at_s = 0;  ///< Unix time of the answer; 0 in values of version 1, which have none
};
std::string encode(const SaidVerdict& said);
/// @throws Error Fault::damaged, Fault::version
SaidVerdict decode_verdict(std::string_view bytes);

}  // namespace echofold
