// FAISS's indexes get every filed item as a 32-bit vector, with the stable bits of the key first, from which
// IndexBinaryHash takes its hash; and the item's number, which leads to track and position.
#include "bench/faiss/searcher.h"

#include <faiss/IndexBinaryFlat.h>
#include <faiss/IndexBinaryHash.h>
#include <faiss/IndexBinaryIVF.h>
#include <faiss/impl/AuxIndexStructures.h>
#include <faiss/index_io.h>

#include <algorithm>
#include <bit>
#include <fstream>

#include "index/base/error.h"
#include "index/candidates/postings.h"

namespace echofold::bench {
namespace {

namespace fs = std::filesystem;
using Vectors = std::vector<Item>;

constexpr int hash_bits = 26;
constexpr int multi_hashes = 2, multi_hash_bits = 16;
constexpr std::size_t trained_lists = 1024, probed_lists = 8, training_vectors_per_list = 40;
constexpr int training_rounds = 8;  // FAISS's usual number is 25, but its training takes minutes

const std::uint8_t* bytes_of(const Vectors& vectors) noexcept {
  return reinterpret_cast<const std::uint8_t*>(vectors.data());
}

/// Moves the bits of the key to the bottom and the others to the top: distances stay the same.
Item stable_bits_first(Item item) noexcept {
  constexpr std::uint32_t mask = KeySettings{}.mask;
  Item out = 0;
  int place = 0;
  for (const std::uint32_t bits : {mask, ~mask})
    for (std::uint32_t rest = bits; rest != 0; rest &= rest - 1)
      out |= (item >> std::countr_zero(rest) & 1u) << place++;
  return out;
}

Vectors vectors_of(std::span<const Item> items) {
  Vectors vectors;
  vectors.reserve(items.size());
  for (const Item item : items) vectors.push_back(stable_bits_first(item));
  return vectors;
}

struct Filed {
  Vectors vectors;
  std::vector<std::int64_t> places;
};

Filed filed_of(std::span<const IndexedTrack> tracks) {
  Filed filed;
  for (const IndexedTrack& track : tracks)
    for (const FiledItem& item : filed_items(track.items, KeySettings{})) {
      filed.vectors.push_back(stable_bits_first(item.item));
      filed.places.push_back(posting_id(track.id, item.position));
    }
  return filed;
}

void write_places(const std::vector<std::int64_t>& places, const fs::path& file) {
  std::ofstream out(file, std::ios::binary);
  out.write(reinterpret_cast<const char*>(places.data()),
            static_cast<std::streamsize>(places.size() * sizeof places[0]));
  if (!out.flush()) throw Error(Fault::io, "can't write " + file.string());
}

std::vector<std::int64_t> read_places(const fs::path& file) {
  std::vector<std::int64_t> places(fs::file_size(file) / sizeof(std::int64_t));
  std::ifstream in(file, std::ios::binary);
  in.read(reinterpret_cast<char*>(places.data()),
          static_cast<std::streamsize>(places.size() * sizeof places[0]));
  if (!in) throw Error(Fault::io, "can't read " + file.string());
  return places;
}

void add_and_write(faiss::IndexBinary& index, const Filed& filed, const fs::path& dir) {
  index.add(static_cast<faiss::IndexBinary::idx_t>(filed.vectors.size()), bytes_of(filed.vectors));
  faiss::write_index_binary(&index, (dir / "index").c_str());
  write_places(filed.places, dir / "places");
}

void build_hash(std::span<const IndexedTrack> tracks, const fs::path& dir) {
  faiss::IndexBinaryHash index(item_bits, hash_bits);
  add_and_write(index, filed_of(tracks), dir);
}

void build_multihash(std::span<const IndexedTrack> tracks, const fs::path& dir) {
  faiss::IndexBinaryMultiHash index(item_bits, multi_hashes, multi_hash_bits);
  add_and_write(index, filed_of(tracks), dir);
}

void build_ivf(std::span<const IndexedTrack> tracks, const fs::path& dir) {
  const Filed filed = filed_of(tracks);
  faiss::IndexBinaryFlat quantizer(item_bits);
  faiss::IndexBinaryIVF index(&quantizer, item_bits, trained_lists);
  index.cp.niter = training_rounds;
  Vectors sample;
  const std::size_t wanted = trained_lists * training_vectors_per_list;
  const std::size_t step = std::max<std::size_t>(1, filed.vectors.size() / wanted);
  for (std::size_t i = 0; i < filed.vectors.size(); i += step) sample.push_back(filed.vectors[i]);
  index.train(static_cast<faiss::IndexBinary::idx_t>(sample.size()), bytes_of(sample));
  add_and_write(index, filed, dir);
}

void build_echofold(std::span<const IndexedTrack> tracks, const fs::path& dir) {
  CandidateIndex::build(dir / "index.faiss", tracks, {.library_hash = 0, .built_through = 0, .keys = {}});
}

/// Uses the index's own range_search.
class FaissSearcher : public Searcher {
 public:
  FaissSearcher(const fs::path& dir, int flags)
      : index_(faiss::read_index_binary((dir / "index").c_str(), flags)),
        places_(read_places(dir / "places")) {}

