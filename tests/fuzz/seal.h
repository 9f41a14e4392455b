// Adds checksums to values: without valid ones, nearly all inputs of a fuzzer would be rejected.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "index/base/bytes.h"

namespace echofold::fuzz {

/// Makes a value with a correct checksum from at least one byte; the first is the version.
inline std::string sealed(std::string_view bytes) {
  ByteWriter to(static_cast<std::uint8_t>(bytes[0]));
  for (const char byte : bytes.substr(1)) to.number(byte);
  return to.seal();
}

/// The reverse of sealed().
inline std::string opened(std::string value) {
  value.resize(value.size() - sizeof(std::uint64_t));
  return value;
}

}  // namespace echofold::fuzz
