// The pages of an LMDB data file by plain reads. Trusts nothing it reads: LMDB itself may end the process on a
// damaged file. Private to the store.
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

/// Where a value lies. Large ones have pages of their own.
struct PageValue {
  std::uint64_t page = 0;
  std::uint32_t offset = 0, size = 0;  ///< in bytes; the offset from the start of `page`
};

/// What one walk of a tree showed.
struct TreeWalk {
  std::uint64_t entries = 0;          ///< that were visited
  std::vector<std::string> problems;  ///< pages that can't be what the tree says they are
};

class PageFile {
 public:
  /// Only where no process writes: pages change under a reader that LMDB does not know of. And never where this
  /// process has the library open: closing a second descriptor drops the locks of the first.
  /// @throws Error  Fault::damaged when neither state can be read; what opening and reading give
  explicit PageFile(const std::filesystem::path& file);
  PageFile(const PageFile&) = delete;
  PageFile& operator=(const PageFile&) = delete;

  /// The states that can be read, the newer one first: one or two.
  const std::vector<MetaPage>& metas() const noexcept { return metas_; }
  /// What is wrong with a state that can't.
  const std::vector<std::string>& problems() const noexcept { return problems_; }
  std::size_t page_bytes() const noexcept { return page_bytes_; }
  std::uint64_t page_count() const noexcept { return page_count_; }  ///< that the file holds in full

  /// Marks of pages, to see one that is used twice. As many as `page_count`.
  using Marks = std::vector<bool>;
  using Visit = std::function<void(std::string_view key, const PageValue& value)>;
  enum class KeyOrder : std::uint8_t {
    bytes,
    numbers
  };  ///< numbers: of the free list, as the machine has them

  /// Visits all entries that can be reached, in the order in which they stand. A page that is damaged, or was marked
  /// before, is noted and passed over with all below it; a key that is not in order is noted and visited.
  /// @param marks  gets every page of the tree and of its large values
  TreeWalk walk(const PageTree& tree, KeyOrder order, Marks& marks, const Visit& visit) const;

  /// The database behind an entry of the main tree, or nothing when it is none.
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
