// See plan_page.h.
#include "engine/report/plan_page.h"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <array>
#include <vector>

#include "engine/dedupe/heard_words.h"
#include "engine/dedupe/plan_words.h"
#include "engine/report/bar_table.h"
#include "engine/report/error_chart.h"
#include "engine/report/figures.h"
#include "engine/report/html.h"
#include "engine/report/page.h"
#include "engine/report/plan_script.h"
#include "engine/report/plan_shares.h"
#include "engine/report/plan_style.h"
#include "engine/report/plan_table.h"
#include "engine/report/similarity_axis.h"
#include "engine/report/svg.h"

namespace echofold {
namespace {

constexpr std::size_t most_folders = 40, most_bars = 12;

/// What the filters know of the drops.
struct Facets {
  explicit Facets(const Plan& plan)
      : folder_names(plan, most_folders),
        formats(plan, [](const PlanDrop& drop) { return codec_text(drop.file.track.properties); }),
        reasons(plan, [](const PlanDrop& drop) { return short_reason(drop.why); }),
        folders(plan, [this](const PlanDrop& drop) { return folder_names.of(drop.file.track.path); }) {}

  FolderNames folder_names;
  PlanDivision formats, reasons, folders;
};

/// The bytes that the group frees if all that is asked about goes, too.
std::uint64_t bytes_of(const PlanGroup& group) {
  std::uint64_t bytes = 0;
  for (const PlanDrop& drop : group.drops)
    if (drop.action != Action::none) bytes += drop.file.track.stamp.size_bytes;
  return bytes;
}

std::vector<const PlanGroup*> by_space(const Plan& plan) {
  std::vector<const PlanGroup*> groups;
  for (const PlanGroup& group : plan.groups)
    if (!is_taken_back(group)) groups.push_back(&group);
  std::stable_sort(groups.begin(), groups.end(),
                   [](const PlanGroup* x, const PlanGroup* y) { return bytes_of(*x) > bytes_of(*y); });
  return groups;
}

std::string bars_of(std::string_view caption, std::string_view what, std::string_view facet,
                    const PlanDivision& division) {
  std::vector<Bar> bars;
  const std::vector<PlanShare>& shares = division.shares();
  const bool has_rest = shares.size() > most_bars;
  PlanShare rest{.name = fmt::format("{} more", shares.size() - std::min(shares.size(), most_bars - 1))};
  const auto bar_of = [](const PlanShare& share, std::string filter) {
    return Bar{share.name,
               {fmt::format("{}", share.files_to_move + share.files_to_review), size_text(share.bytes())},
               {static_cast<double>(share.bytes_to_move), static_cast<double>(share.bytes_to_review)},
               std::move(filter)};
  };
  for (std::size_t i = 0; i < shares.size(); ++i) {
    if (!has_rest || i + 1 < most_bars) {
      bars.push_back(bar_of(shares[i], std::to_string(i)));
      continue;
    }
    rest.files_to_move += shares[i].files_to_move;
    rest.files_to_review += shares[i].files_to_review;
    rest.bytes_to_move += shares[i].bytes_to_move;
    rest.bytes_to_review += shares[i].bytes_to_review;
  }
  if (has_rest) bars.push_back(bar_of(rest, ""));
  return bar_table({caption, {what, "files", "space"}, {"move", "review"}, facet}, bars);
}

/// Copies by similarity, in the colours of what becomes of them.
std::string similarity_chart(const Plan& plan) {
  constexpr double left = 46, top = 12, width = 500, height = 110;
  constexpr SimilarityAxis axis{left, width, top + height};
  constexpr std::array<std::string_view, 3> kinds = {"move", "review", "plain"};
  std::array<std::array<std::uint64_t, 3>, SimilarityAxis::bins> counts{};
  std::uint64_t most = 0;
  for (const PlanGroup& group : plan.groups) {
    if (is_taken_back(group)) continue;
    for (const PlanDrop& drop : group.drops) {
      auto& bin = counts[SimilarityAxis::bin_of(1 - drop.similarity)];
      ++bin[drop.action == Action::move ? 0 : drop.action == Action::review ? 1 : 2];
      most = std::max(most, bin[0] + bin[1] + bin[2]);
    }
  }
  std::string inside = axis.drawn();
  for (std::size_t bin = 0; bin < counts.size() && most > 0; ++bin) {
    double y = axis.bottom;
    for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
      if (counts[bin][kind] == 0) continue;
      const double part = height * static_cast<double>(counts[bin][kind]) / static_cast<double>(most);
      const double tall = std::max(1.5, part);  // one copy among thousands must stay visible
      y -= tall;
      inside += svg_rect(kinds[kind], left + axis.bin_width() * static_cast<double>(bin), y,
                         axis.bin_width() - 1, tall, std::to_string(counts[bin][kind]));
    }
  }
  if (most > 0) inside += svg_text(left - 6, top + 6, "end", std::to_string(most));
  return "<div><h3>Copies by similarity</h3>\n<figure>" +
         svg_chart("columns", left + width + 22, axis.bottom + 22,
                   "copies by similarity to the file that stays", inside) +
         "<figcaption class=\"soft\">To the right fewer bits of the fingerprints differ; each halving of the "
         "difference has the same room.</figcaption></figure></div>\n";
}

std::string options_of(const PlanDivision& division) {
  std::string text;
  for (std::size_t i = 0; i < division.shares().size(); ++i) {
    const PlanShare& share = division.shares()[i];
    text += fmt::format("<option value=\"{}\">{} ({})</option>", i, html_text(share.name),
                        share.files_to_move + share.files_to_review);
  }
  return text;
}

std::string filters(const Facets& facets) {
  const auto select = [](const char* id, const char* name, const std::string& options) {
    return fmt::format("<label>{}<select id=\"{}\"><option value=\"\">all</option>{}</select></label>\n",
                       name, id, options);
  };
  return "<div class=\"filters\" id=\"filters\" role=\"search\" hidden>\n"
         "<label>Search<input id=\"search\" type=\"search\" placeholder=\"path, title, reason "
         "(/)\"></label>\n" +
         select("action", "Action",
                "<option value=\"m\">move</option><option value=\"r\">review</option><option "
                "value=\"s\">stays</option>") +
         select("format", "Format", options_of(facets.formats)) +
         select("reason", "Reason", options_of(facets.reasons)) +
         select("folder", "Folder", options_of(facets.folders)) +
         "<label>Order<select id=\"sort\"><option value=\"space\">space to free</option><option "
         "value=\"path\">path</option><option value=\"least\">least similar first</option></select></label>\n"
         "<button type=\"button\" id=\"clear\">Show all</button></div>\n";
}

/// The path below the common folder, its last part in bold.
std::string path_cell(std::string_view path, std::string_view common) {
  if (path.starts_with(common)) path.remove_prefix(common.size());
  const std::size_t name = path.rfind('/') + 1;
  return fmt::format("<i>{}</i><b>{}</b>", html_text(path.substr(0, name)), html_text(path.substr(name)));
}

std::string title_of(const PlanGroup& group) {
  const Tags& tags = group.keep.track.tags;
  if (tags.title.empty()) {
    const std::string_view path = group.keep.track.path;
    return html_text(path.substr(path.rfind('/') + 1));
  }
  return html_text(tags.artist.empty() ? tags.title : tags.artist + " \u2013 " + tags.title);
}

class GroupWriter {
 public:
  GroupWriter(std::ostream& out, const Plan& plan, const Facets& facets, const PlanPageSource& source)
      : out_(out), common_(common_folder(plan)), facets_(facets), source_(source) {}

