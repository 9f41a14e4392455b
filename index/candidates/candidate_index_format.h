// The bytes of an index that are not FAISS's: the end of the index file and the head of the lists file.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstdio>
#include <string>
#include <type_traits>

#include "index/candidates/candidate_index.h"

namespace echofold::format {

static_assert(std::endian::native == std::endian::little, "index files are little endian");

inline constexpr std::uint32_t version = 1;
inline constexpr std::uint64_t index_magic = 0x58444946'4F484345;  // "ECHOFIDX"
inline constexpr std::uint64_t lists_magic = 0x53545346'4F484345;  // "ECHOFSTS"

/// The last bytes of the index file. Before it come FAISS's bytes, then track_count ids of 8 bytes.
struct Trailer {
  std::uint64_t magic = index_magic;
  std::uint32_t format_version = version;
  std::uint32_t list_bits = 0;
  std::uint32_t bucket_bits = 0;  ///< 2^bucket_bits buckets; the lists of a bucket have one hash
  std::uint32_t reserved = 0;
  std::uint64_t faiss_bytes = 0;
  std::uint64_t track_count = 0;
  std::uint64_t posting_count = 0;
  std::uint64_t lists_bytes = 0;  ///< size of the lists file
  std::uint64_t lists_hash = 0;   ///< XXH3-64 of the XXH3-64 of each bucket: names the lists file
  std::uint64_t library_hash = 0;
  std::uint64_t built_through = 0;
  std::uint32_t mask = 0, sampling = 0, max_per_track = 0, min_keys = 0;
  std::uint64_t checksum = 0;  ///< XXH3-64 of all bytes of the file before it
};
static_assert(sizeof(Trailer) == 104 && std::has_unique_object_representations_v<Trailer>);

/// The first bytes of the lists file; the lists follow, in order, each 8-byte aligned.
struct ListsHead {
  std::uint64_t magic = lists_magic;
  std::uint32_t format_version = version;
  std::uint32_t reserved = 0;
  std::uint64_t lists_hash = 0;
  std::uint64_t lists_bytes = 0;
  std::uint64_t posting_count = 0;
  std::array<std::uint64_t, 3> zero{};
  bool operator==(const ListsHead&) const = default;
};
static_assert(sizeof(ListsHead) == 64 && std::has_unique_object_representations_v<ListsHead>);

inline constexpr std::size_t bytes_per_posting = sizeof(Item) + sizeof(std::int64_t);

/// The number of places in a list of this size. It is even, so that the ids after the items are aligned.
constexpr std::uint64_t capacity_of(std::uint64_t size) noexcept { return (size + 1) & ~std::uint64_t{1}; }

inline constexpr std::uint64_t postings_per_list = 256;

/// The most lists that an index with so many postings has, and the most bytes that FAISS's part and the lists take.
/// None of these overflows as long as the postings are items of a file on disk.
inline std::uint64_t most_lists(const Trailer& trailer) noexcept {
  constexpr std::uint32_t most_bucket_bits = 12;
  return std::max(std::bit_ceil(std::max<std::uint64_t>(1, trailer.posting_count / postings_per_list)),
                  std::uint64_t{1} << std::min(trailer.bucket_bits, most_bucket_bits));
}
inline std::uint64_t most_faiss_bytes(const Trailer& trailer) noexcept {
  constexpr std::uint64_t of_the_rest = 65536, of_a_list = 32;
  return of_the_rest + (of_a_list << trailer.list_bits);
}
inline std::uint64_t most_lists_bytes(const Trailer& trailer) noexcept {
  return sizeof(ListsHead) +
         (trailer.posting_count + (std::uint64_t{1} << trailer.list_bits)) * bytes_per_posting;
}

/// `<file>.<hash>.lists`, without the folder.
inline std::string lists_name(const std::filesystem::path& file, std::uint64_t lists_hash) {
  std::array<char, 17> hex{};
  std::snprintf(hex.data(), hex.size(), "%016llx", static_cast<unsigned long long>(lists_hash));
  return file.filename().string() + "." + hex.data() + ".lists";
}

}  // namespace echofold::format
