// Reads pages in the layout of LMDB 0.9 on a 64-bit machine (docs/FORMAT.md has the tables).
#include "index/store/page_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "index/base/error.h"

namespace echofold {
namespace {

constexpr std::uint16_t branch_flag = 0x01, leaf_flag = 0x02, overflow_flag = 0x04;
constexpr std::uint16_t large_value = 0x01, sub_database = 0x02;
constexpr std::size_t page_header_bytes = 16, node_header_bytes = 8;
constexpr std::size_t max_depth = 32;
constexpr std::size_t max_key_bytes = 511;

template <class Number>
Number number_at(std::string_view bytes, std::size_t offset) {
  Number value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

}  // namespace

/// One walk down a tree, depth first.
class PageFile::Walk {
 public:
  Walk(const PageFile& file, KeyOrder order, Marks& marks, const Visit& visit, TreeWalk& result)
      : file_(file), order_(order), marks_(marks), visit_(visit), result_(result) {}

  void page(std::uint64_t number, std::size_t depth) {
    if (depth > max_depth) return note(number, "the tree is too deep");
    if (!mark(number, 1)) return note(number, "it is not in the file, or used twice");
    const std::string bytes = file_.bytes_at(number * file_.page_bytes_, file_.page_bytes_);
    const auto flags = number_at<std::uint16_t>(bytes, 10);
    const auto lower = number_at<std::uint16_t>(bytes, 12), upper = number_at<std::uint16_t>(bytes, 14);
    if (number_at<std::uint64_t>(bytes, 0) != number || (flags != branch_flag && flags != leaf_flag))
      return note(number, "it is not a page of a tree");
    if (lower < page_header_bytes || lower % 2 != 0 || lower > upper || upper > bytes.size())
      return note(number, "its header makes no sense");
    for (std::size_t at = page_header_bytes; at < lower; at += 2) {
      const auto offset = number_at<std::uint16_t>(bytes, at);
      const bool sound = offset >= upper && offset + node_header_bytes <= bytes.size() &&
                         (flags == leaf_flag ? leaf_node(bytes, offset, number)
                                             : branch_node(bytes, offset, depth, at > page_header_bytes));
      if (!sound) note(number, "an entry of it makes no sense");
    }
  }

 private:
  void note(std::uint64_t number, const char* why) {
    result_.problems.push_back("page " + std::to_string(number) + ": " + why);
  }

  /// @return false when one of the pages lies behind the end of the file, is a meta page, or is already marked
  bool mark(std::uint64_t first, std::uint64_t count) {
    if (first < 2 || first >= file_.page_count_ || count > file_.page_count_ - first) return false;
    for (std::uint64_t page = first; page < first + count; ++page)
      if (marks_[page]) return false;
    for (std::uint64_t page = first; page < first + count; ++page) marks_[page] = true;
    return true;
  }

  bool branch_node(std::string_view bytes, std::size_t offset, std::size_t depth, bool has_key) {
    const auto key_bytes = number_at<std::uint16_t>(bytes, offset + 6);
    // The first key of a branch page counts as less than all others. Its bytes mean nothing.
    if (offset + node_header_bytes + key_bytes > bytes.size() || (has_key && key_bytes > max_key_bytes))
      return false;
    page(std::uint64_t{number_at<std::uint16_t>(bytes, offset)} |
             std::uint64_t{number_at<std::uint16_t>(bytes, offset + 2)} << 16 |
             std::uint64_t{number_at<std::uint16_t>(bytes, offset + 4)} << 32,
         depth + 1);
    return true;
  }

  bool leaf_node(std::string_view bytes, std::size_t offset, std::uint64_t number) {
    const auto size = number_at<std::uint32_t>(bytes, offset);
    const auto flags = number_at<std::uint16_t>(bytes, offset + 4);
    const auto key_bytes = number_at<std::uint16_t>(bytes, offset + 6);
    const std::size_t data = offset + node_header_bytes + key_bytes;
    if (key_bytes == 0 || key_bytes > max_key_bytes || data > bytes.size()) return false;
    const std::string_view key = bytes.substr(offset + node_header_bytes, key_bytes);
    PageValue value{number, static_cast<std::uint32_t>(data), size};
    if (flags == large_value) {
      if (data + 8 > bytes.size()) return false;
      value = {number_at<std::uint64_t>(bytes, data), page_header_bytes, size};
      if (!large(value)) return false;
    } else if ((flags != 0 && flags != sub_database) || size > bytes.size() - data) {
      return false;
    }
    if (!comes_next(key)) note(number, "its keys are not in order");
    last_key_ = key;
    ++result_.entries;
    visit_(key, value);
    return true;
  }