  void write(const PlanGroup& group) {
    double least = 1;
    for (const PlanDrop& drop : group.drops) least = std::min(least, drop.similarity);
    const std::uint64_t bytes = bytes_of(group);
    fmt::print(out_,
               "<section class=\"g\" data-n=\"{}\" data-s=\"{:.4f}\"><h3>{}. {}<span>{}</span></h3><table>\n",
               group.number, least, group.number, title_of(group), bytes > 0 ? size_text(bytes) : "");
    const bool acts = std::any_of(group.drops.begin(), group.drops.end(), [](const PlanDrop& drop) {
      return drop.action != Action::none || is_copy(drop.relation);
    });
    row(acts ? "k" : "o", "", acts ? "keep" : "-", group.keep.track, acts ? group.why : "", "", "");
    for (const PlanDrop& drop : group.drops) write(group, drop);
    out_ << "</table></section>\n";
  }

 private:
  void write(const PlanGroup& group, const PlanDrop& drop) {
    const char* action = drop.action == Action::move ? "m" : drop.action == Action::review ? "r" : "s";
    const bool acts = drop.action != Action::none;
    const std::string data =
        acts ? fmt::format(" data-a=\"{}\" data-f=\"{}\" data-r=\"{}\" data-d=\"{}\" data-b=\"{}\"", action,
                           facets_.formats.index_of(codec_text(drop.file.track.properties)),
                           facets_.reasons.index_of(short_reason(drop.why)),
                           facets_.folders.index_of(facets_.folder_names.of(drop.file.track.path)),
                           drop.file.track.stamp.size_bytes)
             : std::string(" data-a=\"s\" data-b=\"\"");
    const ErrorStrip strip = source_.strip ? source_.strip(group, drop) : ErrorStrip{};
    std::string ear = drop.heard ? heard_text(*drop.heard) : drop.exact ? "the very same samples" : "";
    if (!ear.empty()) ear = "<small>" + html_text(ear) + "</small>";
    row(action, data, mark_word(group, drop), drop.file.track, drop.why, percent(drop.similarity),
        error_chart(strip, drop.heard) + ear);
  }

