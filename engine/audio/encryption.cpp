// Uses the containers' own marks: the encrypted bytes themselves look like any others.
#include "engine/audio/encryption.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "engine/audio/asf_objects.h"
#include "engine/audio/byte_view.h"
#include "engine/audio/ebml.h"
#include "engine/audio/mp4_boxes.h"

namespace echofold {
namespace {

constexpr std::array<std::string_view, 7> encrypted_samples = {"drms", "drmi", "drmt", "p608",
                                                               "enca", "encv", "aavd"};

/// Whether the track's sample descriptions are those of encrypted audio.
bool is_encrypted_track(const ByteView& file, const Mp4Box& track) {
  Mp4Box box = track;
  for (const std::string_view name : {"mdia", "minf", "stbl", "stsd"}) {
    const auto inner = find_mp4_box(file, box.content, box.end, name);
    if (!inner) return false;
    box = *inner;
  }
  constexpr std::int64_t counts = 8;  // version, flags, number of entries
  const auto entry = mp4_box_at(file, box.content + counts, box.end);
  return entry && std::any_of(encrypted_samples.begin(), encrypted_samples.end(),
                              [&](std::string_view name) { return file.has(entry->begin + 4, name); });
}

/// libav numbers its streams in the order of the tracks.
bool is_encrypted_mp4(const ByteView& file, int stream_index) {
  const auto moov = find_mp4_box(file, 0, file.size(), "moov");
  if (!moov) return false;
  int number = 0;
  std::int64_t at = moov->content;
  for (int parts = 0; parts < most_parts; ++parts) {
    const auto box = mp4_box_at(file, at, moov->end);
    if (!box) return false;
    if (file.has(box->begin + 4, "trak") && number++ == stream_index) return is_encrypted_track(file, *box);
    at = box->end;
  }
  return false;
}

/// @param begin, end  of a Matroska track
bool has_encrypted_encoding(const ByteView& file, std::int64_t begin, std::int64_t end) {
  const auto encodings = find_ebml_element(file, begin, end, matroska_encodings_id);
  if (!encodings) return false;
  const auto encoding = find_ebml_element(file, encodings->content, encodings->end, matroska_encoding_id);
  return encoding && find_ebml_element(file, encoding->content, encoding->end, matroska_encryption_id);
}

/// Reads the track's encodings. libav numbers its streams in the order of the tracks.
bool is_encrypted_matroska(const ByteView& file, int stream_index) {
  const auto segment = find_ebml_element(file, 0, file.size(), matroska_segment_id);
  if (!segment) return false;
  const auto tracks = find_ebml_element(file, segment->content, segment->end, matroska_tracks_id);
  if (!tracks) return false;
  int number = 0;
  std::int64_t at = tracks->content;
  for (int parts = 0; parts < most_parts; ++parts) {
    const auto track = ebml_element_at(file, at, tracks->end);
    if (!track) return false;
    at = track->end;
    if (track->id == matroska_track_id && number++ == stream_index)
      return has_encrypted_encoding(file, track->content, track->end);
  }
  return false;
}

}  // namespace

bool is_encrypted(const FdSource& source, const AVFormatContext& format, int stream_index) {
  const ByteView file(source);
  const std::string_view container = format.iformat->name;
  if (container.starts_with("mov")) return is_encrypted_mp4(file, stream_index);
  if (container.starts_with("matroska")) return is_encrypted_matroska(file, stream_index);
  if (container != "asf") return false;
  return find_asf_object(file, asf_content_encryption) || find_asf_object(file, asf_extended_encryption) ||
         find_asf_object(file, asf_advanced_encryption);
}

}  // namespace echofold
