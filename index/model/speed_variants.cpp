// The bytes of the variants of a track.
#include "index/model/speed_variants.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <functional>

#include "index/base/bytes.h"
#include "index/base/error.h"

namespace echofold {
namespace {

constexpr std::uint8_t variants_version = 1;

template <class Number>
std::string_view bytes_of(const std::vector<Number>& numbers) noexcept {
  return {reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(Number)};
}

[[noreturn]] void throw_damaged(const std::string& what, const char* why) {
  throw Error(Fault::damaged, what + " are damaged: " + why);
}

template <class Number>
std::vector<Number> take_numbers(ByteReader& from, const std::string& what) {
  const std::string_view bytes = from.take(from.count(1));
  if (bytes.size() % sizeof(Number) != 0) throw_damaged(what, "a part of a number");
  std::vector<Number> numbers(bytes.size() / sizeof(Number));
  if (!bytes.empty()) std::memcpy(numbers.data(), bytes.data(), bytes.size());
  return numbers;
}

SpeedVariant take_variant(ByteReader& from, std::uint32_t percent, const std::string& what) {
  SpeedVariant variant;
  variant.steps = from.number<std::int16_t>();
  if (variant.steps == 0 || std::abs(variant.steps) > static_cast<int>(percent) * variant_steps_a_percent)
    throw_damaged(what, "a speed that it cannot have");
  variant.items = take_numbers<Item>(from, what);
  variant.positions = take_numbers<std::uint16_t>(from, what);
  if (variant.items.size() != variant.positions.size()) throw_damaged(what, "not as many positions as items");
  if (std::adjacent_find(variant.positions.begin(), variant.positions.end(), std::greater_equal<>()) !=
      variant.positions.end())
    throw_damaged(what, "positions that do not rise");
  return variant;
}

}  // namespace

std::string encode(TrackId id, const SpeedVariants& variants) {
  ByteWriter to(variants_version);
  to.number(id);
  to.number(static_cast<std::uint8_t>(variants.percent));
  to.number(static_cast<std::uint32_t>(variants.variants.size()));
  for (const SpeedVariant& variant : variants.variants) {
    to.number(static_cast<std::int16_t>(variant.steps));
    to.text(bytes_of(variant.items));
    to.text(bytes_of(variant.positions));
  }
  return to.seal();
}

SpeedVariants decode_variants(TrackId id, std::string_view bytes, const std::string& what) {
  ByteReader from(bytes, variants_version, what);
  if (from.number<TrackId>() != id) throw_damaged(what, "they are those of another track");
  SpeedVariants variants;
  variants.percent = from.number<std::uint8_t>();
  if (variants.percent == 0 || variants.percent > most_speed_percent)
    throw_damaged(what, "a range of speeds that does not exist");
  constexpr std::size_t least_bytes = 1 + 2 * sizeof(std::uint32_t);
  const std::uint32_t count = from.count(least_bytes);
  for (std::uint32_t i = 0; i < count; ++i)
    variants.variants.push_back(take_variant(from, variants.percent, what));
  from.finish();
  return variants;
}

}  // namespace echofold
