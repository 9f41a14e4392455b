// The fixture of tests that trace the program.
#pragma once

#include <gtest/gtest.h>

#include "tests/fault/traced.h"
#include "tests/support/temp_base.h"

namespace echofold::test {

/// Skips if tracing is not possible. Its files are in memory.
class TracedTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!can_trace()) GTEST_SKIP() << "there is no strace, or tracing is not allowed here";
  }

 private:
  TempInMemory memory_;
};

}  // namespace echofold::test
