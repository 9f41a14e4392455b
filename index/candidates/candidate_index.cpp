// Combines the file and the delta into one index.
#include "index/candidates/candidate_index.h"

#include <algorithm>
#include <bit>
#include <iterator>
#include <utility>
#include <vector>

#include "index/base/parallel.h"
#include "index/candidates/posting_file.h"
#include "index/candidates/posting_file_writer.h"
#include "index/candidates/posting_sort.h"

namespace echofold {
namespace {

std::vector<TrackId> sorted_ids(std::span<const IndexedTrack> tracks) {
  std::vector<TrackId> ids;
  ids.reserve(tracks.size());
  for (const IndexedTrack& track : tracks) ids.push_back(track.id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

PostingVectors merged(const PostingVectors& a, const PostingVectors& b, std::uint32_t mask) {
  PostingVectors out;
  out.items.reserve(a.items.size() + b.items.size());
  out.ids.reserve(a.items.size() + b.items.size());
  const auto take = [&](const PostingVectors& from, std::size_t& i) {
    out.items.push_back(from.items[i]);
    out.ids.push_back(from.ids[i++]);
  };
  const auto rank = [&](const PostingVectors& v, std::size_t i) {
    return std::pair(order_of(v.items[i], mask), static_cast<std::uint64_t>(v.ids[i]));
  };
  std::size_t i = 0, j = 0;
  while (i < a.items.size() && j < b.items.size()) rank(b, j) < rank(a, i) ? take(b, j) : take(a, i);
  while (i < a.items.size()) take(a, i);
  while (j < b.items.size()) take(b, j);
  return out;
}

/// All postings of `tracks` in the order of the index. Sorts bucket by bucket, in parallel.
PostingVectors sorted_postings(std::span<const IndexedTrack> tracks, const KeySettings& keys) {
  const PostingBuckets buckets(tracks, keys, PostingBuckets::suggested_bits(tracks, keys));
  std::vector<std::size_t> starts(buckets.bucket_count() + 1, 0);
  for (std::size_t i = 0; i < buckets.bucket_count(); ++i) starts[i + 1] = starts[i] + buckets.size(i);
  PostingVectors all;
  all.items.resize(starts.back());
  all.ids.resize(starts.back());
  parallel_for(buckets.bucket_count(), [&](std::size_t i) {
    PostingVectors sorted;
    buckets.sort_bucket(i, sorted);
    std::copy(sorted.items.begin(), sorted.items.end(), all.items.begin() + starts[i]);
    std::copy(sorted.ids.begin(), sorted.ids.end(), all.ids.begin() + starts[i]);
  });
  return all;
}

}  // namespace

struct CandidateIndex::Impl {
  IndexStamp stamp;
  std::unique_ptr<PostingFile> file;  // null for an index without a file
  std::vector<TrackId> track_ids;
  PostingVectors delta;
  int delta_bits = 0;                       // the delta has 2^delta_bits lists, as the file has lists
  std::vector<std::uint32_t> delta_starts;  // the start of each list, and the end of the last

  PostingRun delta_list(std::size_t number) const noexcept {
    const std::uint32_t first = delta_starts[number];
    return {delta.items.data() + first, delta.ids.data() + first, delta_starts[number + 1] - first};
  }

  void make_delta_starts() {
    delta_bits = std::min(24, static_cast<int>(std::bit_width(delta.items.size() / 16)));
    delta_starts.assign((std::size_t{1} << delta_bits) + 1, 0);
    for (const Item item : delta.items)
      ++delta_starts[list_of(order_of(item, stamp.keys.mask), delta_bits) + 1];
    for (std::size_t i = 1; i < delta_starts.size(); ++i) delta_starts[i] += delta_starts[i - 1];
  }

  void find(std::span<const Key> keys, std::span<KeyPostings> found) const {
    if (file) file->find(keys, found);
    if (delta.items.empty()) return;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const std::uint32_t order = mix(keys[i]);
      found[i].added = find_in_run(delta_list(list_of(order, delta_bits)), order, stamp.keys.mask);
    }
  }
};

CandidateIndex::CandidateIndex(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
CandidateIndex::CandidateIndex(CandidateIndex&&) noexcept = default;
CandidateIndex& CandidateIndex::operator=(CandidateIndex&&) noexcept = default;
CandidateIndex::~CandidateIndex() = default;

void CandidateIndex::build(const std::filesystem::path& file, std::span<const IndexedTrack> tracks,
                           const IndexStamp& stamp, const Progress& progress) {
  const PostingBuckets postings(tracks, stamp.keys, PostingBuckets::suggested_bits(tracks, stamp.keys),
                                progress);
  write_posting_file(file, postings, sorted_ids(tracks), stamp, progress);
}

std::optional<CandidateIndex> CandidateIndex::open(const std::filesystem::path& file,
                                                   std::uint64_t library_hash, const KeySettings& keys,
                                                   const IndexBounds& most) {
  auto opened = PostingFile::open(file, library_hash, keys, most);
  if (!opened) return std::nullopt;
  auto impl = std::make_unique<Impl>();
  impl->stamp = opened->stamp();
  impl->track_ids = opened->take_track_ids();
  impl->file = std::move(opened);
  return CandidateIndex(std::move(impl));
}

CandidateIndex CandidateIndex::empty(const IndexStamp& stamp) {
  auto impl = std::make_unique<Impl>();
  impl->stamp = stamp;
  return CandidateIndex(std::move(impl));
}

const IndexStamp& CandidateIndex::stamp() const noexcept { return impl_->stamp; }

bool CandidateIndex::intact() const { return !impl_->file || impl_->file->intact(); }

void CandidateIndex::add(std::span<const IndexedTrack> tracks) {
  if (tracks.empty()) return;
  PostingVectors more = sorted_postings(tracks, impl_->stamp.keys);
  impl_->delta =
      impl_->delta.items.empty() ? std::move(more) : merged(impl_->delta, more, impl_->stamp.keys.mask);
  impl_->make_delta_starts();
  std::vector<TrackId> ids;
  const std::vector<TrackId> added = sorted_ids(tracks);
  std::merge(impl_->track_ids.begin(), impl_->track_ids.end(), added.begin(), added.end(),
             std::back_inserter(ids));
  impl_->track_ids = std::move(ids);
}

std::size_t CandidateIndex::posting_count() const noexcept {
  return (impl_->file ? impl_->file->posting_count() : 0) + impl_->delta.items.size();
}

const std::vector<TrackId>& CandidateIndex::track_ids() const noexcept { return impl_->track_ids; }

void CandidateIndex::find(std::span<const Key> keys, std::span<KeyPostings> found) const {
  std::fill(found.begin(), found.end(), KeyPostings{});
  impl_->find(keys, found);
}

void CandidateIndex::expect_full_read() const noexcept {
  if (impl_->file) impl_->file->expect_full_read();
}

}  // namespace echofold
