// Which names look like copies.
#include "engine/dedupe/clean_name.h"

#include <gtest/gtest.h>

namespace echofold::dedupe_clean_name_test {
namespace {

TEST(CleanName, IsWhatCopyingDoesNotMake) {
  for (const char* name :
       {"/m/x (1).mp3", "/m/x(12).mp3", "/m/x - Copy.mp3", "/m/x copy 2.mp3", "/m/Copy of x.mp3",
        "/m/x - Copy (3).flac", "/m/x~.mp3", "/m/X~1.MP3", "/m/x.mp3~", "/m/x - Kopie.mp3"})
    EXPECT_FALSE(has_clean_name(name)) << name;
  for (const char* name : {"/m/x.mp3", "/m/Copycat.mp3", "/m/copy.mp3", "/m (1)/x.mp3", "/m/1999 (1999).mp3",
                           "x", "", "/m/x (live).mp3", "/m/.mp3"})
    EXPECT_TRUE(has_clean_name(name)) << name;
}

}  // namespace
}  // namespace echofold::dedupe_clean_name_test
