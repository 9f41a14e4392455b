// Compares the checksum with libav's at every length around one step.
#include "engine/audio/crc16.h"

#include <gtest/gtest.h>

#include <random>
#include <string_view>
#include <vector>

extern "C" {
#include <libavutil/crc.h>
}

namespace echofold::audio_crc16_test {
namespace {

TEST(Crc16, IsThePublishedOne) {
  constexpr std::string_view text = "123456789";  // CRC-16/UMTS: the check value in R. Cook's catalogue
  EXPECT_EQ(crc16({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}), 0xFEE8);
}

TEST(Crc16, IsLibavs) {
  std::mt19937 random(3);
  std::vector<std::uint8_t> bytes(200);
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
  const AVCRC* table = av_crc_get_table(AV_CRC_16_ANSI);
  for (std::size_t from = 0; from < 4; ++from)
    for (std::size_t size = 0; from + size <= bytes.size(); ++size) {
      const std::uint32_t theirs = av_crc(table, 0, bytes.data() + from, size);
      const auto swapped =
          static_cast<std::uint16_t>(theirs << 8 | theirs >> 8);  // libav returns it in memory order
      EXPECT_EQ(crc16(std::span(bytes).subspan(from, size)), swapped) << size;
    }
}

}  // namespace
}  // namespace echofold::audio_crc16_test
