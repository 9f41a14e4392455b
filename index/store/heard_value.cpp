// See heard_value.h.
#include "index/store/heard_value.h"

#include "index/base/bytes.h"
#include "index/base/error.h"

namespace echofold {

std::optional<Heard> read_heard_value(const HeardKey& key, std::string_view bytes) {
  try {
    return decode_heard(key, bytes);
  } catch (const Error& e) {
    if (e.fault() == Fault::version && is_sealed(bytes)) return std::nullopt;
    throw;
  }
}

}  // namespace echofold
