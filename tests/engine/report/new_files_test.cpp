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
  EXPECT_EQ(text({.worse = 7}), "7 files here, all copies of better files in ~/Music");
  EXPECT_EQ(text({.worse = 1}), "1 file here, a copy of a better file in ~/Music");
  EXPECT_EQ(text({.known = 2}), "2 files here, all in ~/Music already");
  EXPECT_EQ(text({.better = 2}), "2 files here, all better than their copies in ~/Music");
  EXPECT_EQ(text({.better = 1}, ""), "1 file here, better than its copy in the library");
  EXPECT_EQ(text({.without_copy = 3}), "3 files here, all new");
  EXPECT_EQ(text({.to_review = 1}), "1 file here, to decide in a review");
  EXPECT_EQ(text({.stay = 2}), "2 files here, all worse than their copies in ~/Music, but stay");
}

TEST(NewFiles, SeveralKinds) {
  EXPECT_EQ(text({.worse = 1, .without_copy = 2}), "3 files here: 1 copy of a better file in ~/Music, 2 new");
  NewFileCounts counts{.unreadable = 1, .worse = 4, .of_each_other = 2, .better = 1};
  counts.spares_others = true;
  EXPECT_EQ(
      text(counts),
      "8 files here: 4 copies of better files in ~/Music, 2 copies of other files here, 1 better than its "
      "copy in ~/Music, which stays, 1 unreadable");
}

}  // namespace
}  // namespace echofold::report_new_files_test
