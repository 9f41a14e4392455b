// See health.h.
#include "engine/report/health.h"

#include <fmt/format.h>

#include "engine/report/figures.h"
#include "index/base/json.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

/// "track 17 (/music/a.flac): its checksum is wrong"
std::string damage_text(const Damage& damage) {
  std::string text = "  " + damage.table + ": ";
  if (!damage.path.empty()) text += printable(damage.path) + ": ";
  return text + printable(damage.why) + '\n';
}

}  // namespace

std::string health_table(const LibraryHealth& health) {
  std::string text;
  if (!health.whole())
    text += fmt::format("{:<16}{:>12}{:>12}{:>12}\n", "", "whole", "damaged", "unreadable");
  for (const TableHealth& table : health.tables) {
    if (!health.whole())
      text +=
          fmt::format("{:<16}{:>12}{:>12}{:>12}\n", table.name, table.whole, table.damaged, table.missing);
    else if (table.name == "tracks" || table.name == "pairs" || table.name == "verdicts")
      text +=
          (text.empty() ? "" : ", ") +
          count_text(table.whole, table.name.substr(0, table.name.size() - 1).c_str(), table.name.c_str());
  }
  if (health.whole()) return text + ": all of the library is whole\n";
  for (const Damage& damage : health.damages) text += damage_text(damage);
  return text;
}

std::string repaired_text(const Repaired& repaired) {
  return fmt::format(
      "{}, {} and {} were saved; the damaged file is kept as {}\n"
      "`echofold scan` reads again what is missing\n",
      count_text(repaired.tracks, "track", "tracks"), count_text(repaired.pairs, "pair", "pairs"),
      count_text(repaired.verdicts, "verdict", "verdicts"), printable(repaired.kept_as.string()));
}

std::string damage_to_line(const Damage& damage) {
  Json line{{"schema", "echofold.damage/1"}, {"table", damage.table}};
  line["track"] = damage.track == 0 ? Json(nullptr) : Json(damage.track);
  if (damage.path.empty())
    line["path"] = nullptr;
  else
    put_path(line, "path", damage.path);
  line["why"] = damage.why;
  return to_line(line);
}

std::string health_to_line(const LibraryHealth& health, const Repaired* repaired) {
  Json line{{"schema", "echofold.check/1"}, {"whole", health.whole()}, {"tables", Json::object()}};
  for (const TableHealth& table : health.tables)
    line["tables"][table.name] =
        Json{{"whole", table.whole}, {"damaged", table.damaged}, {"unreadable", table.missing}};
  const bool repairs = repaired != nullptr && !repaired->kept_as.empty();
  line["saved"] = nullptr;
  line["kept_as"] = nullptr;
  if (repairs) {
    line["saved"] =
        Json{{"tracks", repaired->tracks}, {"pairs", repaired->pairs}, {"verdicts", repaired->verdicts}};
    put_path(line, "kept_as", repaired->kept_as.string());
  }
  return to_line(line);
}

}  // namespace echofold
