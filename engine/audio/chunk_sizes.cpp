// Files of chunks (RIFF, RF64, W64, AIFF): finds the audio and corrects its length.
//
// Two lengths state where the audio ends: that of the whole form and that of the audio chunk; in AIFF, so does a
// count of frames. A recorder that crashed, a stream, a file beyond 4 GiB, or an editor that forgot one of them
// leaves a wrong one. The file counts as cut only if one of them promises more than there is and none of the others
// confirms the actual end.
#include "engine/audio/chunk_sizes.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "engine/audio/byte_view.h"

namespace echofold {
namespace {

/// One length field.
struct Field {
  std::int64_t at = 0;
  std::size_t bytes = 4;
  bool big = false;
  std::int64_t more = 0;  ///< the field's value includes this much besides the content
};

/// A form and its audio chunk.
struct Form {
  Field form_field, audio_field;
  std::int64_t form_end = 0;  ///< as its length field states; may be anything
  std::int64_t audio_at = 0;
  /// as its length field states; may be anything, negative for impossible sizes
  std::int64_t audio_bytes = 0;
  std::int64_t counted_bytes = 0;    ///< AIFF: from the number of frames; 0 unknown
  std::optional<Field> count_field;  ///< AIFF: the number of frames
  std::int64_t frame_bytes = 0;      ///< AIFF, uncompressed: bytes of one frame
  int alignment = 2;                 ///< of chunks
};

constexpr std::uint64_t placeholder_32 = 0x7FFF'F000;  // this and above: written before the length was known

std::uint64_t value_of(const ByteView& file, const Field& field) {
  return field.big ? file.big(field.at, field.bytes) : file.little(field.at, field.bytes);
}

void put(FdSource& source, const Field& field, std::uint64_t value) {
  value += static_cast<std::uint64_t>(field.more);
  if (field.bytes == 4) value = std::min<std::uint64_t>(value, 0xFFFF'FFFF);
  std::array<std::uint8_t, 8> bytes{};
  for (std::size_t i = 0; i < field.bytes; ++i)
    bytes[field.big ? field.bytes - 1 - i : i] = static_cast<std::uint8_t>(value >> (8 * i));
  source.overwrite(field.at, std::span(bytes).first(field.bytes));
}

std::int64_t as_offset(std::uint64_t value) {
  constexpr std::uint64_t most = 1ULL << 61;
  return static_cast<std::int64_t>(std::min(value, most));
}

std::optional<Form> read_riff(const ByteView& file) {
  const bool rf64 = file.has(0, "RF64") || file.has(0, "BW64");
  if ((!rf64 && !file.has(0, "RIFF")) || !file.has(8, "WAVE")) return std::nullopt;
  Form form;
  form.form_field = {4, 4, false, 0};
  std::optional<Field> long_size;
  int parts = 0;
  for (std::int64_t at = 12; at + 8 <= file.size() && parts < most_parts; ++parts) {
    const auto size = static_cast<std::int64_t>(file.little(at + 4, 4));
    if (rf64 && file.has(at, "ds64")) {
      form.form_field = {at + 8, 8, false, 0};
      long_size = Field{at + 16, 8, false, 0};
    }
    if (file.has(at, "data")) {
      form.audio_at = at + 8;
      const Field short_size{at + 4, 4, false, 0};
      form.audio_field = long_size ? *long_size : short_size;
      form.audio_bytes = as_offset(value_of(file, form.audio_field));
      form.form_end = 8 + as_offset(value_of(file, form.form_field));
      return form;
    }
    at += 8 + size + (size & 1);
  }
  return std::nullopt;
}

std::optional<Form> read_w64(const ByteView& file) {
  constexpr std::int64_t head = 24;  // a GUID, and a length that includes both
  if (!file.has(0, "riff\x2E\x91\xCF\x11") || !file.has(24, "wave")) return std::nullopt;
  int parts = 0;
  for (std::int64_t at = 40; at + head <= file.size() && parts < most_parts; ++parts) {
    const Field field{at + 16, 8, false, head};
    const std::int64_t size = as_offset(value_of(file, field));
    if (file.has(at, "data\xF3\xAC\xD3\x11")) {
      Form form;
      form.form_field = {16, 8, false, 0};
      form.form_end = as_offset(value_of(file, form.form_field));
      form.audio_field = field;
      form.audio_at = at + head;
      form.audio_bytes = size - head;
      form.alignment = 8;
      return form;
    }
    if (size < head) break;
    at += (size + 7) & ~std::int64_t{7};
  }
  return std::nullopt;
}

/// For plain AIFF, and for AIFF-C that is not compressed.
std::int64_t aiff_frame_bytes(const ByteView& file, std::int64_t common, bool may_be_compressed) {
  if (may_be_compressed && !file.has(common + 18, "NONE") && !file.has(common + 18, "sowt") &&
      !file.has(common + 18, "twos"))
    return 0;
  return static_cast<std::int64_t>(file.big(common, 2) * ((file.big(common + 6, 2) + 7) / 8));
}

std::optional<Form> read_aiff(const ByteView& file) {
  if (!file.has(0, "FORM") || (!file.has(8, "AIFF") && !file.has(8, "AIFC"))) return std::nullopt;
  Form form;
  form.form_field = {4, 4, true, 0};
  form.form_end = 8 + static_cast<std::int64_t>(file.big(4, 4));
  int parts = 0;
  for (std::int64_t at = 12; at + 8 <= file.size() && parts < most_parts; ++parts) {
    const auto size = static_cast<std::int64_t>(file.big(at + 4, 4));
    if (file.has(at, "COMM")) {
      form.frame_bytes = aiff_frame_bytes(file, at + 8, file.has(8, "AIFC"));
      form.count_field = Field{at + 10, 4, true, 0};
      form.counted_bytes = static_cast<std::int64_t>(value_of(file, *form.count_field)) * form.frame_bytes;
    }
    if (file.has(at, "SSND")) {
      form.audio_field = {at + 4, 4, true, 8};  // it includes two numbers before the samples
      form.audio_at = at + 16;
      form.audio_bytes = size - 8;
      return form;
    }
    at += 8 + size + (size & 1);
  }
  return std::nullopt;
}

std::optional<Form> read_form(const ByteView& file) {
  if (auto form = read_riff(file)) return form;
  if (auto form = read_w64(file)) return form;
  return read_aiff(file);
}

bool is_placeholder(std::int64_t bytes, const Field& field) {
  return bytes <= 0 || (field.bytes == 4 && static_cast<std::uint64_t>(bytes + field.more) >= placeholder_32);
}

/// A 32-bit length is the same for files that differ by 4 GiB.
bool form_ends_at(const Form& form, std::int64_t end) {
  const std::int64_t off = form.form_end - end;
  if (form.form_field.bytes == 8) return off >= -1 && off <= form.alignment;
  constexpr std::int64_t wrap = std::int64_t{1} << 32;
  return (off + 1) % wrap == 0 || off % wrap == 0 || (off - 1) % wrap == 0;
}

/// Whether a plausible chunk begins here: four letters, and a length that ends within the file.
bool chunk_at(const ByteView& file, const Form& form, std::int64_t at) {
  if (form.alignment == 8)
    return file.little(at + 16, 8) >= 24 &&
           file.little(at + 16, 8) <= static_cast<std::uint64_t>(file.size() - at);
  for (std::int64_t i = 0; i < 4; ++i)
    if (const std::uint64_t letter = file.big(at + i, 1); letter < 0x20 || letter > 0x7E) return false;
  const std::uint64_t size = form.audio_field.big ? file.big(at + 4, 4) : file.little(at + 4, 4);
  return file.size() - at >= 8 && size <= static_cast<std::uint64_t>(file.size() - at - 8);
}

/// Whether a chunk of `audio_bytes` can end here: at the end of the file, or where another chunk begins.
bool can_end_at(const ByteView& file, const Form& form, std::int64_t audio_bytes) {
  const std::int64_t end = form.audio_at + audio_bytes;
  const std::int64_t next =
      (audio_bytes + form.alignment - 1) / form.alignment * form.alignment + form.audio_at;
  return file.size() - end <= form.alignment || chunk_at(file, form, next) || chunk_at(file, form, end);
}

/// How many bytes of audio there really are.
std::int64_t true_audio_bytes(const ByteView& file, const Form& form) {
  const std::int64_t left = file.size() - form.audio_at;
  if (is_placeholder(form.audio_bytes, form.audio_field)) {
    const std::int64_t in_form = form.form_end - form.audio_at;
    const bool by_count = form.counted_bytes > 0 && form.counted_bytes <= left;
    if (by_count) return form.counted_bytes;
    return in_form > 0 && in_form < left ? in_form : left;
  }
  if (form.audio_bytes >= left) return left;
  if (can_end_at(file, form, form.audio_bytes)) return form.audio_bytes;
  const bool count_claims_more = form.counted_bytes > form.audio_bytes && form.counted_bytes <= left;
  if (count_claims_more) return form.counted_bytes;
  // otherwise the bytes that follow are not audio
  return form_ends_at(form, file.size()) ? left : form.audio_bytes;
}

Extent extent_of(const Form& form, std::int64_t left, std::int64_t size) {
  const bool claims = !is_placeholder(form.audio_bytes, form.audio_field);
  const bool counts = form.counted_bytes > 0 && form.counted_bytes < as_offset(placeholder_32);
  if ((claims && form.audio_bytes <= left) || (counts && form.counted_bytes <= left)) return Extent::whole;
  if (form.form_end > form.audio_at && form_ends_at(form, size)) return Extent::whole;
  return claims || counts ? Extent::cut : Extent::unknown;
}

}  // namespace

StoredLength correct_chunk_sizes(FdSource& source) {
  const ByteView file(source);
  const std::optional<Form> form = read_form(file);
  if (!form || form->audio_at >= file.size()) return {};
  if (form->audio_bytes == 0 && chunk_at(file, *form, form->audio_at)) return {};  // it has no audio
  const std::int64_t left = file.size() - form->audio_at;
  const std::int64_t there = true_audio_bytes(file, *form);
  StoredLength length;
  length.extent = extent_of(*form, left, file.size());
  length.present_bytes = static_cast<std::uint64_t>(there);
  const bool by_audio = !is_placeholder(form->audio_bytes, form->audio_field);
  length.claimed_bytes = static_cast<std::uint64_t>(length.extent != Extent::cut ? there
                                                    : by_audio                   ? form->audio_bytes
                                                                                 : form->counted_bytes);
  // Except in RIFF, libav also uses the length of the form.
  const bool form_counts = form->form_field.big || form->alignment == 8;
  if (form_counts &&
      (form->form_end < form->audio_at + there || form->form_end > file.size() + form->alignment))
    put(source, form->form_field, static_cast<std::uint64_t>(file.size() - (form->form_field.big ? 8 : 0)));
  if (there != form->audio_bytes) put(source, form->audio_field, static_cast<std::uint64_t>(there));
  if (!can_end_at(file, *form, there) || there != form->audio_bytes) source.show(0, form->audio_at + there);
  if (form->count_field && form->frame_bytes > 0 && form->counted_bytes != there)
    put(source, *form->count_field, static_cast<std::uint64_t>(there / form->frame_bytes));
  return length;
}

}  // namespace echofold
