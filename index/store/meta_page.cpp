// The layout of LMDB 0.9 on a 64-bit machine: a page header of 16 bytes, then the fields (docs/FORMAT.md).
#include "index/store/meta_page.h"

#include <unistd.h>

#include <array>
#include <bit>
#include <cerrno>
#include <cstring>

#include "index/base/error.h"
#include "index/base/fd.h"

namespace echofold {
namespace {

constexpr std::uint32_t lmdb_magic = 0xBEEFC0DE;
constexpr std::uint32_t lmdb_data_version = 1;
constexpr std::size_t meta_page_bytes = 152;  // to the end of the last field

template <class Number>
Number number_at(std::string_view bytes, std::size_t offset) {
  Number value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

MetaPage parse(std::string_view bytes) {
  MetaPage meta;
  meta.flags = number_at<std::uint16_t>(bytes, 10);
  meta.magic = number_at<std::uint32_t>(bytes, 16);
  meta.data_version = number_at<std::uint32_t>(bytes, 20);
  meta.map_bytes = number_at<std::uint64_t>(bytes, 32);
  meta.page_bytes = number_at<std::uint32_t>(bytes, 40);  // stored where the free list's tree has a pad
  meta.free_list = page_tree_at(bytes, 40);
  meta.main = page_tree_at(bytes, 88);
  meta.last_page = number_at<std::uint64_t>(bytes, 136);
  meta.transaction = number_at<std::uint64_t>(bytes, 144);
  return meta;
}

}  // namespace

PageTree page_tree_at(std::string_view bytes, std::size_t offset) {
  return {number_at<std::uint64_t>(bytes, offset + 40), number_at<std::uint64_t>(bytes, offset + 32),
          number_at<std::uint16_t>(bytes, offset + 6)};
}

bool MetaPage::is_lmdb() const noexcept { return (flags & meta_flag) != 0 && magic == lmdb_magic; }

bool MetaPage::has_known_version() const noexcept { return data_version == lmdb_data_version; }

bool MetaPage::has_page_size() const noexcept {
  return std::has_single_bit(page_bytes) && page_bytes >= least_page_bytes &&
         page_bytes <= greatest_page_bytes;
}

std::optional<MetaPage> read_meta_page(int fd, std::uint64_t offset, const std::string& name) {
  std::array<char, meta_page_bytes> bytes{};
  std::size_t got = 0;
  while (got < bytes.size()) {
    const ssize_t n = uninterrupted(
        [&] { return pread(fd, bytes.data() + got, bytes.size() - got, static_cast<off_t>(offset + got)); });
    if (n < 0) throw system_error(errno, "can't read " + name);
    if (n == 0) return std::nullopt;
    got += static_cast<std::size_t>(n);
  }
  return parse({bytes.data(), bytes.size()});
}

}  // namespace echofold