  /// Marks the pages of a large value. The first page must have the right number, flag and count of pages.
  bool large(const PageValue& value) {
    const std::uint64_t count =
        (page_header_bytes + std::uint64_t{value.size} + file_.page_bytes_ - 1) / file_.page_bytes_;
    if (!mark(value.page, count)) return false;
    const std::string head = file_.bytes_at(value.page * file_.page_bytes_, page_header_bytes);
    return number_at<std::uint64_t>(head, 0) == value.page &&
           number_at<std::uint16_t>(head, 10) == overflow_flag && number_at<std::uint32_t>(head, 12) == count;
  }

  /// Whether `key` is greater than the one before it: keys rise over the whole tree.
  bool comes_next(std::string_view key) const {
    if (result_.entries == 0) return true;
    if (order_ == KeyOrder::bytes) return last_key_ < key;
    return key.size() == 8 && last_key_.size() == 8 &&
           number_at<std::uint64_t>(last_key_, 0) < number_at<std::uint64_t>(key, 0);
  }

  const PageFile& file_;
  KeyOrder order_;
  Marks& marks_;
  const Visit& visit_;
  TreeWalk& result_;
  std::string last_key_;
};

PageFile::PageFile(const std::filesystem::path& file)
    : name_(file.string()), fd_(open(name_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
  if (!fd_.valid()) throw system_error(errno, "can't open " + name_);
  struct stat status {};
  if (fstat(fd_.get(), &status) != 0) throw system_error(errno, "can't read " + name_);
  if (!S_ISREG(status.st_mode)) throw Error(Fault::damaged, name_ + " is damaged: it is not a regular file");
  size_ = static_cast<std::uint64_t>(status.st_size);
  read_metas();
}

void PageFile::read_metas() {
  // The second meta page begins one page after the first. When the first is unreadable, the size of a page is unknown,
  // and all sizes are tried.
  if (read_meta(0, 0)) {
    if (!read_meta(page_bytes_, page_bytes_))
      problems_.emplace_back("page 1: it is not the head of a library");
  } else {
    problems_.emplace_back("page 0: it is not the head of a library");
    for (std::size_t bytes = least_page_bytes; bytes <= greatest_page_bytes && metas_.empty(); bytes *= 2)
      read_meta(bytes, bytes);
  }
  if (metas_.empty())
    throw Error(Fault::damaged, name_ + " is damaged: neither of its first two pages can be read");
  page_count_ = size_ / page_bytes_;
  std::stable_sort(metas_.begin(), metas_.end(),
                   [](const MetaPage& a, const MetaPage& b) { return a.transaction > b.transaction; });
}

/// @param page_bytes  the page size that it must have; 0: any
bool PageFile::read_meta(std::uint64_t offset, std::size_t page_bytes) {
  const auto meta = read_meta_page(fd_.get(), offset, name_);
  if (!meta || meta->flags != MetaPage::meta_flag || !meta->is_lmdb() || !meta->has_known_version() ||
      !meta->has_page_size() || (page_bytes != 0 && meta->page_bytes != page_bytes))
    return false;
  page_bytes_ = meta->page_bytes;
  metas_.push_back(*meta);
  return true;
}

std::string PageFile::bytes_at(std::uint64_t offset, std::size_t size) const {
  std::string bytes(size, '\0');
  std::size_t got = 0;
  while (got < size) {
    const ssize_t n = uninterrupted(
        [&] { return pread(fd_.get(), bytes.data() + got, size - got, static_cast<off_t>(offset + got)); });
    if (n < 0) throw system_error(errno, "can't read " + name_);
    if (n == 0) throw Error(Fault::damaged, name_ + " is damaged: it is cut short");
    got += static_cast<std::size_t>(n);
  }
  return bytes;
}

TreeWalk PageFile::walk(const PageTree& tree, KeyOrder order, Marks& marks, const Visit& visit) const {
  TreeWalk result;
  marks.resize(page_count_);
  if (tree.root != PageTree::none) Walk(*this, order, marks, visit, result).page(tree.root, 0);
  if (result.problems.empty() && result.entries != tree.entries)
    result.problems.push_back("it has " + std::to_string(result.entries) + " entries and counts " +
                              std::to_string(tree.entries));
  return result;
}

std::optional<PageTree> PageFile::read_tree(const PageValue& value) const {
  if (value.size != page_tree_bytes) return std::nullopt;
  return page_tree_at(read(value), 0);
}

std::string PageFile::read(const PageValue& value) const {
  const std::uint64_t start = value.page * page_bytes_;
  if (value.offset + std::uint64_t{value.size} <= page_bytes_) {
    if (cached_page_ != value.page) {
      cached_ = bytes_at(start, page_bytes_);
      cached_page_ = value.page;
    }
    return cached_.substr(value.offset, value.size);
  }
  if (start > size_ || value.offset + std::uint64_t{value.size} > size_ - start)
    throw Error(Fault::damaged, name_ + " is damaged: a value runs past its end");
  return bytes_at(start + value.offset, value.size);
}

}  // namespace echofold