  void row(std::string_view kind, const std::string& data, std::string_view mark, const TrackRecord& track,
           const std::string& why, const std::string& likeness, const std::string& strip) {
    fmt::print(out_,
               "<tr class=\"{}\"{}><th scope=\"row\" class=\"w\"><span>{}</span></th><td "
               "class=\"p\">{}<small>{}{}</small></td><td class=\"n\">{}</td><td class=\"n\">{}</td><td "
               "class=\"s\">{}</td></tr>\n",
               kind, data, mark, path_cell(track.path, common_), html_text(format_line(track)),
               why.empty() ? "" : " \u2014 <b>" + html_text(why) + "</b>", likeness,
               size_text(track.stamp.size_bytes), strip);
  }

  std::ostream& out_;
  std::string common_;
  const Facets& facets_;
  const PlanPageSource& source_;
};

std::string cards(const Plan& plan) {
  const PlanTotals totals = totals_of(plan);
  std::uint64_t to_review = 0;
  for (const PlanGroup& group : plan.groups)
    for (const PlanDrop& drop : group.drops)
      if (drop.action == Action::review) to_review += drop.file.track.stamp.size_bytes;
  return "<div class=\"cards\">\n" +
         card("to free", size_text(totals.bytes_to_free),
              count_text(totals.to_move, "file", "files") + " that certainly are worse copies") +
         card("to review", size_text(to_review),
              count_text(totals.to_review, "pair", "pairs") + " to decide, at most so much space") +
         card("groups", std::to_string(totals.groups), "recordings with copies to move or to review") +
         card("left alone", std::to_string(totals.staying + totals.related),
              fmt::format("{} that stay, {} only related", totals.staying, totals.related)) +
         "</div>\n";
}

std::string charts(const Plan& plan, const Facets& facets) {
  return "<p class=\"soft\">" + colour_key("move", "moved without asking") +
         colour_key("review", "asked about") + colour_key("plain", "stays") +
         "</p>\n<div class=\"charts\">\n" +
         bars_of("Space to free by format", "format", "f", facets.formats) +
         bars_of("Space to free by reason", "reason", "r", facets.reasons) +
         bars_of("Space to free by folder", "folder", "d", facets.folders) + similarity_chart(plan) +
         "</div>\n";
}

}  // namespace

void write_plan_page(std::ostream& out, const Plan& plan, const PlanPageSource& source,
                     const Progress& progress) {
  const Facets facets(plan);
  const std::vector<const PlanGroup*> groups = by_space(plan);
  const std::string common = common_folder(plan);
  out << page_begin("plan") << page_head({"echofold plan", plan_style, plan_script_hash})
      << "<body class=\"wide\">\n<main>\n<h1>Copies in the library</h1>\n";
  fmt::print(out, "<p class=\"soft\">echofold plan of {}, library <code>{}</code></p>\n",
             local_time_text(source.made_at_s), html_text(source.library));
  out << cards(plan) << "<h2>Where the space is</h2>\n" << charts(plan, facets);
  out << "<h2 id=\"list\">Groups</h2>\n<p class=\"soft\">The strip of a copy shows how many bits of the "
         "fingerprints differ over time:"
      << colour_key("clean", "hardly any") << colour_key("altered", "a passage is altered")
      << colour_key("foreign", "other sound") << colour_key("heard", "a listener would hear a difference")
      << "</p>\n";
  if (!common.empty()) fmt::print(out, "<p>In <code>{}</code></p>\n", html_text(common));
  if (!source.next_step.empty()) fmt::print(out, "<p>{}</p>\n", html_sentence(source.next_step));
  out << error_chart_defs << filters(facets);
  fmt::print(out, "<p id=\"count\" role=\"status\">{}</p>\n<div id=\"groups\">\n",
             count_text(groups.size(), "group", "groups"));
  GroupWriter writer(out, plan, facets, source);
  for (std::size_t i = 0; i < groups.size(); ++i) {
    writer.write(*groups[i]);
    if (progress) progress("strips", i + 1, groups.size());
  }
  out << "</div>\n</main>\n<script>" << plan_script << "</script>\n</body></html>\n";
}

}  // namespace echofold
