// What tests of the traced program begin with.
#pragma once

#include <gtest/gtest.h>

#include "tests/fault/traced.h"
#include "tests/support/temp_base.h"

namespace echofold::test {

/// Skips where nothing can be traced; its files are in memory.
class TracedTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!can_trace()) GTEST_SKIP() << "there is no strace, or tracing is not allowed here";
  }

 private:
  TempInMemory memory_;
};

}  // namespace echofold::test
