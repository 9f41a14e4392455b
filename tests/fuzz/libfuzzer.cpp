// Runs one target under libFuzzer; ECHOFOLD_FUZZ_TARGET names it.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  echofold::fuzz::ECHOFOLD_FUZZ_TARGET.run({reinterpret_cast<const char*>(data), size});
  return 0;
}
