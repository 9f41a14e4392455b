// A user and the program act in any order, with kills in between: no content is ever lost or doubled, and after all
// runs are undone, the tree is the one that the user alone would have made.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "tests/fault/user_and_program.h"
#include "tests/support/temp_base.h"

namespace echofold::test {

/// How RapidCheck prints a step of a failing case.
void showValue(const Step& step, std::ostream& out) {
  out << UserAndProgram::name_of(step) << " " << step.a << " " << step.b;
}

}  // namespace echofold::test

namespace echofold::fault_undo_property_test {
namespace {

using test::Step;

/// RapidCheck narrows ranges with the size of a case; here the size should only limit the number of steps.
template <class T>
rc::Gen<T> below(T end) {
  return rc::gen::resize(rc::kNominalSize, rc::gen::inRange<T>(0, end));
}

rc::Gen<std::vector<Step>> steps() {
  return rc::gen::container<std::vector<Step>>(
      rc::gen::construct<Step>(below(test::step_kinds), below(100u), below(400u)));
}

TEST(UndoProperty, TheTreeIsAsTheUserAloneWouldHaveMadeIt) {
  const test::TempInMemory memory;
  std::uint64_t moves = 0, kills = 0;
  EXPECT_TRUE(rc::check([&] {
    const auto what = *steps();
    test::UserAndProgram both;
    for (const Step& step : what) {
      both.take(step);
      RC_ASSERT(both.difference_of_contents() == "");
    }
    RC_ASSERT(both.take_all_back() == "");
    RC_ASSERT(both.difference_of_trees() == "");
    RC_ASSERT(both.difference_of_store() == "");
    moves += both.moves();
    kills += both.kills();
  }));
  EXPECT_GT(moves, 100u);
  EXPECT_GT(kills, 0u);
  std::printf("%lu moves there or back, %lu kills\n", moves, kills);
}

}  // namespace
}  // namespace echofold::fault_undo_property_test
