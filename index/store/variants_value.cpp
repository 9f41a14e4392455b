// See variants_value.h.
#include "index/store/variants_value.h"

#include "index/base/error.h"

namespace echofold {

std::string variants_name(TrackId id) { return "the variants of track " + std::to_string(id); }

SpeedVariants read_variants_value(TrackId id, std::uint64_t percent, std::string_view value) {
  SpeedVariants variants = decode_variants(id, value, variants_name(id));
  if (variants.percent != percent)
    throw Error(Fault::damaged, variants_name(id) + " are damaged: they have another range of speeds");
  return variants;
}

}  // namespace echofold
