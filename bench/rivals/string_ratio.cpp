// What scripts often do: compare fpcalc's texts of the first 120 s as strings; a match from 0.98 on.
#include <chromaprint.h>

#include <algorithm>
#include <memory>
#include <string>

#include "bench/rivals/difflib_ratio.h"
#include "bench/rivals/rival.h"
#include "index/base/error.h"

namespace echofold::bench {
namespace {

constexpr double match_ratio = 0.98;
constexpr std::size_t text_items = 948;  // 120 s, fpcalc's default

struct Dealloc {
  void operator()(char* p) const noexcept { chromaprint_dealloc(p); }
};

std::string compressed_text(Items items) {
  const Items head = items.first(std::min(items.size(), text_items));
  char* text = nullptr;
  int size = 0;
  const int ok = chromaprint_encode_fingerprint(head.data(), static_cast<int>(head.size()),
                                                CHROMAPRINT_ALGORITHM_DEFAULT, &text, &size, 1);
  const std::unique_ptr<char, Dealloc> owned(text);
  if (ok == 0 || text == nullptr) throw Error(Fault::io, "chromaprint cannot encode a fingerprint");
  return {text, static_cast<std::size_t>(size)};
}

Compare prepare(std::span<const Track> tracks) {
  std::vector<std::string> texts;
  for (const Track& track : tracks) texts.push_back(compressed_text(track.items));
  return [texts = std::move(texts)](std::size_t a, std::size_t b) {
    const double ratio = difflib_ratio(texts[a], texts[b]);
    return Score{.score = ratio, .found = ratio >= match_ratio, .relation = {}, .band = {}};
  };
}

}  // namespace
}  // namespace echofold::bench

int main(int argc, char** argv) {
  return echofold::bench::run_pairwise(argc, argv, "string_ratio", echofold::bench::prepare);
}
