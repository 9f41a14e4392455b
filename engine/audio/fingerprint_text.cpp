// Chromaprint's own decoder (1.5.1) writes beyond its buffer if a text is cut at certain lengths, and the text here
// can come from anywhere.
//
// Format (Chromaprint, fingerprint_compressor.cpp): one byte with the algorithm, three with the number of items, most
// significant first. Each item is XORed with the one before. It is stored as the distances between its set bits,
// lowest first, as 3-bit numbers, followed by a 0. A 7 means 7 or more: the excess is stored after all of these, from
// a new byte on, as 5-bit numbers. Numbers fill bytes from the lowest bit on.
#include "engine/audio/fingerprint_text.h"

#include <cstddef>
#include <cstdint>
#include <string>

#include "index/base/error.h"

namespace echofold {
namespace {

constexpr std::uint8_t algorithm = 1;  // TEST2
constexpr std::size_t header_bytes = 4;
constexpr unsigned large = 7;

[[noreturn]] void refuse_contents() {
  throw Error(Fault::usage, "not a compressed fingerprint: its contents are damaged");
}

/// Returns -1 if it is none of the 64 digits.
int digit_of(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '-') return 62;
  return c == '_' ? 63 : -1;
}

std::vector<std::uint8_t> from_base64url(std::string_view text) {
  std::vector<std::uint8_t> bytes;
  bytes.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    const int digit = digit_of(c);
    if (digit < 0) throw Error(Fault::usage, "not a compressed fingerprint: it must be base64url text");
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes.push_back(static_cast<std::uint8_t>(bits >> held));
  }
  return bytes;
}

/// Reads numbers of a few bits, from a given byte of a text on.
class BitReader {
 public:
  BitReader(const std::vector<std::uint8_t>& bytes, std::size_t first_byte, unsigned width)
      : bytes_(bytes), at_(8 * first_byte), width_(width) {}

  /// @throws Error Fault::usage at the end of the text
  unsigned next() {
    if (at_ + width_ > 8 * bytes_.size()) refuse_contents();
    unsigned number = 0;
    for (unsigned bit = 0; bit < width_; ++bit, ++at_) number |= (bytes_[at_ / 8] >> at_ % 8 & 1u) << bit;
    return number;
  }
  /// The first byte that has not been read at all.
  std::size_t next_byte() const { return (at_ + 7) / 8; }

 private:
  const std::vector<std::uint8_t>& bytes_;
  std::size_t at_;  ///< in bits
  unsigned width_;
};

}  // namespace

std::vector<Item> decode_fingerprint_text(std::string_view text) {
  const std::vector<std::uint8_t> bytes = from_base64url(text);
  if (bytes.size() < header_bytes) refuse_contents();
  if (bytes[0] != algorithm)
    throw Error(Fault::usage, "a fingerprint of algorithm " + std::to_string(bytes[0]) +
                                  "; only algorithm 1 (TEST2, the default of fpcalc) can be compared");
  const std::size_t count = std::size_t{bytes[1]} << 16 | std::size_t{bytes[2]} << 8 | bytes[3];
  BitReader ends(bytes, header_bytes, 3);
  for (std::size_t items = 0; items < count;) items += ends.next() == 0;

  BitReader distances(bytes, header_bytes, 3), more(bytes, ends.next_byte(), 5);
  std::vector<Item> items;
  items.reserve(count);  // there cannot be more items than numbers in the text
  Item item = 0;
  for (unsigned bit = 0; items.size() < count;) {
    unsigned distance = distances.next();
    if (distance == 0) {
      items.push_back(item);
      bit = 0;
      continue;
    }
    if (distance == large) distance += more.next();
    bit += distance;
    if (bit > item_bits) refuse_contents();
    item ^= Item{1} << (bit - 1);
  }
  return items;
}

}  // namespace echofold
