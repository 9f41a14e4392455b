// Turns objects into lines.
#include "engine/report/ndjson.h"

#include "engine/dedupe/decoded_copies.h"
#include "engine/dedupe/heard_fields.h"
#include "engine/dedupe/quality_signs.h"
#include "index/base/json.h"
#include "index/base/rounding.h"
#include "index/model/track_json.h"

namespace echofold {
namespace {

Json windows_json(const Evidence& evidence) {
  Json windows = Json::array();
  for (const std::uint8_t value : evidence.strip)
    windows.push_back(value == strip_unknown ? Json(nullptr) : Json(rounded(strip_ber(value), 3)));
  return windows;
}

Json segments_json(const Evidence& evidence) {
  Json segments = Json::array();
  for (const Segment& segment : evidence.segments)
    segments.push_back({{"offset_s", rounded(items_to_seconds(segment.offset_items), 3)},
                        {"from_s", rounded(items_to_seconds(segment.from_item), 3)},
                        {"length_s", rounded(items_to_seconds(segment.count_items), 3)}});
  return segments;
}

void put_details(Json& object, const Evidence& e, const Judgement& judgement) {
  object["guard"] = judgement.guard.empty() ? Json(nullptr) : Json(judgement.guard);
  object["phase"] = rounded(e.phase_items, 3);
  object["contrast"] = rounded(e.contrast, 4);
  object["corrected_ber"] = rounded(e.corrected_ber, 4);
  object["coverage_shorter"] = truncated(e.coverage_shorter, 4);
  object["silent"] = e.silent_items;
  object["head_s"] = rounded(e.unmatched_head_s, 1);
  object["tail_s"] = rounded(e.unmatched_tail_s, 1);
  object["short_ber"] = rounded(e.short_ber, 3);
  object["short_at_s"] = rounded(items_to_seconds(e.short_item), 1);
  object["unknown_s"] = rounded(e.unknown_s(), 1);
  object["windows"] = windows_json(e);
  object["segments"] = segments_json(e);
  object["speed"] = rounded(e.speed, 5);
}

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

}  // namespace

std::string pair_to_line(const TrackRecord& a, const TrackRecord& b, const ListedPair& pair) {
  const Evidence& e = pair.evidence;
  Json object;
  object["schema"] = "echofold.pair/1";
  put_path(object, "a", a.path);
  put_path(object, "b", b.path);
  object["similarity"] = similarity_out(e.similarity());
  object["relation"] = name_of(pair.judgement.relation);
  object["band"] = name_of(pair.judgement.band);
  object["offset_s"] = rounded(e.offset_s(), 3);
  object["overlap_s"] = rounded(e.overlap_s(), 1);
  object["coverage"] = truncated(e.coverage_longer, 4);
  object["ber"] = rounded(e.ber, 4);
  object["informative"] = e.informative_items;
  put_details(object, e, pair.judgement);
  object["heard"] = pair.heard ? heard_fields(*pair.heard) : Json(nullptr);
  const auto decoded = [&](const TrackRecord& lossless, const TrackRecord& lossy) {
    return pair.heard && is_decoded_from(lossless, lossy, *pair.heard);
  };
  object["decoded"] = decoded(a, b) ? Json("a") : decoded(b, a) ? Json("b") : Json(nullptr);
  return to_line(object);
}

std::string file_to_line(const FileReport& report) {
  Json object;
  object["schema"] = "echofold.file/1";
  put_path(object, "path", report.path);
  object["status"] = name_of(report.status);
  object["duration_s"] = rounded(report.duration_s, 3);
  object["error"] = text_or_null(report.error.value_or(""));
  if (report.status == FileStatus::failed) object["known"] = report.known;
  return to_line(object);
}

std::string library_row_to_line(const LibraryRow& row) {
  Json object;
  object["schema"] = "echofold.track/1";
  put_path(object, "path", row.track.path);
  object["state"] = row.state;
  object["group"] = row.group == 0 ? Json(nullptr) : Json(row.group);
  object["quality_rank"] = row.quality_rank == 0 ? Json(nullptr) : Json(row.quality_rank);
  if (row.duplicate_of.empty())
    object["duplicate_of"] = nullptr;
  else
    put_path(object, "duplicate_of", row.duplicate_of);
  object["similarity"] = row.duplicate_of.empty() ? Json(nullptr) : Json(similarity_out(row.similarity));
  object["relation"] = row.duplicate_of.empty() ? Json(nullptr) : Json(name_of(row.relation));
  object["why"] = text_or_null(row.why);
  put_track_fields(object, row.track, sign_texts(row.track));
  if (row.link_of.empty())
    object["link_of"] = nullptr;
  else
    put_path(object, "link_of", row.link_of);
  if (row.fingerprint) object["fingerprint"] = text_or_null(*row.fingerprint);
  return to_line(object);
}

}  // namespace echofold
