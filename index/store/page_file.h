// Reads the pages of an LMDB data file without LMDB, which may end the process on a damaged file. Trusts nothing that
// it reads. Private to the store.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "index/base/fd.h"
#include "index/store/meta_page.h"

namespace echofold {

/// The place of a value. Large values have pages of their own.
struct PageValue {
  std::uint64_t page = 0;
  std::uint32_t offset = 0, size = 0;  ///< in bytes; the offset from the start of `page`
};

/// The result of one walk of a tree.
struct TreeWalk {
  std::uint64_t entries = 0;          ///< that were visited
  std::vector<std::string> problems;  ///< of pages that can't be what the tree says they are
};

class PageFile {
 public:
  /// Only while no process writes: LMDB does not know of this reader, and a writer would reuse its pages. Never while
  /// this process has the library open: closing a second descriptor drops the locks of the first.
  /// @throws Error  Fault::damaged when neither state can be read; what opening and reading give
  explicit PageFile(const std::filesystem::path& file);
  PageFile(const PageFile&) = delete;
  PageFile& operator=(const PageFile&) = delete;

  /// The meta pages that can be read, that of the newer state first: one or two.
  const std::vector<MetaPage>& metas() const noexcept { return metas_; }
  /// One for each meta page that can't be read.
  const std::vector<std::string>& problems() const noexcept { return problems_; }
  std::size_t page_bytes() const noexcept { return page_bytes_; }
  std::uint64_t page_count() const noexcept { return page_count_; }  ///< that the file holds in full

  /// One mark for each of `page_count` pages, to find a page that is used twice.
  using Marks = std::vector<bool>;
  using Visit = std::function<void(std::string_view key, const PageValue& value)>;
  enum class KeyOrder : std::uint8_t {
    bytes,
    numbers
  };  ///< numbers: the free list's keys, in native byte order

  /// Visits all entries that can be reached, in the order of the file. A page that is damaged or already marked is a
  /// problem and is skipped, with all pages below it. An entry whose key is out of order is a problem and is visited.
  /// @param marks  gets a mark for every page of the tree and of its large values
  TreeWalk walk(const PageTree& tree, KeyOrder order, Marks& marks, const Visit& visit) const;

  /// The database that an entry of the main tree describes, or nothing when the value can't be one.
  std::optional<PageTree> read_tree(const PageValue& value) const;

  /// The bytes of a value. @throws Error Fault::io; Fault::damaged when it runs past the end of the file
  std::string read(const PageValue& value) const;

 private:
  class Walk;
  void read_metas();
  bool read_meta(std::uint64_t offset, std::size_t page_bytes);
  std::string bytes_at(std::uint64_t offset, std::size_t size) const;

  std::string name_;
  Fd fd_;
  std::uint64_t size_ = 0, page_count_ = 0;
  std::size_t page_bytes_ = 0;
  std::vector<MetaPage> metas_;
  std::vector<std::string> problems_;
  mutable std::uint64_t cached_page_ =
      PageTree::none;  // small values of one page are read one after the other
  mutable std::string cached_;
};

}  // namespace echofold
