// Chromaprint's C interface, owned and checked.
#include "engine/audio/fingerprinter.h"

#include <chromaprint.h>

#include <algorithm>
#include <limits>
#include <mutex>

#include "index/error.h"

namespace echofold {
namespace {

constexpr int algorithm = CHROMAPRINT_ALGORITHM_TEST2;

// Builds of Chromaprint on FFTW plan their transforms in new and free, which is not re-entrant.
std::mutex& life_mutex() {
  static std::mutex mutex;
  return mutex;
}

struct FreesContext {
  void operator()(ChromaprintContext* context) const noexcept {
    const std::lock_guard lock(life_mutex());
    chromaprint_free(context);
  }
};
struct FreesMemory {
  void operator()(void* memory) const noexcept { chromaprint_dealloc(memory); }
};
using Context = std::unique_ptr<ChromaprintContext, FreesContext>;
template <class T>
using Memory = std::unique_ptr<T, FreesMemory>;

Context new_context() {
  const std::lock_guard lock(life_mutex());
  return Context(chromaprint_new(algorithm));
}

void require(int ok, const char* what) {
  if (ok != 1) throw Error(Fault::io, std::string("Chromaprint failed to ") + what);
}

bool is_base64url(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

}  // namespace

struct Fingerprinter::Impl {
  Context context = new_context();
};

Fingerprinter::Fingerprinter() : impl_(std::make_unique<Impl>()) {
  if (!impl_->context) throw Error(Fault::io, "Chromaprint has no memory to start");
  require(chromaprint_start(impl_->context.get(), rate_hz, 1), "start");
}

Fingerprinter::~Fingerprinter() = default;

void Fingerprinter::feed(std::span<const std::int16_t> mono_samples) {
  constexpr std::size_t most = std::numeric_limits<int>::max();
  while (!mono_samples.empty()) {
    const auto part = mono_samples.first(std::min(mono_samples.size(), most));
    require(chromaprint_feed(impl_->context.get(), part.data(), static_cast<int>(part.size())), "take audio");
    mono_samples = mono_samples.subspan(part.size());
  }
}

std::vector<Item> Fingerprinter::finish() {
  ChromaprintContext* context = impl_->context.get();
  require(chromaprint_finish(context), "finish");
  std::uint32_t* items = nullptr;
  int count = 0;
  require(chromaprint_get_raw_fingerprint(context, &items, &count), "give its items");
  const Memory<std::uint32_t> owner(items);
  return {items, items + std::max(count, 0)};
}

std::vector<Item> decode_fingerprint_text(std::string_view text) {
  if (text.empty() || text.size() > std::numeric_limits<int>::max() || !is_base64url(text))
    throw Error(Fault::usage, "not a compressed fingerprint: it must be base64url text");
  std::uint32_t* items = nullptr;
  int count = 0;
  int found_algorithm = -1;
  const int ok = chromaprint_decode_fingerprint(text.data(), static_cast<int>(text.size()), &items, &count,
                                                &found_algorithm, 1);
  const Memory<std::uint32_t> owner(items);
  if (ok != 1) throw Error(Fault::usage, "not a compressed fingerprint: its contents are damaged");
  if (found_algorithm != algorithm)
    throw Error(Fault::usage, "a fingerprint of algorithm " + std::to_string(found_algorithm) +
                                  "; only algorithm 1 (TEST2, the default of fpcalc) can be compared");
  return {items, items + std::max(count, 0)};
}

std::string encode_fingerprint_text(Items items) {
  if (items.size() > std::numeric_limits<int>::max())
    throw Error(Fault::usage, "a fingerprint too long to encode");
  char* text = nullptr;
  int size = 0;
  require(chromaprint_encode_fingerprint(items.data(), static_cast<int>(items.size()), algorithm, &text,
                                         &size, 1),
          "encode");
  const Memory<char> owner(text);
  return {text, static_cast<std::size_t>(std::max(size, 0))};
}

}  // namespace echofold
