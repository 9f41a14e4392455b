// Items are read without a copy, and only if every byte of their value is right.
#include "index/store/items_value.h"

#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <new>

#include "index/base/error.h"
#include "tests/support/synthetic.h"

namespace echofold::store_items_value_test {
namespace {

constexpr std::size_t page_bytes = 4096;

/// The bytes as a store has them: 16 bytes into a page.
class Value {
 public:
  Value(TrackId id, Items items) : bytes_(items_value_bytes(items.size(), page_bytes)) {
    page_.reset(static_cast<char*>(::operator new(bytes_ + 64, std::align_val_t(64))));
    write_items_value(data(), id, items, page_bytes);
  }
  char* data() { return page_.get() + 16; }
  std::string_view view() { return {data(), bytes_}; }

 private:
  struct Free {
    void operator()(char* p) const { ::operator delete(p, std::align_val_t(64)); }
  };
  std::size_t bytes_;
  std::unique_ptr<char, Free> page_;
};

Fault fault_of(std::string_view value, TrackId id) {
  try {
    read_items_value(value, id, page_bytes);
  } catch (const Error& e) {
    return e.fault();
  }
  ADD_FAILURE() << "was accepted";
  return Fault::io;
}

TEST(ItemsValueTest, RoundTripWithoutCopy) {
  for (const std::size_t count : {1u, 2u, 500u, 508u, 509u, 948u, 5000u}) {
    const auto items = test::make_items(count, count);
    Value value(3, items);
    const Items read = read_items_value(value.view(), 3, page_bytes);
    EXPECT_EQ(static_cast<const void*>(read.data()), value.data() + 16);
    ASSERT_TRUE(std::equal(read.begin(), read.end(), items.begin(), items.end())) << count;
  }
}

TEST(ItemsValueTest, NeverSmallEnoughForALeafPage) {
  // LMDB stores a value on a leaf page if node header, key and value fit into this.
  constexpr std::size_t node_max = ((page_bytes - 16) / 2 & ~std::size_t{1}) - 2;
  EXPECT_GT(8 + 8 + items_value_bytes(1, page_bytes), node_max);
  EXPECT_EQ(items_value_bytes(948, page_bytes), 16 + 948 * 4u);
}

TEST(ItemsValueTest, EveryChangedByteIsFound) {
  const auto items = test::make_items(1, 600);
  Value value(3, items);
  for (std::size_t i = 0; i < value.view().size(); ++i) {
    if (i >= 1 && i < 4) continue;  // unused bytes of the header
    value.data()[i] = static_cast<char>(value.data()[i] ^ 0x10);
    ASSERT_EQ(fault_of(value.view(), 3), i == 0 ? Fault::version : Fault::damaged) << i;
    value.data()[i] = static_cast<char>(value.data()[i] ^ 0x10);
  }
}

TEST(ItemsValueTest, TruncatedOrOfAnotherTrackIsFound) {
  Value value(3, test::make_items(1, 600));
  for (std::size_t size = 0; size < value.view().size(); ++size)
    ASSERT_EQ(fault_of(value.view().substr(0, size), 3), Fault::damaged) << size;
  EXPECT_EQ(fault_of(value.view(), 4), Fault::damaged);
}

TEST(ItemsValueTest, MisalignedIsRefused) {
  Value value(3, test::make_items(1, 600));
  const std::string_view whole = value.view();
  std::memmove(value.data() + 2, value.data(), whole.size());
  EXPECT_EQ(fault_of({value.data() + 2, whole.size()}, 3), Fault::damaged);
}

}  // namespace
}  // namespace echofold::store_items_value_test
