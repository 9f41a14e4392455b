#include "tools/console/timed_lines.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>

namespace echofold::console_timed_lines_test {
namespace {

class TimedLinesTest : public testing::Test {
 protected:
  void SetUp() override {
    setenv("TZ", "UTC", 1);
    tzset();
  }
  std::ostringstream out;
  std::time_t now = 1'700'000'000;  // 2023-11-14 22:13:20 UTC
  TimedLines::Now clock = [this] { return now; };
};

TEST_F(TimedLinesTest, EachLineOfTextHasTheTimeOfItsEnd) {
  {
    const TimedLines times(out, false, clock);
    out << "one\ntw";
    now += 5;
    out << 'o' << '\n' << '\n';
    now += 60;
    out << "rest";
  }
  out << "behind\n";
  EXPECT_EQ(out.str(),
            "2023-11-14 22:13:20  one\n2023-11-14 22:13:25  two\n\n2023-11-14 22:14:25  restbehind\n");
}

TEST_F(TimedLinesTest, ObjectsGetAMember) {
  {
    const TimedLines times(out, true, clock);
    out << "{\"a\":1}\n{\"b\":"
        << "{}}" << '\n'
        << std::flush;
  }
  EXPECT_EQ(out.str(), "{\"a\":1,\"at\":1700000000}\n{\"b\":{},\"at\":1700000000}\n");
}

}  // namespace
}  // namespace echofold::console_timed_lines_test
