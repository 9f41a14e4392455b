// Sealed values without their checksum: it would stop nearly all that a fuzzer makes up.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "index/base/bytes.h"

namespace echofold::fuzz {

/// The bytes, at least one, as a value with a right checksum; the first is the version.
inline std::string sealed(std::string_view bytes) {
  ByteWriter to(static_cast<std::uint8_t>(bytes[0]));
  for (const char byte : bytes.substr(1)) to.number(byte);
  return to.seal();
}

/// What sealed() takes.
inline std::string opened(std::string value) {
  value.resize(value.size() - sizeof(std::uint64_t));
  return value;
}

}  // namespace echofold::fuzz
