// The sentence on new files: every variant of it.
#include "engine/report/new_files.h"

#include <gtest/gtest.h>

namespace echofold::report_new_files_test {
namespace {

std::string text(NewFileCounts counts, const std::string& folders = "~/Music") {
  counts.files = counts.unreadable + counts.worse + counts.known + counts.of_each_other + counts.to_review +
                 counts.stay + counts.better + counts.without_copy;
  return new_files_text(counts, folders);
}

TEST(NewFiles, OneKindAlone) {
  EXPECT_EQ(text({}), "No music files here");
  EXPECT_EQ(text({.worse = 7}), "All 7 files here are copies of better files in ~/Music");
  EXPECT_EQ(text({.worse = 1}), "The file here is a copy of a better file in ~/Music");
  EXPECT_EQ(text({.known = 2}), "Both files here are in ~/Music already");
  EXPECT_EQ(text({.better = 2}), "Both files here are better than their copies in ~/Music");
  EXPECT_EQ(text({.better = 1}, ""), "The file here is better than its copy in the library");
  EXPECT_EQ(text({.without_copy = 3}), "All 3 files here are new");
  EXPECT_EQ(text({.to_review = 1}), "The file here needs your decision in a review");
  EXPECT_EQ(text({.stay = 2}), "Both files here are worse than their copies in ~/Music, but stay");
}

TEST(NewFiles, SeveralKinds) {
  EXPECT_EQ(text({.worse = 1, .without_copy = 2}),
            "Of 3 files here, 1 is a copy of a better file in ~/Music, 2 are new");
  NewFileCounts counts{.unreadable = 1, .worse = 4, .of_each_other = 2, .better = 1};
  counts.spares_others = true;
  EXPECT_EQ(text(counts),
            "Of 8 files here, 4 are copies of better files in ~/Music, 2 are copies of other files here, 1 "
            "is better "
            "than its copy in ~/Music, which stays, 1 can't be read");
  EXPECT_EQ(text({.worse = 1, .without_copy = 1}, "~/Music or /nas"),
            "Of 2 files here, 1 is a copy of a better file in ~/Music or /nas, 1 is new");
}

}  // namespace
}  // namespace echofold::report_new_files_test
