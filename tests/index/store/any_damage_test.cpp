// With any damage, nothing crashes, nothing wrong is shown, and what is whole is saved. ECHOFOLD_DAMAGES is the number
// of damages; ECHOFOLD_DAMAGE selects a single one.
#include <cstdlib>
#include <cstring>
#include <random>

#include "index/store/repair.h"
#include "tests/index/store/damaged_library.h"
#include "tests/support/read_file.h"

namespace echofold::store_any_damage_test {
namespace {

namespace fs = std::filesystem;
using test::ended_on_damage;
using test::in_a_process;
using test::page_bytes;

class StoreAnyDamageTest : public test::DamagedLibrary {};

/// Damages the bytes of a file in one of several ways.
std::string damaged(std::string bytes, std::mt19937_64& random) {
  const auto below = [&](std::size_t end) { return static_cast<std::size_t>(random() % end); };
  const std::size_t pages = bytes.size() / page_bytes;
  char* page = bytes.data() + below(pages) * page_bytes;
  switch (below(10)) {
    case 0:
    case 1:
    case 2:  // a few bytes anywhere
      for (std::size_t n = 1 + below(4); n > 0; --n)
        bytes[below(bytes.size())] ^= static_cast<char>(1 + below(255));
      break;
    case 3:
    case 4:  // bits where a page says what it is, or where its entries are
      for (std::size_t n = 1 + below(2); n > 0; --n) page[below(64)] ^= static_cast<char>(1 << below(8));
      break;
    case 5:
      std::memset(page, 0, page_bytes);
      break;
    case 6:
      for (std::size_t i = 0; i < page_bytes; ++i) page[i] = static_cast<char>(random());
      break;
    case 7:  // a write that went to another place
      std::memcpy(page, bytes.data() + below(pages) * page_bytes, page_bytes);
      break;
    case 8:
      bytes.resize(1 + below(bytes.size() - 1));
      break;
    default: {  // a range of zeros
      const std::size_t from = below(bytes.size());
      std::memset(bytes.data() + from, 0, std::min(bytes.size() - from, 1 + below(3 * page_bytes)));
    }
  }
  return bytes;
}

// Many damages, each given to a reader, a writer, the check and the repair.
TEST_F(StoreAnyDamageTest, IsSurvivedAndNeverShownAsSound) {
  make_library();
  const char* wanted = std::getenv("ECHOFOLD_DAMAGES");
  const long rounds = wanted != nullptr ? std::atol(wanted) : 100;
  std::map<std::string, int> seen;
  const char* only = std::getenv("ECHOFOLD_DAMAGE");
  for (long seed = only != nullptr ? std::atol(only) : 1;
       seed <= (only != nullptr ? std::atol(only) : rounds); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(static_cast<std::uint64_t>(seed));
    const std::string bytes = damaged(whole, random);
    if (bytes == whole) continue;
    put_file(bytes);

    const int reading = read_all_in_a_process();
    EXPECT_TRUE(reading == 0 || reading == ended_on_damage) << "reading ended with " << reading;
    bool said_whole = false;
    std::size_t saved = 0;
    const int code = in_a_process([&] {
      const bool is_whole = examine_library(dir).whole();
      return is_whole ? 20 : 21;
    });
    EXPECT_TRUE(code == 20 || code == 21 || code == ended_on_damage) << "check ended with " << code;
    said_whole = code == 20;
    if (said_whole) {
      EXPECT_EQ(reading, 0) << "the check missed what a reader ran into";
      const Store store = Store::open_to_read(dir);
      EXPECT_EQ(store.snapshot().track_count(), oracle.tracks_now) << "tracks are missing without a word";
    }
    if (code == 21) {
      try {
        const Repaired repaired = repair_library(dir, "lost");
        saved = repaired.tracks;
        EXPECT_TRUE(test::read_file(repaired.kept_as) == bytes);
        fs::remove(repaired.kept_as);
        EXPECT_TRUE(examine_library(dir).whole());
        EXPECT_NO_THROW(check_library(dir));
        {
          const Store store = Store::open_to_read(dir);
          EXPECT_EQ(oracle.find_wrong(store.snapshot()), "");
          EXPECT_EQ(store.snapshot().track_count(), saved);
        }
        EXPECT_EQ(write_in_a_process(), 0) << "a repaired library takes new tracks";
      } catch (const Error& e) {
        EXPECT_TRUE(e.fault() == Fault::damaged || e.fault() == Fault::version) << e.what();
      }
    }
    put_file(bytes);
    const int writing = write_in_a_process();
    EXPECT_TRUE(writing == 0 || writing == ended_on_damage) << "writing ended with " << writing;
    ++seen[said_whole ? "in free or unused pages" : saved > 0 ? "saved" : "nothing to save"];
    if (code == 21 && saved > 0) seen["tracks saved"] += static_cast<int>(saved);
  }
  for (const auto& [what, count] : seen) std::printf("%s: %d\n", what.c_str(), count);
  EXPECT_GE(seen["saved"], rounds / 3);
  EXPECT_GE(seen["tracks saved"], static_cast<int>(oracle.tracks_now) * seen["saved"] * 3 / 4);
}

}  // namespace
}  // namespace echofold::store_any_damage_test
