// Chroma and ItemMaker compute the items. Chromaprint itself computes those that depend on the last digit.
#include "engine/audio/fingerprinter.h"

#include <chromaprint.h>

#include <algorithm>
#include <limits>
#include <mutex>
#include <utility>

#include "engine/audio/chroma.h"
#include "engine/audio/item_maker.h"
#include "index/base/error.h"
#include "index/base/handle.h"

namespace echofold {
namespace {

constexpr int algorithm = CHROMAPRINT_ALGORITHM_TEST2;

// Builds of Chromaprint on FFTW plan their transforms in new and free, which is not thread-safe.
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
using Context = std::unique_ptr<ChromaprintContext, FreesContext>;
template <class T>
using Memory = Handle<T, chromaprint_dealloc>;

Context new_context() {
  const std::lock_guard lock(life_mutex());
  return Context(chromaprint_new(algorithm));
}

void require(int ok, const char* what) {
  if (ok != 1) throw Error(Fault::io, std::string("Chromaprint failed to ") + what);
}

/// Frames that one item covers, and their samples.
constexpr std::size_t frames_an_item = ItemMaker::rows_an_item + Chroma::smoothed_frames - 1;
constexpr std::size_t samples_an_item = (frames_an_item - 1) * Chroma::hop_samples + Chroma::frame_samples;

}  // namespace

struct Fingerprinter::Impl {
  Chroma chroma;
  ItemMaker maker;
  std::vector<std::int16_t> samples;  // those of the next items' frames
  std::size_t next_frame = 0;         // where the next frame begins in them
  std::size_t uncertain_rows = 0;     // how many more items the newest uncertain row is part of
  std::vector<Item> items;
  Context context;  // created when first needed

  void take_frame();
  Item by_chromaprint(std::span<const std::int16_t> covered);
};

/// Processes a complete frame, and the item that ends with it.
void Fingerprinter::Impl::take_frame() {
  const std::size_t end = next_frame + Chroma::frame_samples;
  const bool has_row = chroma.add(samples.data() + next_frame);
  next_frame += Chroma::hop_samples;
  if (!has_row) return;
  if (uncertain_rows > 0) --uncertain_rows;
  if (chroma.row_is_uncertain()) uncertain_rows = ItemMaker::rows_an_item;
  if (!maker.add(chroma.row())) return;
  const bool uncertain = maker.item_is_uncertain() || uncertain_rows > 0;
  items.push_back(uncertain ? by_chromaprint(std::span(samples).first(end).last(samples_an_item))
                            : maker.item());
}

Item Fingerprinter::Impl::by_chromaprint(std::span<const std::int16_t> covered) {
  if (!context) context = new_context();
  if (!context) throw Error(Fault::io, "Chromaprint has no memory to start");
  require(chromaprint_start(context.get(), rate_hz, 1), "start");
  require(chromaprint_feed(context.get(), covered.data(), static_cast<int>(covered.size())), "take audio");
  require(chromaprint_finish(context.get()), "finish");
  std::uint32_t* raw_items = nullptr;
  int count = 0;
  require(chromaprint_get_raw_fingerprint(context.get(), &raw_items, &count), "give its items");
  const Memory<std::uint32_t> owner(raw_items);
  if (count != 1) throw Error(Fault::io, "Chromaprint does not make one item of the samples of one");
  return raw_items[0];
}

Fingerprinter::Fingerprinter() : impl_(std::make_unique<Impl>()) {}
Fingerprinter::~Fingerprinter() = default;

void Fingerprinter::feed(std::span<const std::int16_t> mono_samples) {
  Impl& impl = *impl_;
  constexpr std::size_t most_buffered = 8 * samples_an_item;
  while (!mono_samples.empty()) {
    const std::size_t count = std::min(mono_samples.size(), samples_an_item);
    impl.samples.insert(impl.samples.end(), mono_samples.begin(),
                        mono_samples.begin() + static_cast<std::ptrdiff_t>(count));
    mono_samples = mono_samples.subspan(count);
    while (impl.next_frame + Chroma::frame_samples <= impl.samples.size()) impl.take_frame();
    if (impl.samples.size() < most_buffered) continue;
    // before any uncertain item
    const std::size_t done = impl.samples.size() - samples_an_item - Chroma::hop_samples;
    impl.samples.erase(impl.samples.begin(), impl.samples.begin() + static_cast<std::ptrdiff_t>(done));
    impl.next_frame -= done;
  }
}

std::vector<Item> Fingerprinter::finish() { return std::move(impl_->items); }

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

std::string lookup_fingerprint_text(Items items) {
  return encode_fingerprint_text(items.first(std::min(items.size(), lookup_items)));
}

}  // namespace echofold
