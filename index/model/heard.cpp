// Writes and reads the fields in the order of docs/FORMAT.md.
#include "index/model/heard.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "index/base/bytes.h"
#include "index/base/error.h"

namespace echofold {
namespace {

constexpr std::uint8_t heard_version = 3;
constexpr std::size_t burst_bytes = 3 * sizeof(double) + 2;

/// All numbers that are doubles, in the order of the stored value.
template <class AnyHeard>
auto doubles_of(AnyHeard& heard) {
  return std::array{&heard.offset_s,       &heard.speed,           &heard.compared_s,
                    &heard.residual,       &heard.treble_residual, &heard.treble_difference_db,
                    &heard.usual_strength, &heard.gain_db,         &heard.gain_drop_db,
                    &heard.gain_rise_db,   &heard.fade_in_s,       &heard.fade_out_s,
                    &heard.bass_db,        &heard.treble_db,       &heard.equaliser_db,
                    &heard.width_db,       &heard.range_db,        &heard.level_slope,
                    &heard.limit_a_hz,     &heard.limit_b_hz,      &heard.head_a_s,
                    &heard.head_b_s,       &heard.tail_a_s,        &heard.tail_b_s,
                    &heard.equal_s,        &heard.rounded_s,       &heard.equal_kbps,
                    &heard.difference_rms, &heard.difference_max};
}

BurstKind exchanged(BurstKind kind) noexcept {
  if (kind == BurstKind::silent_in_a) return BurstKind::silent_in_b;
  return kind == BurstKind::silent_in_b ? BurstKind::silent_in_a : kind;
}

HeardChannels exchanged(HeardChannels channels) noexcept {
  if (channels == HeardChannels::a_is_mono) return HeardChannels::b_is_mono;
  return channels == HeardChannels::b_is_mono ? HeardChannels::a_is_mono : channels;
}

}  // namespace

Heard exchanged(Heard heard) {
  const double rate = 1 / heard.speed;
  for (HeardBurst& burst : heard.bursts) {
    burst.start_s = (burst.start_s - heard.offset_s) * rate;
    burst.length_s *= rate;
    burst.kind = exchanged(burst.kind);
  }
  heard.offset_s = -heard.offset_s * rate;
  heard.speed = rate;
  heard.gain_db = -heard.gain_db;
  std::swap(heard.gain_drop_db, heard.gain_rise_db);
  heard.fade_in_s = -heard.fade_in_s;
  heard.fade_out_s = -heard.fade_out_s;
  heard.bass_db = -heard.bass_db;
  heard.treble_db = -heard.treble_db;
  heard.width_db = -heard.width_db;
  heard.range_db = -heard.range_db;
  heard.level_slope = -heard.level_slope;
  std::swap(heard.limit_a_hz, heard.limit_b_hz);
  std::swap(heard.head_a_s, heard.head_b_s);
  std::swap(heard.tail_a_s, heard.tail_b_s);
  heard.channels = exchanged(heard.channels);
  return heard;
}

std::string encode(const HeardKey& key, const Heard& heard) {
  ByteWriter to(heard_version);
  for (const Hash128& hash : {key.a, key.b}) {
    to.number(hash.high);
    to.number(hash.low);
  }
  to.flag(heard.lined_up);
  to.number(heard.rate_hz);
  for (const double* value : doubles_of(heard)) to.number(*value);
  to.number(heard.channels);
  to.number(static_cast<std::uint32_t>(heard.bursts.size()));
  for (const HeardBurst& burst : heard.bursts) {
    for (const double value : {burst.start_s, burst.length_s, burst.strength}) to.number(value);
    to.number(burst.kind);
    to.flag(burst.in_side);
  }
  return to.seal();
}

Heard decode_heard(const HeardKey& key, std::string_view bytes) {
  const std::string what = "what was heard of a pair";
  ByteReader from(bytes, heard_version, what);
  HeardKey own;
  for (Hash128* hash : {&own.a, &own.b}) *hash = {from.number<std::uint64_t>(), from.number<std::uint64_t>()};
  Heard heard;
  bool finite = true;
  const auto number = [&] {
    const auto value = from.number<double>();
    finite = finite && std::isfinite(value);
    return value;
  };
  heard.lined_up = from.flag();
  heard.rate_hz = from.number<std::uint32_t>();
  for (double* value : doubles_of(heard)) *value = number();
  heard.channels = from.choice(HeardChannels::differ);
  heard.bursts.resize(from.count(burst_bytes));
  for (HeardBurst& burst : heard.bursts) {
    for (double* value : {&burst.start_s, &burst.length_s, &burst.strength}) *value = number();
    burst.kind = from.choice(BurstKind::silent_in_b);
    burst.in_side = from.flag();
  }
  from.finish();
  if (own != key) throw Error(Fault::damaged, what + " is damaged: it stands under another pair");
  if (!finite) throw Error(Fault::damaged, what + " is damaged: a number is not finite");
  return heard;
}

std::string_view name_of(BurstKind kind) noexcept {
  switch (kind) {
    case BurstKind::other:
      return "other";
    case BurstKind::silent_in_a:
      return "silent_in_a";
    case BurstKind::silent_in_b:
      break;
  }
  return "silent_in_b";
}

std::string_view name_of(HeardChannels channels) noexcept {
  switch (channels) {
    case HeardChannels::same:
      return "same";
    case HeardChannels::a_is_mono:
      return "a_is_mono";
    case HeardChannels::b_is_mono:
      return "b_is_mono";
    case HeardChannels::swapped:
      return "swapped";
    case HeardChannels::differ:
      break;
  }
  return "differ";
}

}  // namespace echofold