  faiss::IndexBinary& index() noexcept { return *index_; }

  void search(std::span<const Item> items, std::vector<Hit>& hits) const override {
    const Vectors vectors = vectors_of(items);
    faiss::RangeSearchResult result(items.size());
    // FAISS returns hits closer than the radius.
    index_->range_search(static_cast<faiss::IndexBinary::idx_t>(items.size()), bytes_of(vectors),
                         most_flips + 1, &result);
    for (std::size_t query = 0; query < items.size(); ++query)
      for (std::size_t i = result.lims[query]; i < result.lims[query + 1]; ++i) {
        const std::int64_t place = places_[static_cast<std::size_t>(result.labels[i])];
        hits.push_back({query, track_of(place), position_of(place)});
      }
  }

 private:
  std::unique_ptr<faiss::IndexBinary> index_;
  std::vector<std::int64_t> places_;
};

std::unique_ptr<Searcher> open_in_memory(const fs::path& dir) {
  return std::make_unique<FaissSearcher>(dir, faiss::IO_FLAG_READ_ONLY);
}

std::unique_ptr<Searcher> open_ivf(const fs::path& dir) {
  auto searcher = std::make_unique<FaissSearcher>(dir, faiss::IO_FLAG_READ_ONLY | faiss::IO_FLAG_MMAP);
  dynamic_cast<faiss::IndexBinaryIVF&>(searcher->index()).nprobe = probed_lists;
  return searcher;
}

/// Our file, opened and searched by FAISS: it gets the list of each item's key and scans it.
class ListSearcher : public Searcher {
 public:
  explicit ListSearcher(const fs::path& dir)
      : index_(faiss::read_index_binary((dir / "index.faiss").c_str(),
                                        faiss::IO_FLAG_READ_ONLY | faiss::IO_FLAG_ONDISK_SAME_DIR)),
        ivf_(dynamic_cast<const faiss::IndexBinaryIVF&>(*index_)),
        list_bits_(std::countr_zero(ivf_.nlist)) {
    // One list per query. In FAISS this can only be set through this field.
    dynamic_cast<faiss::IndexBinaryIVF&>(*index_).nprobe = 1;
  }

  void search(std::span<const Item> items, std::vector<Hit>& hits) const override {
    std::vector<faiss::IndexBinary::idx_t> lists;
    for (const Item item : items)
      lists.push_back(
          static_cast<faiss::IndexBinary::idx_t>(list_of(order_of(item, KeySettings{}.mask), list_bits_)));
    const std::vector<std::int32_t> unused(items.size(), 0);
    faiss::RangeSearchResult result(items.size());
    ivf_.range_search_preassigned(static_cast<faiss::IndexBinary::idx_t>(items.size()),
                                  reinterpret_cast<const std::uint8_t*>(items.data()), most_flips + 1,
                                  lists.data(), unused.data(), &result);
    for (std::size_t query = 0; query < items.size(); ++query)
      for (std::size_t i = result.lims[query]; i < result.lims[query + 1]; ++i)
        hits.push_back({query, track_of(result.labels[i]), position_of(result.labels[i])});
  }

 private:
  std::unique_ptr<faiss::IndexBinary> index_;
  const faiss::IndexBinaryIVF& ivf_;
  int list_bits_;
};

std::unique_ptr<Searcher> open_lists(const fs::path& dir) { return std::make_unique<ListSearcher>(dir); }

class OwnSearcher : public Searcher {
 public:
  explicit OwnSearcher(CandidateIndex index) : index_(std::move(index)) {}

  void search(std::span<const Item> items, std::vector<Hit>& hits) const override {
    std::vector<Key> keys;
    for (const Item item : items) keys.push_back(key_of(item, KeySettings{}.mask));
    std::vector<KeyPostings> found(keys.size());
    index_.find(keys, found);
    for (std::size_t query = 0; query < keys.size(); ++query)
      for (std::size_t i = 0; i < found[query].filed.size; ++i) {
        const std::int64_t place = found[query].filed.ids[i];
        hits.push_back({query, track_of(place), position_of(place)});
      }
  }

 private:
  CandidateIndex index_;
};

std::unique_ptr<Searcher> open_echofold(const fs::path& dir) {
  auto index = CandidateIndex::open(dir / "index.faiss", 0, {});
  if (!index) throw Error(Fault::damaged, (dir / "index.faiss").string() + " does not open");
  return std::make_unique<OwnSearcher>(*std::move(index));
}

constexpr SearcherKind kinds[] = {{"hash", build_hash, open_in_memory},
                                  {"multihash", build_multihash, open_in_memory},
                                  {"ivf", build_ivf, open_ivf},
                                  {"ivf_lists", build_echofold, open_lists},
                                  {"echofold", build_echofold, open_echofold}};

}  // namespace

std::span<const SearcherKind> searcher_kinds() noexcept { return kinds; }

}  // namespace echofold::bench
