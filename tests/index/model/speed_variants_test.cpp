// The bytes of the variants of a track.
#include "index/model/speed_variants.h"

#include <gtest/gtest.h>

#include "index/base/bytes.h"
#include "index/base/error.h"
#include "tests/support/synthetic.h"

namespace echofold::model_speed_variants_test {
namespace {

SpeedVariants sample() { return {2, {{-4, {11, 22, 33}, {0, 5, 300}}, {1, {44}, {900}}}}; }

Fault fault_of(const std::string& bytes, TrackId id = 7) {
  try {
    decode_variants(id, bytes, "the variants");
  } catch (const Error& e) {
    return e.fault();
  }
  ADD_FAILURE() << "no error";
  return Fault::usage;
}

TEST(SpeedVariantsTest, ComeBackAsTheyWere) {
  for (const SpeedVariants& variants : {sample(), SpeedVariants{8, {}}, SpeedVariants{1, {{-2, {}, {}}}}})
    EXPECT_EQ(decode_variants(7, encode(7, variants), "the variants"), variants);
}

TEST(SpeedVariantsTest, WhatIsNotWholeIsRefused) {
  const std::string bytes = encode(7, sample());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string wrong = bytes;
    wrong[i] = static_cast<char>(wrong[i] ^ 4);
    EXPECT_EQ(fault_of(wrong), i == 0 ? Fault::version : Fault::damaged) << i;
    EXPECT_EQ(fault_of(bytes.substr(0, i)), Fault::damaged) << i;
  }
  EXPECT_EQ(fault_of(bytes, 8), Fault::damaged) << "of another track";
}

TEST(SpeedVariantsTest, FieldsThatCannotBeAreRefused) {
  for (const SpeedVariants& wrong :
       {SpeedVariants{0, {}}, SpeedVariants{9, {}}, SpeedVariants{2, {{0, {}, {}}}},
        SpeedVariants{2, {{5, {1}, {1}}}}, SpeedVariants{2, {{1, {1, 2}, {5, 5}}}},
        SpeedVariants{2, {{1, {1, 2}, {5}}}}})
    EXPECT_EQ(fault_of(encode(7, wrong)), Fault::damaged);
}

}  // namespace
}  // namespace echofold::model_speed_variants_test
