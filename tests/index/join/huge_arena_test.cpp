// Arrays side by side in a few mappings: whole, apart from each other, zero at first.
#include "index/join/huge_arena.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <thread>

namespace echofold::join_huge_arena_test {
namespace {

/// Fills an array with a value that no other array has.
void mark(std::span<std::uint64_t> array, std::uint64_t value) {
  EXPECT_TRUE(std::ranges::all_of(array, [](std::uint64_t word) { return word == 0; }));
  std::ranges::fill(array, value);
}

void expect_marks(const std::vector<std::span<std::uint64_t>>& arrays, std::uint64_t first) {
  for (const auto& array : arrays) {
    EXPECT_TRUE(std::ranges::all_of(array, [&](std::uint64_t word) { return word == first; }));
    ++first;
  }
}

TEST(HugeArena, ArraysAreZeroAndApart) {
  HugeArena arena;
  std::vector<std::span<std::uint64_t>> arrays;
  for (const std::size_t size : {1, 7, 8, 9, 1000, 0, 100'000}) {
    arrays.push_back(arena.take<std::uint64_t>(size));
    mark(arrays.back(), arrays.size());
  }
  EXPECT_EQ(arrays[4].size(), 1000u);
  expect_marks(arrays, 1);
}

TEST(HugeArena, TakesMoreThanOneMapping) {
  constexpr std::size_t third = HugeArena::mapping_bytes / sizeof(std::uint64_t) / 3 + 1;
  HugeArena arena;
  std::vector<std::span<std::uint64_t>> arrays;
  for (const std::size_t size : {third, third, third, 4 * third, std::size_t{1}}) {
    arrays.push_back(arena.take<std::uint64_t>(size));
    mark(arrays.back(), arrays.size());
  }
  expect_marks(arrays, 1);
}

TEST(HugeArena, ServesSeveralThreads) {
  constexpr std::size_t each = 2000;
  HugeArena arena;
  std::vector<std::span<std::uint64_t>> arrays[2];
  {
    std::vector<std::jthread> threads;
    for (std::uint64_t t = 0; t < 2; ++t)
      threads.emplace_back([&, t] {
        for (std::uint64_t i = 0; i < each; ++i)
          mark(arrays[t].emplace_back(arena.take<std::uint64_t>(1 + i % 5)), 1 + t * each + i);
      });
  }
  for (std::uint64_t t = 0; t < 2; ++t) expect_marks(arrays[t], 1 + t * each);
}

}  // namespace
}  // namespace echofold::join_huge_arena_test
