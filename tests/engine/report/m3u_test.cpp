// Playlists of what would go.
#include "engine/report/m3u.h"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/engine/report/sample_plan.h"

namespace echofold::report_m3u_test {
namespace {

TEST(M3u, ListsWhatIsToMoveOrToReview) {
  std::ostringstream out;
  EXPECT_TRUE(write_plan_m3u(out, test::sample_plan()).empty());
  EXPECT_EQ(out.str(),
            "#EXTM3U\n"
            "# group 1 keeps /m/a.flac\n"
            "# move 97.99 %\n#EXTINF:252,Artist - Title\n/m/b.mp3\n"
            "# review 97.99 %\n#EXTINF:252,Artist - Title\n/m/c.mp3\n");
}

TEST(M3u, LeavesOutPathsThatBreakALine) {
  Plan plan = test::sample_plan();
  plan.groups[0].keep.track.path = "/m/a\nb";
  plan.groups[0].drops[0].file.track.path = "/m/evil\n/etc/passwd";
  plan.groups[0].drops[1].file.track.path = "#x";
  std::ostringstream out;
  EXPECT_EQ(write_plan_m3u(out, plan), (std::vector<std::string>{"/m/evil\n/etc/passwd", "#x"}));
  EXPECT_EQ(out.str(), "#EXTM3U\n# group 1 keeps /m/a\\x0ab\n");
}

TEST(M3u, TitlesStayOnTheirLine) {
  Plan plan = test::sample_plan();
  plan.groups[0].drops[0].file.track.tags.title = "a\nb";
  plan.groups[0].drops[1].file.track.tags = {};
  plan.groups[0].drops[1].file.track.properties.duration_s = 0;
  std::ostringstream out;
  write_plan_m3u(out, plan);
  EXPECT_NE(out.str().find("#EXTINF:252,Artist - a\\x0ab\n"), std::string::npos);
  EXPECT_NE(out.str().find("#EXTINF:-1,c.mp3\n/m/c.mp3\n"), std::string::npos);
}

}  // namespace
}  // namespace echofold::report_m3u_test
