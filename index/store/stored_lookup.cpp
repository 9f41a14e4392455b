// Writes and reads the fields in the order of docs/FORMAT.md.
#include "index/store/stored_lookup.h"

#include "index/base/bytes.h"
#include "index/base/error.h"

namespace echofold {
namespace {

constexpr std::uint8_t lookup_version = 1;

}  // namespace

std::string encode(const LookupKey& key, const StoredLookup& lookup) {
  ByteWriter to(lookup_version);
  to.number(key.hash.high);
  to.number(key.hash.low);
  to.number(key.duration_s);
  to.number(lookup.asked_at_s);
  to.text(lookup.answer);
  return to.seal();
}

StoredLookup decode_lookup(const LookupKey& key, std::string_view bytes) {
  const std::string what = "an answer of a lookup";
  ByteReader from(bytes, lookup_version, what);
  const LookupKey own{{from.number<std::uint64_t>(), from.number<std::uint64_t>()},
                      from.number<std::uint64_t>()};
  StoredLookup lookup;
  lookup.asked_at_s = from.number<std::int64_t>();
  lookup.answer = from.text();
  from.finish();
  if (own != key) throw Error(Fault::damaged, what + " is damaged: it stands under another fingerprint");
  return lookup;
}

}  // namespace echofold
