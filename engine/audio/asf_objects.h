// The objects in the header of an ASF file (WMA).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/audio/byte_view.h"

namespace echofold {

struct AsfObject {
  std::int64_t begin = 0;  ///< where its GUID starts
  std::int64_t bytes = 0;  ///< of the whole object
};

inline constexpr std::string_view asf_header{
    "\x30\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9\x00\xAA\x00\x62\xCE\x6C", 16};
inline constexpr std::string_view asf_file_properties{
    "\xA1\xDC\xAB\x8C\x47\xA9\xCF\x11\x8E\xE4\x00\xC0\x0C\x20\x53\x65", 16};
inline constexpr std::string_view asf_content_encryption{
    "\xFB\xB3\x11\x22\x23\xBD\xD2\x11\xB4\xB7\x00\xA0\xC9\x55\xFC\x6E", 16};
inline constexpr std::string_view asf_extended_encryption{
    "\x14\xE6\x8A\x29\x22\x26\x17\x4C\xB9\x35\xDA\xE0\x7E\xE9\x28\x9C", 16};
inline constexpr std::string_view asf_advanced_encryption{
    "\x33\x85\x05\x43\x81\x69\xE6\x49\x9B\x74\xAD\x12\xCB\x86\xD5\x8C", 16};

bool is_asf(const ByteView& file);

/// The first object of the header that has this GUID; nothing if there is none.
std::optional<AsfObject> find_asf_object(const ByteView& file, std::string_view guid);

}  // namespace echofold
