// The meta pages of an LMDB data file: the two at its start, each of which describes a state of the file. Private to
// the store.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace echofold {

/// The tree of a database: its root, and what the file says about it.
struct PageTree {
  std::uint64_t root = 0;  ///< `none` for an empty one
  std::uint64_t entries = 0;
  std::uint16_t depth = 0;
  static constexpr std::uint64_t none = ~std::uint64_t{0};
  bool operator==(const PageTree&) const = default;
};

/// The bytes that LMDB stores of a tree: in a meta page, and as the value of a database.
inline constexpr std::size_t page_tree_bytes = 48;
/// @param bytes  page_tree_bytes of them at `offset`
PageTree page_tree_at(std::string_view bytes, std::size_t offset);

/// The fields of a meta page as they are in the file: nothing is checked.
struct MetaPage {
  std::uint16_t flags = 0;
  std::uint32_t magic = 0, data_version = 0, page_bytes = 0;
  std::uint64_t map_bytes = 0;
  PageTree free_list, main;
  std::uint64_t last_page = 0, transaction = 0;

  static constexpr std::uint16_t meta_flag = 0x08;
  bool is_lmdb() const noexcept;            ///< as LMDB sees it: meta_flag is among the flags
  bool has_known_version() const noexcept;  ///< of LMDB 0.9
  bool has_page_size() const noexcept;      ///< one that LMDB can have
};

inline constexpr std::size_t least_page_bytes = 512, greatest_page_bytes = 65536;

/// @param fd    an open file
/// @param name  for messages
/// @return      nothing when the file ends before the page's fields do
/// @throws Error Fault::io
std::optional<MetaPage> read_meta_page(int fd, std::uint64_t offset, const std::string& name);

}  // namespace echofold
