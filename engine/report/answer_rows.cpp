// See answer_rows.h.
#include "engine/report/answer_rows.h"

#include <fmt/format.h>

#include <string_view>

#include "engine/report/csv.h"
#include "engine/report/figures.h"
#include "engine/report/shared_folder.h"
#include "index/base/json.h"

namespace echofold {
namespace {

constexpr std::size_t time_columns = 16;

constexpr std::size_t word_columns = 9, gap_columns = 2;

std::string name_text(const std::vector<std::string>& paths, const TableStyle& style) {
  if (paths.empty()) return "(the library no longer has this file)";
  constexpr std::size_t before = time_columns + gap_columns + word_columns + gap_columns;
  const std::string more =
      paths.size() > 1 ? fmt::format(" (and {} more with this sound)", paths.size() - 1) : "";
  return path_below(paths.front(), "", before + more.size(), style) + more;
}

void put_side(Json& row, const std::string& name, const std::vector<std::string>& paths) {
  if (paths.empty())
    row[name] = nullptr;
  else
    put_path(row, name, paths.front());
}

std::size_t more(const std::vector<std::string>& paths) { return paths.empty() ? 0 : paths.size() - 1; }

}  // namespace

std::string answer_text(const GivenAnswer& answer, const TableStyle& style) {
  const std::string time = answer.said_at_s == 0 ? "-" : local_time_text(answer.said_at_s);
  const auto word = [&](Verdict keeps) {
    return answer.verdict == Verdict::keep_both ? "both stay" : answer.verdict == keeps ? "stays" : "goes";
  };
  // The file that stays comes first, as in a plan.
  const bool b_first = answer.verdict == Verdict::keep_b;
  const auto &first = b_first ? answer.paths_b : answer.paths_a,
             &second = b_first ? answer.paths_a : answer.paths_b;
  const auto line = [&](std::string_view at, std::string_view what, const std::vector<std::string>& paths) {
    return fmt::format("{:<{}}{:{}}{:<{}}{:{}}{}\n", at, time_columns, "", gap_columns, what, word_columns,
                       "", gap_columns, name_text(paths, style));
  };
  return line(time, word(b_first ? Verdict::keep_b : Verdict::keep_a), first) +
         line("", answer.verdict == Verdict::keep_both ? "" : "goes", second);
}

std::string answer_to_line(const GivenAnswer& answer) {
  Json row{{"schema", "echofold.verdict/1"}};
  put_side(row, "a", answer.paths_a);
  put_side(row, "b", answer.paths_b);
  row["verdict"] = name_of(answer.verdict);
  row["said_at"] = answer.said_at_s == 0 ? Json(nullptr) : Json(answer.said_at_s);
  row["more_a"] = more(answer.paths_a);
  row["more_b"] = more(answer.paths_b);
  return to_line(row);
}

std::string answer_csv_header() { return csv_line({"said_at", "verdict", "a", "b"}); }

std::string answer_to_csv(const GivenAnswer& answer) {
  const auto cell = [](const std::vector<std::string>& paths) {
    return paths.empty() ? std::string() : csv_path(paths.front());
  };
  return csv_line({answer.said_at_s == 0 ? "" : local_time_text(answer.said_at_s, true),
                   std::string(name_of(answer.verdict)), cell(answer.paths_a), cell(answer.paths_b)});
}

}  // namespace echofold
