// What the tests of this folder start with: a library of two groups, a plan of it, and the check that a group that is
// not as planned stays where it is.
#pragma once

#include <gtest/gtest.h>

#include <sstream>

#include "engine/dedupe/plan_ndjson.h"
#include "index/base/error.h"
#include "tests/engine/act/act_support.h"

namespace echofold::test {

class HazardTest : public testing::Test {
 protected:
  HazardTest() {
    library.file("album/keep.flac", "the keeper");
    library.file("album/copy.mp3", "a copy");
    library.file("second/keep.flac", "another keeper");
    library.file("second/copy.mp3", "its copy");
    library.add_root();
    plan = {library.group(1, "album/keep.flac", {"album/copy.mp3"}),
            library.group(2, "second/keep.flac", {"second/copy.mp3"})};
  }

  std::string path(const std::string& name) const { return library.path(name); }
  std::string loser() const { return path("album/copy.mp3"); }
  std::string keeper() const { return path("album/keep.flac"); }

  /// Applies the plan: the first group stays, for a reason with these words; the second is moved all the same.
  void expect_first_group_stays(const std::string& words) {
    const auto picture = tree(path("album"), false);
    const auto summary = library.apply(plan);
    EXPECT_EQ(summary.moved, 1u);
    EXPECT_FALSE(exists(path("second/copy.mp3")));
    EXPECT_EQ(tree(path("album"), false), picture);
    ASSERT_FALSE(library.reported.empty());
    EXPECT_EQ(library.first_group, 1u);
    EXPECT_NE(outcome(library.reported[0]).note.find(words), std::string::npos)
        << outcome(library.reported[0]).note;
    EXPECT_NE(outcome(library.reported[0]).note.find("album/"), std::string::npos)
        << outcome(library.reported[0]).note;
  }

  /// Applies the whole plan and takes it back: the tree is what it was, to the folder times.
  void expect_there_and_back(const ApplySettings& settings = {}) {
    const auto picture = tree(library.root);
    const auto summary = library.apply(plan, settings);
    EXPECT_EQ(summary.skipped, 0u) << outcome(library.reported[0]).note;
    EXPECT_GT(summary.moved, 0u);
    EXPECT_EQ(library.undo().skipped, 0u);
    EXPECT_EQ(tree(library.root), picture);
  }

  Library library;
  std::vector<PlanGroup> plan;
};

/// What kind of Error `call` throws; fails the test when it throws none. @param said  set to its message
template <class Call>
Fault fault_of(Call call, std::string* said = nullptr) {
  try {
    call();
  } catch (const Error& e) {
    if (said != nullptr) *said = e.what();
    return e.fault();
  }
  ADD_FAILURE() << "no error";
  return Fault::interrupted;
}

}  // namespace echofold::test
