// Every kernel that this processor can run gives the same as a plain loop.
#include "index/simd/hamming.h"

#include <gtest/gtest.h>

#include <bit>
#include <ostream>
#include <string>
#include <vector>

#include "index/base/error.h"
#include "tests/support/synthetic.h"

namespace echofold::simd_hamming_test {

/// Found by GoogleTest: without it the names of tests would hold addresses.
void PrintTo(const HammingKernel& kernel, std::ostream* out);
void PrintTo(const HammingKernel& kernel, std::ostream* out) { *out << kernel.name; }

namespace {

std::uint64_t reference(const Item* a, const Item* b, std::size_t n) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < n; ++i) bits += static_cast<std::uint64_t>(std::popcount(a[i] ^ b[i]));
  return bits;
}

simd::MaskedCount reference(const Item* a, const Item* b, const Item* mask_a, const Item* mask_b,
                            std::size_t n) {
  simd::MaskedCount count;
  for (std::size_t i = 0; i < n; ++i) {
    if ((mask_a[i] & mask_b[i]) == 0) continue;
    count.bits += static_cast<std::uint64_t>(std::popcount(a[i] ^ b[i]));
    ++count.items;
  }
  return count;
}

std::vector<Item> random_mask(std::uint64_t seed, std::size_t n) {
  std::mt19937_64 random(seed);
  std::vector<Item> mask(n);
  for (Item& item : mask) item = random() % 3 == 0 ? 0 : ~Item{0};
  return mask;
}

std::vector<HammingKernel> runnable() {
  std::vector<HammingKernel> kernels;
  for (const HammingKernel& kernel : hamming_kernels())
    if (kernel.supported()) kernels.push_back(kernel);
  return kernels;
}

class HammingTest : public testing::TestWithParam<HammingKernel> {
 protected:
  const std::vector<Item> a = test::make_items(1, 600, 0.5), b = test::make_items(2, 600, 0.5);
};

// 600 items: more than two blocks of the narrowest counters (31 vectors of 8 items).
TEST_P(HammingTest, DistanceMatchesReferenceForEveryTailAndOffset) {
  for (std::size_t off = 0; off < 17; ++off)
    for (std::size_t n = 0; n + off <= a.size(); ++n)
      ASSERT_EQ(GetParam().distance(a.data() + off, b.data() + off, n),
                reference(a.data() + off, b.data() + off, n))
          << "n=" << n << " offset=" << off;
}

TEST_P(HammingTest, CountersHoldWhereEveryBitDiffers) {
  const std::vector<Item> zeros(5000, 0), ones(5000, ~Item{0});
  for (const std::size_t n : {247u, 248u, 249u, 496u, 497u, 5000u}) {
    EXPECT_EQ(GetParam().distance(zeros.data(), ones.data(), n), n * 32);
    const simd::MaskedCount all{n * 32, n};
    EXPECT_EQ(GetParam().masked(zeros.data(), ones.data(), ones.data(), ones.data(), n), all);
  }
  std::vector<std::uint64_t> out(9);
  GetParam().band(zeros.data(), ones.data(), 4991, 9, out.data());
  EXPECT_EQ(out, std::vector<std::uint64_t>(9, 4991 * 32));
}

TEST_P(HammingTest, BandMatchesReferenceForEveryCount) {
  for (std::size_t off = 0; off < 9; ++off)
    for (std::size_t n : {0u, 1u, 7u, 8u, 15u, 16u, 17u, 31u, 100u, 248u, 249u, 333u, 500u})
      for (std::size_t count = 0; count <= 35; ++count) {
        std::vector<std::uint64_t> out(count + 1, 77), expected(count + 1, 77);
        for (std::size_t k = 0; k < count; ++k) expected[k] = reference(&a[off], &b[off + k], n);
        GetParam().band(&a[off], &b[off], n, count, out.data());
        ASSERT_EQ(out, expected) << "n=" << n << " count=" << count << " offset=" << off;
      }
}

TEST_P(HammingTest, BandReadsNothingBehindItsLastOffset) {
  const std::vector<Item> exact(b.begin(), b.begin() + 100 + 12 - 1);  // a sanitizer would see one more
  std::vector<std::uint64_t> out(12);
  GetParam().band(a.data(), exact.data(), 100, 12, out.data());
  EXPECT_EQ(out.back(), reference(a.data(), exact.data() + 11, 100));
}

TEST_P(HammingTest, MaskedMatchesReferenceForEveryTailAndOffset) {
  const std::vector<Item> mask_a = random_mask(3, a.size()), mask_b = random_mask(4, b.size());
  for (std::size_t off = 0; off < 17; ++off)
    for (std::size_t n = 0; n + off <= a.size(); ++n)
      ASSERT_EQ(GetParam().masked(&a[off], &b[off], mask_a.data(), mask_b.data(), n),
                reference(&a[off], &b[off], mask_a.data(), mask_b.data(), n))
          << "n=" << n << " offset=" << off;
}

INSTANTIATE_TEST_SUITE_P(Kernels, HammingTest, testing::ValuesIn(runnable()),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(HammingChoice, FirstSupportedKernelByDefault) {
  EXPECT_EQ(choose_hamming_kernel("").name, runnable().front().name);
  EXPECT_EQ(hamming_kernels().back().name, "baseline");
  EXPECT_TRUE(hamming_kernels().back().supported());
}

TEST(HammingChoice, TakesTheNamedKernel) {
  for (const HammingKernel& kernel : runnable())
    EXPECT_EQ(choose_hamming_kernel(kernel.name).name, kernel.name);
}

TEST(HammingChoice, RefusesUnknownAndUnsupportedNames) {
  const auto fault_of = [](std::string_view name) {
    try {
      choose_hamming_kernel(name);
    } catch (const Error& e) {
      EXPECT_NE(std::string(e.what()).find("baseline"), std::string::npos) << "names what would work";
      return e.fault();
    }
    return Fault::io;
  };
  EXPECT_EQ(fault_of("avx1024"), Fault::usage);
  EXPECT_EQ(fault_of("AVX2"), Fault::usage);
  for (const HammingKernel& kernel : hamming_kernels()) {
    if (!kernel.supported()) {
      EXPECT_EQ(fault_of(kernel.name), Fault::usage);
    }
  }
}

}  // namespace
}  // namespace echofold::simd_hamming_test
