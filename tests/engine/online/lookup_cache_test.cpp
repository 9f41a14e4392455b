// Stored answers: how long they are used, and for which tracks.
#include "engine/online/lookup_cache.h"

#include <gtest/gtest.h>

#include "engine/audio/fingerprinter.h"
#include "engine/online/acoustid_answer_json.h"
#include "engine/online/gzip.h"
#include "tests/support/synthetic.h"
#include "tests/support/temp_dir.h"

namespace echofold::online_lookup_cache_test {
namespace {

constexpr std::int64_t day_s = 86'400, now_s = 1'790'000'000;

AcoustidAnswer answer_with(const std::string& title) {
  Recording recording;
  recording.id = "cd2e7c47-16f5-46c6-a37c-a1eb7bf599ff";
  recording.title = title;
  return {{{"9ff43b6a-4f16-427c-93c2-92307ca505e0", 0.97, {recording}}}};
}

class LookupCacheTest : public testing::Test {
 protected:
  void keep(const LookupKey& key, const AcoustidAnswer& answer) {
    store.write([&](Writer& writer) { cache_answer(writer, key, answer, now_s); });
  }
  std::optional<AcoustidAnswer> find(const LookupKey& key, std::int64_t later_s,
                                     const CacheSettings& settings = {}) {
    return cached_answer(store.snapshot(), key, now_s + later_s, settings);
  }
  test::TempDir temp;
  Store store = Store::open(temp / "db");
  LookupKey key = lookup_key_of(test::make_items(1, 1200), 213.4);
};

TEST_F(LookupCacheTest, TheKeyIsWhatIsSent) {
  std::vector<Item> items = test::make_items(1, 1200);
  EXPECT_EQ(key.duration_s, 213u);
  items.back() ^= 1;
  EXPECT_EQ(lookup_key_of(items, 212.6), key) << "only the first 120 s are sent";
  items[lookup_items - 1] ^= 1;
  EXPECT_NE(lookup_key_of(items, 213.4), key);
  EXPECT_NE(lookup_key_of(test::make_items(1, 1200), 213.6), key);
}

TEST_F(LookupCacheTest, WhatIsPackedUnpacksTheSame) {
  std::string bytes(300'000, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * i >> 7);
  for (const std::string& text : {bytes, std::string(), std::string("a")})
    EXPECT_EQ(gunzipped(gzipped(text), text.size()), text);
  EXPECT_EQ(gunzipped(gzipped(bytes), bytes.size() - 1), std::nullopt);
}

TEST_F(LookupCacheTest, AnAnswerIsGoodFor30Days) {
  EXPECT_FALSE(find(key, 0));
  keep(key, answer_with("Title"));
  EXPECT_EQ(find(key, 0), answer_with("Title"));
  EXPECT_TRUE(find(key, 30 * day_s));
  EXPECT_FALSE(find(key, 30 * day_s + 1));
  EXPECT_TRUE(find(key, 400 * day_s, {.any_age = true}));
  EXPECT_FALSE(find(key, 2 * day_s, {.max_age = std::chrono::days(1)}));
}

TEST_F(LookupCacheTest, OneThatNamesNothingFor7) {
  for (const AcoustidAnswer& nothing : {AcoustidAnswer{}, answer_with("")}) {
    keep(key, nothing);
    EXPECT_EQ(find(key, 7 * day_s), nothing);
    EXPECT_FALSE(find(key, 7 * day_s + 1));
  }
}

TEST_F(LookupCacheTest, OneOfTheFutureOrThatCantBeReadIsNone) {
  keep(key, answer_with("Title"));
  EXPECT_FALSE(find(key, -2 * day_s)) << "the clock was wrong";
  const std::string good = gzipped(to_json(answer_with("Title")));
  for (const std::string& wrong :
       {std::string(), std::string("{"), good.substr(0, good.size() - 1), good + "x", gzipped("{"),
        gzipped("{\"status\":\"error\",\"error\":{\"code\":5,\"message\":\"\"}}"),
        gzipped(std::string(std::size_t{5} << 20, ' '))}) {
    store.write([&](Writer& writer) { writer.put_lookup(key, {now_s, wrong}); });
    EXPECT_FALSE(find(key, 0)) << wrong.substr(0, 100);
  }
}

}  // namespace
}  // namespace echofold::online_lookup_cache_test
