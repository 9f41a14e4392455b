// Fingerprints as text: the output of Chromaprint's encoder is decoded, and anything else is refused.
#include "engine/audio/fingerprint_text.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "engine/audio/fingerprinter.h"
#include "index/base/error.h"
#include "tests/support/synthetic.h"

namespace echofold::audio_fingerprint_text_test {
namespace {

/// Fault::io if nothing is thrown.
Fault fault_of(const std::string& text) {
  try {
    decode_fingerprint_text(text);
  } catch (const Error& error) {
    return error.fault();
  }
  return Fault::io;
}

/// Items whose changed bits lie far apart: distances of 7 and more.
std::vector<Item> sparse_items(std::size_t count) {
  std::mt19937 random(3);
  std::vector<Item> items;
  Item item = 0;
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t n = random() % 4; n > 0; --n) item ^= Item{1} << random() % 32;
    items.push_back(item);
  }
  return items;
}

TEST(FingerprintText, ComesBack) {
  for (const std::size_t count : {0u, 1u, 2u, 3u, 948u, 5000u}) {
    for (const auto& items : {test::make_items(count + 1, count), sparse_items(count)})
      EXPECT_EQ(decode_fingerprint_text(encode_fingerprint_text(items)), items) << count;
  }
  const std::vector<Item> extremes{0x80000000u, 0, ~Item{0}, ~Item{0}, 0, 0x40u, 0x80000040u, 1};
  EXPECT_EQ(decode_fingerprint_text(encode_fingerprint_text(extremes)), extremes);
}

TEST(FingerprintText, RefusesWhatIsNone) {
  const std::string good = encode_fingerprint_text(test::make_items(1, 200));
  EXPECT_EQ(fault_of(""), Fault::usage);
  EXPECT_EQ(fault_of("A"), Fault::usage);
  EXPECT_EQ(fault_of("AQAA"), Fault::usage);
  EXPECT_EQ(fault_of("not a fingerprint"), Fault::usage);
  EXPECT_EQ(fault_of(good + "\n"), Fault::usage);
  EXPECT_EQ(fault_of("Ag" + good.substr(2)), Fault::usage);  // algorithm 2
  EXPECT_EQ(fault_of("AQAAAf____8"), Fault::usage) << "a bit beyond the last";
}

// Chromaprint 1.5.1 wrote beyond its buffer here.
TEST(FingerprintText, RefusesWhatIsCutAnywhere) {
  for (const auto& items : {test::make_items(1, 60), sparse_items(60)}) {
    const std::string good = encode_fingerprint_text(items);
    for (std::size_t size = 0; size < good.size(); ++size)
      EXPECT_EQ(fault_of(good.substr(0, size)), Fault::usage) << size;
  }
  EXPECT_EQ(fault_of("AQ____AA"), Fault::usage) << "16,777,215 items are claimed";
}

}  // namespace
}  // namespace echofold::audio_fingerprint_text_test
