// Answers that wait for the library: none is lost, and a line that a crash has cut does no harm.
#include "engine/dedupe/waiting_answers.h"

#include <gtest/gtest.h>

#include <fstream>

#include "index/base/hash_text.h"
#include "tests/support/temp_dir.h"

namespace echofold::dedupe_waiting_answers_test {
namespace {

const StoredAnswer first{{1, 2}, {3, 4}, Verdict::keep_a, 100};
const StoredAnswer second{{1, 2}, {3, 4}, std::nullopt, 0};
const StoredAnswer third{{5, 6}, {~0ULL, 8}, Verdict::keep_both, 300};

struct WaitingAnswers : testing::Test {
  test::TempDir dir;
  std::filesystem::path library = dir / "db";
  std::optional<Store> store = Store::open(library);
};

TEST_F(WaitingAnswers, AreReadInTheirOrder) {
  EXPECT_TRUE(waiting_answers(library).empty());
  let_wait(library, {first, second});
  let_wait(library, {third});
  EXPECT_EQ(waiting_answers(library), (std::vector<StoredAnswer>{first, second, third}));
}

TEST_F(WaitingAnswers, AreStoredOnce) {
  store->write([](Writer& writer) { writer.put_verdict({5, 6}, {~0ULL, 8}, Verdict::keep_a, 1); });
  let_wait(library, {first, third});
  EXPECT_EQ(take_waiting_answers(*store), 2u);
  EXPECT_EQ(answer_in(store->snapshot(), {1, 2}, {3, 4}), first);
  EXPECT_EQ(answer_in(store->snapshot(), {5, 6}, {~0ULL, 8}), third);
  EXPECT_TRUE(waiting_answers(library).empty());
  EXPECT_EQ(take_waiting_answers(*store), 0u);
  let_wait(library, {second});
  EXPECT_EQ(take_waiting_answers(*store), 1u);
  EXPECT_FALSE(answer_in(store->snapshot(), {1, 2}, {3, 4}).verdict);
}

TEST_F(WaitingAnswers, ALineThatWasCutIsLeftOut) {
  let_wait(library, {first});
  std::ofstream(library / "answers.waiting", std::ios::app) << "0000000000000001000000";
  EXPECT_EQ(waiting_answers(library), (std::vector<StoredAnswer>{first}));
  let_wait(library, {third});
  EXPECT_EQ(waiting_answers(library), (std::vector<StoredAnswer>{first, third}));
}

TEST(HashText, IsReadBack) {
  const Hash128 hash{0x0123456789abcdefULL, 0xfedcba9876543210ULL};
  EXPECT_EQ(hash_of_hex(hex_of(hash)), hash);
  for (const char* text : {"", "0", "0123456789abcdeffedcba987654321", "0123456789abcdeffedcba98765432100",
                           "0123456789abcdefgedcba9876543210", "0x23456789abcdeffedcba9876543210",
                           "-123456789abcdeffedcba9876543210"})
    EXPECT_FALSE(hash_of_hex(text)) << text;
}

}  // namespace
}  // namespace echofold::dedupe_waiting_answers_test
