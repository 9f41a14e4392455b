// Writes and reads the bytes of a verdict (docs/FORMAT.md).
#include "index/store/verdict.h"

#include "index/base/bytes.h"
#include "index/base/error.h"

namespace echofold {
namespace {

constexpr std::uint8_t verdict_version = 2, verdict_version_without_time = 1;

}  // namespace

std::string encode(const SaidVerdict& said) {
  ByteWriter to(verdict_version);
  to.number(static_cast<std::uint64_t>(said.verdict));
  to.number(said.said_at_s);
  return to.seal();
}

SaidVerdict decode_verdict(std::string_view bytes) {
  const std::string what = "a verdict";
  ByteReader from(bytes, verdict_version_without_time, verdict_version, what);
  const auto number = from.number<std::uint64_t>();
  if (number > static_cast<std::uint64_t>(Verdict::keep_b))
    throw Error(Fault::damaged, "a verdict is damaged: it has a value that does not exist");
  SaidVerdict said{static_cast<Verdict>(number), 0};
  if (from.version() > verdict_version_without_time) said.said_at_s = from.number<std::int64_t>();
  from.finish();
  return said;
}

}  // namespace echofold
