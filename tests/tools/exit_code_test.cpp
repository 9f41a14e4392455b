#include "tools/exit_code.h"

#include <gtest/gtest.h>

namespace echofold::tools_exit_code_test {
namespace {

TEST(ExitCodeTest, FaultsEndWithTheCodesOfTheContract) {
  EXPECT_EQ(static_cast<int>(exit_code_of(Fault::usage)), 2);
  EXPECT_EQ(static_cast<int>(exit_code_of(Fault::no_database)), 10);
  EXPECT_EQ(static_cast<int>(exit_code_of(Fault::locked)), 11);
  EXPECT_EQ(static_cast<int>(exit_code_of(Fault::interrupted)), 130);
  for (const Fault refused : {Fault::guard, Fault::version, Fault::damaged})
    EXPECT_EQ(static_cast<int>(exit_code_of(refused)), 3);
  for (const Fault failed :
       {Fault::io, Fault::missing, Fault::permission, Fault::unsupported, Fault::full, Fault::changed})
    EXPECT_EQ(static_cast<int>(exit_code_of(failed)), 1);
}

}  // namespace
}  // namespace echofold::tools_exit_code_test
