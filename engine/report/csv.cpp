// Cells and lines.
#include "engine/report/csv.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/report/figures.h"
#include "index/base/rounding.h"
#include "index/base/text/utf8.h"

namespace echofold {
namespace {

/// Plain decimals, never 1e-05, without trailing zeros.
std::string number(double value) {
  std::string text = fmt::format("{:.4f}", value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

template <class Whole>
std::string number_or_empty(Whole value) {
  return value == 0 ? std::string() : fmt::format("{}", value);
}

std::vector<std::string> library_cells(const LibraryRow& row) {
  const AudioProperties& p = row.track.properties;
  const bool matched = !row.duplicate_of.empty();
  return {csv_path(row.track.path),
          p.duration_s > 0 ? number(rounded(p.duration_s, 3)) : "",
          csv_text(p.codec),
          number_or_empty((p.bit_rate_bps + 500) / 1000),
          number_or_empty(p.sample_rate_hz),
          number_or_empty(p.bits_per_sample),
          number_or_empty(p.channels),
          number_or_empty(row.track.stamp.size_bytes),
          number_or_empty(row.quality_rank),
          csv_path(row.duplicate_of),
          matched ? number(similarity_out(row.similarity)) : "",
          matched ? std::string(name_of(row.relation)) : "",
          std::string(row.state),
          csv_text(row.why),
          number_or_empty(row.group),
          csv_text(row.track.tags.artist),
          csv_text(row.track.tags.title),
          csv_text(row.track.tags.album),
          csv_path(row.track.set_aside_path),
          csv_text(signs_text(row.track)),
          csv_path(row.link_of)};
}

std::vector<std::string> keep_cells(const PlanGroup& group) {
  return {fmt::format("{}", group.number),
          "keep",
          csv_path(group.keep.track.path),
          "",
          "",
          "",
          "",
          csv_text(group.why),
          "1",
          number_or_empty(group.keep.track.stamp.size_bytes),
          csv_text(signs_text(group.keep.track)),
          ""};
}

std::vector<std::string> drop_cells(const PlanGroup& group, const PlanDrop& drop) {
  return {fmt::format("{}", group.number),       "drop",
          csv_path(drop.file.track.path),        number(similarity_out(drop.similarity)),
          std::string(name_of(drop.relation)),   std::string(name_of(drop.band)),
          std::string(name_of(drop.action)),     csv_text(drop.why),
          fmt::format("{}", drop.rank),          number_or_empty(drop.file.track.stamp.size_bytes),
          csv_text(signs_text(drop.file.track)), drop.exact ? "audio" : ""};
}

}  // namespace

std::string csv_path(const std::string& path) {
  if (is_utf8(path)) return csv_text(path);
  std::string uri = "file://";
  for (const char c : path) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       std::string_view("/-._~").find(c) != std::string_view::npos;
    uri += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return csv_text(uri);
}

std::string csv_text(std::string_view text) {
  if (!is_utf8(text)) return csv_text(with_replacements(text));
  std::string cell;
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) cell = "'";
  cell += text;
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

std::string csv_line(const std::vector<std::string>& cells) {
  return fmt::format("{}\r\n", fmt::join(cells, ","));
}

void write_library_csv(std::ostream& out, const Snapshot& snapshot, const Plan& plan,
                       const std::function<bool(const LibraryRow&)>& wanted,
                       const std::function<std::string(const TrackRecord&)>& fingerprint_of) {
  out << "path,duration_s,format,bit_rate_kbps,sample_rate_hz,bits_per_sample,channels,size_bytes,quality_"
         "rank,"
         "duplicate_of,similarity,relation,state,why,group,artist,title,album,set_aside_path,signs,"
         "link_of";
  out << (fingerprint_of ? ",fingerprint\r\n" : "\r\n");
  for_each_library_row(snapshot, plan, [&](const LibraryRow& row) {
    if (!wanted(row)) return;
    std::vector<std::string> cells = library_cells(row);
    if (fingerprint_of) cells.push_back(fingerprint_of(row.track));
    out << csv_line(cells);
  });
}

std::string pair_csv_header() {
  return "a,b,similarity,relation,band,offset_s,overlap_s,coverage,ber,informative,guard\r\n";
}

std::string pair_to_csv(const TrackRecord& a, const TrackRecord& b, const ListedPair& pair) {
  const Evidence& e = pair.evidence;
  return csv_line({csv_path(a.path), csv_path(b.path), number(similarity_out(e.similarity())),
                   std::string(name_of(pair.judgement.relation)), std::string(name_of(pair.judgement.band)),
                   number(rounded(e.offset_s(), 3)), number(rounded(e.overlap_s(), 1)),
                   number(truncated(e.coverage_longer, 4)), number(rounded(e.ber, 4)),
                   fmt::format("{}", e.informative_items), std::string(pair.judgement.guard)});
}

void write_plan_csv(std::ostream& out, const Plan& plan) {
  out << "group,role,path,similarity,relation,band,action,why,rank,size_bytes,signs,exact\r\n";
  for (const PlanGroup& group : plan.groups) {
    out << csv_line(keep_cells(group));
    for (const PlanDrop& drop : group.drops) out << csv_line(drop_cells(group, drop));
  }
}

}  // namespace echofold
