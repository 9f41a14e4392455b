// The store has each pair once, in the order of the hashes.
#include "engine/dedupe/stored_heard.h"

#include <algorithm>
#include <utility>

#include "engine/dedupe/exact_copies.h"

namespace echofold {
namespace {

/// The measurements in the order of the key, or back.
Heard ordered(const HeardKey& key, const TrackRecord& a, Heard heard) {
  return key.a == a.hashes.payload ? std::move(heard) : exchanged(std::move(heard));
}

}  // namespace

std::optional<HeardKey> heard_key(const TrackRecord& a, const TrackRecord& b) {
  if (!a.hashes.payload.known() || !b.hashes.payload.known()) return std::nullopt;
  const auto [low, high] = std::minmax(a.hashes.payload, b.hashes.payload);
  return HeardKey{low, high};
}

bool can_be_heard(const TrackRecord& a, const TrackRecord& b) noexcept {
  return a.place == TrackPlace::present && b.place == TrackPlace::present && !same_audio(a, b);
}

std::optional<Heard> stored_heard(const Snapshot& snapshot, const TrackRecord& a, const TrackRecord& b) {
  const auto key = heard_key(a, b);
  auto heard = key ? snapshot.heard(*key) : std::nullopt;
  if (heard) heard = ordered(*key, a, *std::move(heard));
  return heard;
}

void store_heard(Writer& writer, const TrackRecord& a, const TrackRecord& b, const Heard& heard) {
  if (const auto key = heard_key(a, b)) writer.put_heard(*key, ordered(*key, a, heard));
}

}  // namespace echofold
