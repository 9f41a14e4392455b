// Folds case and makes normal forms with utf8proc.
#include "index/base/text/folding.h"

#include <utf8proc.h>

#include <cstdlib>

#include "index/base/handle.h"

namespace echofold {
namespace {

/// Calls utf8proc_map. @return also empty on failure, which valid UTF-8 never causes
std::string mapped(std::string_view text, int options) {
  utf8proc_uint8_t* out = nullptr;
  const auto n =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &out, static_cast<utf8proc_option_t>(options));
  const Handle<utf8proc_uint8_t, std::free> owned(out);
  return n > 0 ? std::string(reinterpret_cast<const char*>(out), static_cast<std::size_t>(n)) : std::string();
}

}  // namespace

std::string folded(std::string_view name) {
  if (name.empty()) return {};
  std::string text = mapped(name, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD);
  return text.empty() ? std::string(name) : composed(text);
}

std::string composed(std::string_view text) { return mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE); }

}  // namespace echofold
