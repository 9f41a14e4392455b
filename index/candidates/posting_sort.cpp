// Every step is stable and preserves the order of the tracks, so only keys have to be compared.
#include "index/candidates/posting_sort.h"

#include <algorithm>
#include <array>
#include <bit>

#include "index/base/parallel.h"
#include "index/base/ticker.h"

namespace echofold {
namespace {

constexpr std::size_t tracks_per_chunk = 1024;
constexpr std::uint64_t postings_per_bucket = 1u << 16;

struct Sortable {
  std::uint32_t order;
  Item item;
  std::int64_t id;
};

/// One pass of a stable radix sort over 11 bits of `order`.
void radix_pass(const std::vector<Sortable>& from, std::vector<Sortable>& to, int shift) {
  constexpr std::uint32_t digits = 1u << 11;
  std::array<std::uint32_t, digits> starts{};
  for (const Sortable& s : from) ++starts[(s.order >> shift) % digits];
  std::uint32_t sum = 0;
  for (std::uint32_t& start : starts) sum += std::exchange(start, sum);
  for (const Sortable& s : from) to[starts[(s.order >> shift) % digits]++] = s;
}

void stable_sort_by_order(std::vector<Sortable>& postings, int unsorted_bits) {
  if (postings.size() < 2048) {
    std::stable_sort(postings.begin(), postings.end(),
                     [](const Sortable& a, const Sortable& b) { return a.order < b.order; });
    return;
  }
  std::vector<Sortable> other(postings.size());
  for (int shift = 0; shift < unsorted_bits; shift += 11) {
    radix_pass(postings, other, shift);
    postings.swap(other);
  }
}

}  // namespace

int PostingBuckets::suggested_bits(std::span<const IndexedTrack> tracks, const KeySettings& keys) noexcept {
  std::uint64_t items = 0;
  for (const IndexedTrack& track : tracks) items += track.items.size();
  const std::uint64_t buckets = items / std::max(keys.sampling, 1u) / postings_per_bucket;
  return std::min(12, static_cast<int>(std::bit_width(buckets)));
}

PostingBuckets::PostingBuckets(std::span<const IndexedTrack> tracks, const KeySettings& keys, int bucket_bits,
                               const Progress& progress)
    : keys_(keys), bucket_bits_(bucket_bits) {
  std::vector<IndexedTrack> ordered(tracks.begin(), tracks.end());
  std::sort(ordered.begin(), ordered.end(),
            [](const IndexedTrack& a, const IndexedTrack& b) { return a.id < b.id; });
  chunks_.resize((ordered.size() + tracks_per_chunk - 1) / tracks_per_chunk);
  Ticker ticker(progress, "index", ordered.size());
  parallel_for(chunks_.size(), [&](std::size_t i) {
    const std::size_t first = i * tracks_per_chunk;
    const std::size_t count = std::min(tracks_per_chunk, ordered.size() - first);
    chunks_[i] = extract(std::span(ordered).subspan(first, count));
    ticker.add(count);
  });
  for (const Chunk& chunk : chunks_) total_ += chunk.postings.size();
}

std::size_t PostingBuckets::bucket_of(Item item) const noexcept {
  return list_of(order_of(item, keys_.mask), bucket_bits_);
}

PostingBuckets::Chunk PostingBuckets::extract(std::span<const IndexedTrack> tracks) const {
  std::vector<Packed> all;
  Chunk chunk;
  chunk.starts.assign(bucket_count() + 1, 0);
  for (const IndexedTrack& track : tracks)
    for (const FiledItem& filed : filed_items(track.items, keys_)) {
      const auto id = static_cast<std::uint64_t>(posting_id(track.id, filed.position));
      all.push_back({filed.item, static_cast<std::uint32_t>(id), static_cast<std::uint32_t>(id >> 32)});
      ++chunk.starts[bucket_of(filed.item) + 1];
    }
  for (std::size_t i = 1; i < chunk.starts.size(); ++i) chunk.starts[i] += chunk.starts[i - 1];
  std::vector<std::uint32_t> next(chunk.starts.begin(), chunk.starts.end() - 1);
  chunk.postings.resize(all.size());
  for (const Packed& posting : all) chunk.postings[next[bucket_of(posting.item)]++] = posting;
  return chunk;
}

std::size_t PostingBuckets::size(std::size_t bucket) const noexcept {
  std::size_t count = 0;
  for (const Chunk& chunk : chunks_) count += chunk.starts[bucket + 1] - chunk.starts[bucket];
  return count;
}

void PostingBuckets::sort_bucket(std::size_t bucket, PostingVectors& out) const {
  std::vector<Sortable> postings;
  postings.reserve(size(bucket));
  for (const Chunk& chunk : chunks_)
    for (std::uint32_t i = chunk.starts[bucket]; i < chunk.starts[bucket + 1]; ++i) {
      const Packed& p = chunk.postings[i];
      const std::uint64_t id = std::uint64_t{p.id_high} << 32 | p.id_low;
      postings.push_back({order_of(p.item, keys_.mask), p.item, static_cast<std::int64_t>(id)});
    }
  stable_sort_by_order(postings, 32 - bucket_bits_);
  out.items.resize(postings.size());
  out.ids.resize(postings.size());
  for (std::size_t i = 0; i < postings.size(); ++i) {
    out.items[i] = postings[i].item;
    out.ids[i] = postings[i].id;
  }
}

}  // namespace echofold
