// What was heard stays the same when it is written and read; damage and a wrong key are always found; exchanged copies
// are measured the other way round.
#include "index/model/heard.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <set>

#include "index/base/bytes.h"
#include "index/base/error.h"
#include "tests/support/sample_heard.h"

namespace echofold::model_heard_test {
namespace {

const HeardKey key{{0x0123456789ABCDEF, 2}, {0xFEDCBA9876543210, 4}};

std::optional<Fault> fault_of(const HeardKey& wanted, std::string_view bytes) {
  try {
    decode_heard(wanted, bytes);
    return std::nullopt;
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("what was heard of a pair"), std::string::npos) << e.what();
    return e.fault();
  }
}
std::optional<Fault> fault_of(std::string_view bytes) { return fault_of(key, bytes); }

/// The same fields with another checksum and one part replaced. @param at  counted from the version byte
std::string resealed(std::string bytes, std::size_t at, std::string_view part) {
  bytes.replace(at, part.size(), part);
  ByteWriter to(static_cast<std::uint8_t>(bytes[0]));
  for (const char byte : bytes.substr(1, bytes.size() - 9)) to.number(byte);
  return to.seal();
}

// Where docs/FORMAT.md has them.
constexpr std::size_t at_lined_up = 33, at_doubles = 38, at_channels = 270, at_count = 271, at_bursts = 275;

TEST(HeardTest, EveryFieldSurvivesARoundTrip) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Heard heard = test::sample_heard(seed);
    EXPECT_EQ(decode_heard(key, encode(key, heard)), heard);
  }
  EXPECT_EQ(decode_heard(key, encode(key, Heard{})), Heard{});
  Heard many = test::sample_heard(1);
  many.bursts.assign(Heard::most_bursts, many.bursts.front());
  EXPECT_EQ(decode_heard(key, encode(key, many)), many);
  const HeardKey one_payload{key.a, key.a};
  EXPECT_EQ(decode_heard(one_payload, encode(one_payload, many)), many);
}

TEST(HeardTest, EveryKindAndChannelsSurviveARoundTrip) {
  Heard heard = test::sample_heard(1);
  std::set<std::string_view> names;
  for (const HeardChannels channels :
       {HeardChannels::same, HeardChannels::a_is_mono, HeardChannels::b_is_mono, HeardChannels::swapped,
        HeardChannels::differ}) {
    heard.channels = channels;
    EXPECT_EQ(decode_heard(key, encode(key, heard)).channels, channels);
    names.insert(name_of(channels));
  }
  for (const BurstKind kind : {BurstKind::other, BurstKind::silent_in_a, BurstKind::silent_in_b}) {
    heard.bursts.front().kind = kind;
    EXPECT_EQ(decode_heard(key, encode(key, heard)).bursts.front().kind, kind);
    names.insert(name_of(kind));
  }
  EXPECT_EQ(names, (std::set<std::string_view>{"same", "a_is_mono", "b_is_mono", "swapped", "differ", "other",
                                               "silent_in_a", "silent_in_b"}));
}

TEST(HeardTest, TheBytesAreThoseOfTheFormatDocument) {
  const Heard heard = test::sample_heard(1);
  const std::string bytes = encode(key, heard);
  const auto number_at = [&](std::size_t at) {
    double number = 0;
    std::memcpy(&number, bytes.data() + at, sizeof number);
    return number;
  };
  EXPECT_EQ(encode(key, Heard{}).size(), at_bursts + 8) << "docs/FORMAT.md has the size of an entry";
  EXPECT_EQ(bytes.size(), at_bursts + 3 * 26 + 8);
  EXPECT_EQ(bytes[0], 3);
  EXPECT_EQ(bytes[at_lined_up], 1);
  EXPECT_EQ(number_at(at_doubles), heard.offset_s);
  EXPECT_EQ(number_at(at_channels - 8), heard.difference_max);
  EXPECT_EQ(bytes[at_channels], static_cast<char>(heard.channels));
  EXPECT_EQ(bytes[at_count], 3);
  EXPECT_EQ(number_at(at_bursts), heard.bursts.front().start_s);
}

TEST(HeardTest, ExchangedTwiceIsTheOriginal) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Heard heard = test::sample_heard(seed);
    EXPECT_NE(exchanged(heard), heard);
    EXPECT_EQ(exchanged(exchanged(heard)), heard);
  }
}

