// See tag_rows.h.
#include "engine/report/tag_rows.h"

#include <fmt/format.h>

#include <utility>

#include "engine/report/layout.h"
#include "engine/report/shared_folder.h"
#include "index/base/json.h"
#include "index/base/rounding.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json changes_json(const std::vector<FieldChange>& changes) {
  Json object = Json::object();
  for (const FieldChange& change : changes)
    object[std::string(change.field)] = {{"from", text_or_null(change.from)}, {"to", change.to}};
  return object;
}

}  // namespace

std::string_view name_of(TagStatus status) noexcept {
  switch (status) {
    case TagStatus::tagged:
      return "tagged";
    case TagStatus::would_tag:
      return "would_tag";
    case TagStatus::ambiguous:
      return "ambiguous";
    case TagStatus::not_found:
      return "not_found";
    case TagStatus::unchanged:
      return "unchanged";
    case TagStatus::failed:
      break;
  }
  return "failed";
}

std::string tag_row_to_line(const TagRow& row) {
  Json object;
  object["schema"] = "echofold.tag/1";
  put_path(object, "path", row.path);
  object["status"] = name_of(row.status);
  object["score"] = row.score > 0 ? Json(truncated(row.score, 4)) : Json(nullptr);
  const std::pair<const char*, const std::string&> ids[] = {
      {"acoustid_id", row.found.acoustid_id},
      {"musicbrainz_recording_id", row.found.recording_id},
      {"musicbrainz_release_id", row.found.release_id},
      {"musicbrainz_release_group_id", row.found.release_group_id}};
  for (const auto& [name, id] : ids) object[name] = text_or_null(id);
  object["candidates"] = row.candidates;
  object["changes"] = changes_json(row.changes);
  object["why"] = text_or_null(row.why);
  return to_line(object);
}

std::string tag_row_text(const TagRow& row, const TableStyle& style) {
  std::string name(name_of(row.status));
  if (const auto underscore = name.find('_'); underscore != std::string::npos) name[underscore] = ' ';
  constexpr std::size_t indent = 11;
  std::string text = fmt::format("{:<{}}{}", name, indent, path_below(row.path, "", indent, style));
  std::string figures;
  if (row.score > 0 && row.status != TagStatus::failed)
    figures += fmt::format("  {:.0f} %", 100 * truncated(row.score, 2));
  if (!row.why.empty()) figures += fmt::format("  ({})", printable(row.why));
  if (style.whole_lines || figures.empty())
    text += figures;
  else
    text += fmt::format("\n{:{}}{}", "", indent,
                        wrapped(std::string_view(figures).substr(2), indent, indent, style.columns));
  text += '\n';
  std::size_t ids = 0;
  for (const FieldChange& change : row.changes) {
    if (change.field.ends_with("_id")) {
      ++ids;
      continue;
    }
    text += fmt::format("           {:<12}  {}", change.field, printable(change.to));
    if (!change.from.empty()) text += fmt::format("  (was {})", printable(change.from));
    text += '\n';
  }
  if (ids > 0) text += fmt::format("           {:<12}  {} of AcoustID and MusicBrainz\n", "ids", ids);
  return text;
}

}  // namespace echofold
