// Sealed values: little-endian fields between a version byte and a checksum (docs/FORMAT.md).
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

namespace echofold {

static_assert(std::endian::native == std::endian::little, "the store's numbers are little-endian");

/// Writes a sealed value: the version, the fields, then the XXH3-64 of all bytes before it.
class ByteWriter {
 public:
  explicit ByteWriter(std::uint8_t version) { number(version); }

  template <class Number>
  void number(Number value) {
    static_assert(std::is_arithmetic_v<Number> || std::is_enum_v<Number>);
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void flag(bool value) { number(static_cast<std::uint8_t>(value)); }
  void text(std::string_view value);

  /// The sealed bytes. The writer must not be used afterwards.
  std::string seal();

 private:
  std::string bytes_;
};

/// Whether the checksum at the end is right, whatever the version is.
bool is_sealed(std::string_view bytes) noexcept;

/// Reads the fields of a sealed value. The checksum was right, but lengths are checked all the same.
/// All functions that read throw Error Fault::damaged for a field that is not there or has no valid value.
class ByteReader {
 public:
  /// `what` names the value in messages and must live as long as the reader.
  /// @throws Error  Fault::version for another version byte, Fault::damaged for a wrong checksum
  ByteReader(std::string_view sealed, std::uint8_t version, const std::string& what)
      : ByteReader(sealed, version, version, what) {}
  /// The same, and also reads the older versions of the value from `oldest` on.
  ByteReader(std::string_view sealed, std::uint8_t oldest, std::uint8_t newest, const std::string& what);

  std::uint8_t version() const noexcept { return version_; }

  template <class Number>
  Number number() {
    static_assert(std::is_arithmetic_v<Number>);
    Number value;
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
    return value;
  }
  bool flag() { return number_up_to(1) == 1; }
  /// An enumeration of one byte whose values run from 0 to `last`.
  template <class Enum>
  Enum choice(Enum last) {
    return static_cast<Enum>(number_up_to(static_cast<std::uint8_t>(last)));
  }
  std::string text();
  /// The number of elements of at least `element_bytes` that follow; never more than fit into the bytes that are left.
  std::uint32_t count(std::size_t element_bytes);
  std::string_view take(std::size_t size);

  /// @throws Error Fault::damaged when bytes are left over
  void finish() const;

 private:
  std::uint8_t number_up_to(std::uint8_t last);

  std::string_view rest_;
  std::uint8_t version_ = 0;
  const std::string& what_;
};

}  // namespace echofold