TEST(HeardTest, ExchangedOnceIsMeasuredFromTheOtherCopy) {
  const Heard heard = test::sample_heard(1);
  Heard mirrored = heard;
  mirrored.offset_s = -0.625;
  mirrored.speed = 0.5;
  mirrored.fade_in_s = -1.75;
  mirrored.fade_out_s = 5.25;
  mirrored.gain_db = 6.5;
  mirrored.gain_drop_db = 1.9;
  mirrored.gain_rise_db = 0.7;
  mirrored.bass_db = -2.25;
  mirrored.treble_db = 3.75;
  mirrored.width_db = -3.125;
  mirrored.range_db = 2.625;
  mirrored.level_slope = 0.375;
  mirrored.limit_a_hz = 16'021.5;
  mirrored.limit_b_hz = 20'000;
  mirrored.head_a_s = 2.5;
  mirrored.head_b_s = 1.5;
  mirrored.tail_a_s = 4.5;
  mirrored.tail_b_s = 3.5;
  mirrored.channels = HeardChannels::b_is_mono;
  mirrored.bursts = {{29.625, 0.125, 2.5, BurstKind::silent_in_b, true},
                     {49.5, 0.75, 1.25, BurstKind::silent_in_a, false},
                     {4.875, 0.0625, 0.5, BurstKind::other, true}};
  EXPECT_EQ(exchanged(heard), mirrored);
  for (const HeardChannels channels : {HeardChannels::same, HeardChannels::swapped, HeardChannels::differ}) {
    Heard other = heard;
    other.channels = channels;
    EXPECT_EQ(exchanged(other).channels, channels);
  }
}

TEST(HeardTest, EveryFlippedBitIsFound) {
  const std::string whole = encode(key, test::sample_heard(1));
  for (std::size_t i = 0; i < whole.size(); ++i)
    for (int bit = 0; bit < 8; ++bit) {
      std::string bytes = whole;
      bytes[i] = static_cast<char>(bytes[i] ^ (1 << bit));
      ASSERT_EQ(fault_of(bytes), i == 0 ? Fault::version : Fault::damaged) << "byte " << i << " bit " << bit;
    }
}

TEST(HeardTest, EveryTruncationAndAnExtraByteAreFound) {
  const std::string whole = encode(key, test::sample_heard(1));
  for (std::size_t size = 0; size < whole.size(); ++size)
    ASSERT_EQ(fault_of(std::string_view(whole).substr(0, size)), Fault::damaged) << size;
  EXPECT_EQ(fault_of(whole + '\0'), Fault::damaged);
}

TEST(HeardTest, AnotherKeyIsRefused) {
  const std::string bytes = encode(key, test::sample_heard(1));
  for (const HeardKey& wrong :
       {HeardKey{key.b, key.a}, HeardKey{key.a, key.a}, HeardKey{{1, 2}, key.b}, HeardKey{}})
    EXPECT_EQ(fault_of(wrong, bytes), Fault::damaged);
}

// Fields may be wrong even if the checksum is right.
TEST(HeardTest, SealedNonsenseIsFound) {
  const std::string whole = encode(key, test::sample_heard(1));
  ASSERT_EQ(fault_of(resealed(whole, 0, "\x03")), std::nullopt);
  EXPECT_EQ(fault_of(resealed(whole, at_lined_up, "\x02")), Fault::damaged);
  EXPECT_EQ(fault_of(resealed(whole, at_channels, "\x05")), Fault::damaged);
  EXPECT_EQ(fault_of(resealed(whole, at_count, "\x02")), Fault::damaged) << "bytes are left over";
  EXPECT_EQ(fault_of(resealed(whole, at_count, "\x04")), Fault::damaged);
  EXPECT_EQ(fault_of(resealed(whole, at_count, "\xff\xff\xff\xff")), Fault::damaged);
  EXPECT_EQ(fault_of(resealed(whole, at_bursts + 24, "\x03")), Fault::damaged)
      << "a kind that does not exist";
  EXPECT_EQ(fault_of(resealed(whole, at_bursts + 25, "\x02")), Fault::damaged);
}

TEST(HeardTest, NumbersThatAreNotFiniteAreFound) {
  const std::string whole = encode(key, test::sample_heard(1));
  std::vector<std::size_t> places = {at_bursts, at_bursts + 8, at_bursts + 16};
  for (std::size_t at = at_doubles; at < at_channels; at += 8) places.push_back(at);
  ASSERT_EQ(places.size(), 32u);
  for (const double number :
       {std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity(),
        std::numeric_limits<double>::quiet_NaN()})
    for (const std::size_t at : places)
      EXPECT_EQ(fault_of(resealed(whole, at, {reinterpret_cast<const char*>(&number), sizeof number})),
                Fault::damaged)
          << at;
}

}  // namespace
}  // namespace echofold::model_heard_test
