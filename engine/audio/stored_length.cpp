// Visits the outermost boxes, elements and objects. Trusts only sizes.
#include "engine/audio/stored_length.h"

#include <algorithm>
#include <string_view>

#include "engine/audio/asf_objects.h"
#include "engine/audio/byte_view.h"
#include "engine/audio/ebml.h"
#include "engine/audio/mp4_boxes.h"

namespace echofold {
namespace {

StoredLength of_mp4(const ByteView& file) {
  StoredLength length;
  std::int64_t at = 0;
  for (int parts = 0; const auto box = mp4_box_at(file, at, file.size()); ++parts) {
    if (parts >= most_parts) return {};
    if (box->to_the_end) return {};
    at = box->end;
    if (at > file.size()) {
      length.extent = Extent::cut;
      return length;
    }
    if (at == file.size()) length.extent = Extent::whole;
  }
  // Bytes that form no box: junk after a whole file.
  length.extent = Extent::whole;
  return length;
}

StoredLength of_matroska(const ByteView& file) {
  StoredLength length;
  length.from_time_zero = true;
  const auto segment = find_ebml_element(file, 0, file.size(), matroska_segment_id);
  if (segment && !segment->open) length.extent = segment->end <= file.size() ? Extent::whole : Extent::cut;
  return length;
}

StoredLength of_asf(const ByteView& file) {
  StoredLength length;
  const auto properties = find_asf_object(file, asf_file_properties);
  if (!properties) return length;
  constexpr double ticks_per_s = 1e7, ms_per_s = 1e3;
  const std::uint64_t bytes = file.little(properties->begin + 40, 8);
  // a broadcast: its lengths are not set
  const bool live = (file.little(properties->begin + 88, 4) & 1) != 0;
  if (live || bytes == 0) return length;
  const double play_s = static_cast<double>(file.little(properties->begin + 64, 8)) / ticks_per_s;
  const double preroll_s = static_cast<double>(file.little(properties->begin + 80, 8)) / ms_per_s;
  length.claimed_s = std::max(play_s - preroll_s, 0.0);
  length.extent = bytes <= static_cast<std::uint64_t>(file.size()) ? Extent::whole : Extent::cut;
  return length;
}

/// A number in Musepack 8: seven bits per byte; the last byte lacks the eighth bit.
std::int64_t read_mpc_number(const ByteView& file, std::int64_t at, std::uint64_t& value) {
  value = 0;
  for (std::int64_t i = 0; i < 9; ++i) {
    const std::uint64_t byte = file.big(at + i, 1);
    value = value << 7 | (byte & 0x7F);
    if ((byte & 0x80) == 0) return i + 1;
  }
  return 0;
}

StoredLength of_musepack8(const ByteView& file) {
  constexpr double rates[] = {44'100, 48'000, 37'800, 32'000};
  StoredLength length;
  if (!file.has(4, "SH")) return length;
  std::uint64_t packet = 0, samples = 0, silence = 0;
  std::int64_t at = 6 + read_mpc_number(file, 6, packet) + 5;  // skips a checksum and the version
  at += read_mpc_number(file, at, samples);
  at += read_mpc_number(file, at, silence);
  const auto rate = static_cast<std::size_t>(file.big(at, 1) >> 5);
  if (rate >= std::size(rates) || samples <= silence) return length;
  length.claimed_s = static_cast<double>(samples - silence) / rates[rate];
  return length;
}

}  // namespace

bool lacks_mp4_index(const FdSource& source) {
  const ByteView file(source);
  return file.has(4, "ftyp") && !find_mp4_box(file, 0, file.size(), "moov");
}

StoredLength read_stored_length(const FdSource& source) {
  const ByteView file(source);
  if (file.has(4, "ftyp")) return of_mp4(file);
  if (file.has(0, "\x1A\x45\xDF\xA3")) return of_matroska(file);
  if (is_asf(file)) return of_asf(file);
  if (file.has(0, "MPCK")) return of_musepack8(file);
  return {};
}

}  // namespace echofold
