// Media for the page: the cache, the limits, and the numbers of a query.
#include "tools/review/web_media.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <thread>

#include "tools/review/library_access.h"

namespace echofold::review_web_media_test {
namespace {

std::shared_ptr<const Media> media_of(std::size_t bytes) {
  Media media;
  media.bytes.assign(bytes, 'a');
  return std::make_shared<const Media>(std::move(media));
}

TEST(MediaCache, ForgetsWhatWasNotAskedForTheLongest) {
  MediaCache cache(100);
  cache.put("a", media_of(40));
  cache.put("b", media_of(40));
  EXPECT_TRUE(cache.find("a"));
  cache.put("c", media_of(40));
  EXPECT_TRUE(cache.find("a"));
  EXPECT_FALSE(cache.find("b"));
  EXPECT_TRUE(cache.find("c"));
  EXPECT_EQ(cache.bytes(), 80u);
  cache.put("d", media_of(101));
  EXPECT_FALSE(cache.find("d"));
  cache.put("c", media_of(1));
  EXPECT_EQ(cache.bytes(), 80u);
}

TEST(WebMedia, NumbersOfAQueryArePlain) {
  EXPECT_EQ(number_value("from=1.5", "from"), 1.5);
  EXPECT_EQ(number_value("from=-3&x=1", "from"), -3);
  for (const char* query :
       {"", "from=", "from=nan", "from=inf", "from=1e5", "from=0x10", "from=1.5.2", "from=+1", "from=1 "})
    EXPECT_THROW(number_value(query, "from"), WebError) << query;
}

TEST(WebMedia, WavHeaderHas44Bytes) {
  const std::string header = wav_header(48'000, 2, 1000);
  ASSERT_EQ(header.size(), 44u);
  EXPECT_EQ(header.substr(0, 4), "RIFF");
  EXPECT_EQ(static_cast<unsigned char>(header[22]), 2);
  EXPECT_EQ(header.substr(24, 4), std::string("\x80\xBB\0\0", 4));
  EXPECT_EQ(header.substr(40), std::string("\xE8\x03\0\0", 4));
}

/// A page with one group, of files 1 and 2.
struct MediaSourceTest : testing::Test {
  MediaSourceTest() {
    auto shown = std::make_shared<ShownPlan>();
    PlanGroup group;
    group.number = 1;
    group.keep.track.id = 1;
    group.drops.emplace_back().file.track.id = 2;
    group.drops.front().file.track.place = TrackPlace::set_aside;
    shown->plan.groups.push_back(group);
    shown->places = {{1, {0, std::nullopt}}, {2, {0, 0}}};
    state.show(shown, [] { return std::map<TrackId, StoredAnswer>{}; });
  }

  GlobalOptions options;
  LibraryAccess library{options};
  ReviewState state{library};
  const MediaRequest peaks{.kind = MediaKind::peaks, .columns = 10};
};

int status_of(MediaSource& source, TrackId file, const MediaRequest& request) {
  try {
    source.get(file, request);
    return 200;
  } catch (const WebError& error) {
    return error.status();
  }
}

TEST_F(MediaSourceTest, ReadsOnlyWhatThePageShowsAndOnce) {
  std::atomic<int> reads = 0;
  MediaSource source(
      state,
      [&](const TrackRecord&, const MediaRequest&, const std::stop_token&) { return ++reads, Media{}; }, {},
      {});
  EXPECT_EQ(status_of(source, 1, peaks), 200);
  EXPECT_EQ(status_of(source, 1, peaks), 200);
  EXPECT_EQ(reads, 1);
  EXPECT_EQ(status_of(source, 2, peaks), 404);  // not in its place
  EXPECT_EQ(status_of(source, 3, peaks), 404);
  EXPECT_EQ(status_of(source, 1, {.kind = MediaKind::peaks, .columns = 0}), 400);
  EXPECT_EQ(reads, 1);
}

TEST_F(MediaSourceTest, TooManyAtOnceAreRefused) {
  std::latch all_wait(1);
  std::atomic<int> running = 0, most = 0;
  MediaSource source(state,
                     [&](const TrackRecord&, const MediaRequest&, const std::stop_token&) {
                       most = std::max(most.load(), ++running);
                       all_wait.wait();
                       --running;
                       return Media{};
                     },
                     {.at_once = 2, .waiting = 5}, {});
  std::atomic<int> begun = 0;
  std::vector<std::jthread> clients;
  for (std::uint32_t i = 1; i <= 5; ++i)
    clients.emplace_back([&, i] {
      ++begun;
      EXPECT_EQ(status_of(source, 1, {.kind = MediaKind::peaks, .columns = i}), 200);
    });
  int status = 0;
  for (int i = 0; i < 1000 && status != 429; ++i) {
    if (begun < 5 || running < 2) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      continue;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    status = status_of(source, 1, peaks);
  }
  EXPECT_EQ(status, 429);
  all_wait.count_down();
  clients.clear();
  EXPECT_EQ(most, 2);
  EXPECT_EQ(status_of(source, 1, peaks), 200);
}

}  // namespace
}  // namespace echofold::review_web_media_test
