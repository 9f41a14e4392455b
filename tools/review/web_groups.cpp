// See web_groups.h.
#include "tools/review/web_groups.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "engine/dedupe/plan_words.h"
#include "engine/report/figures.h"
#include "index/base/fs/path.h"
#include "index/base/text/folding.h"
#include "index/pair/relation.h"
#include "tools/review/shown_path.h"
#include "tools/review/web_files.h"

namespace echofold {
namespace {

constexpr std::size_t most_rows = 500;  ///< of each table of the summary

std::string_view word_of(DropKind kind) noexcept {
  switch (kind) {
    case DropKind::certain:
      return "auto";
    case DropKind::question:
      return "review";
    case DropKind::related:
      break;
  }
  return "related";
}

/// What needs the most of the user: a question before what is certain before what is only listed.
DropKind kind_of(const PlanGroup& group) {
  DropKind kind = DropKind::related;
  for (const PlanDrop& drop : group.drops) {
    const DropKind one = kind_of(drop);
    if (one == DropKind::question) return one;
    if (one == DropKind::certain) kind = one;
  }
  return kind;
}

struct Count {
  std::uint64_t groups = 0, drops = 0, bytes = 0;
};

Json counts_json(const std::map<std::string, Count>& counts, const char* name) {
  std::vector<std::pair<std::string, Count>> rows(counts.begin(), counts.end());
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& x, const auto& y) { return x.second.bytes > y.second.bytes; });
  if (rows.size() > most_rows) rows.resize(most_rows);
  Json out = Json::array();
  for (const auto& [text, count] : rows)
    out.push_back({{name, text}, {"drops", count.drops}, {"bytes", count.bytes}});
  return out;
}

Json summary_json(const ReviewView& view, const GroupsSettings& settings) {
  std::map<DropKind, Count> bands;
  std::map<std::string, Count> reasons, formats, folders;
  std::uint64_t to_free = 0, answered = 0, open = 0;
  for (const PlanGroup& group : view.shown->plan.groups) {
    ++bands[kind_of(group)].groups;
    for (const PlanDrop& drop : group.drops) {
      const DropKind kind = kind_of(drop);
      const std::uint64_t bytes = drop.file.track.stamp.size_bytes;
      const auto add = [&](Count& count) {
        ++count.drops;
        count.bytes += bytes;
      };
      add(bands[kind]);
      if (kind == DropKind::related) continue;
      for (const std::string& reason : short_reasons(drop)) add(reasons[reason]);
      add(formats[shown_text(codec_text(drop.file.track.properties))]);
      add(folders[shown_path(std::string(folder_of(drop.file.track.path)))]);
      open += view.is_open(drop) ? 1 : 0;
      answered += view.answer(drop) != PairAnswer::none ? 1 : 0;
      if (const TrackRecord* loser = view.loser(group, drop, true)) to_free += loser->stamp.size_bytes;
    }
  }
  Json by_band = Json::object();
  for (const DropKind kind : {DropKind::certain, DropKind::question, DropKind::related})
    by_band[std::string(word_of(kind))] = {
        {"groups", bands[kind].groups}, {"drops", bands[kind].drops}, {"bytes", bands[kind].bytes}};
  return {{"library", view.shown->library},
          {"version", settings.version},
          {"generation", view.generation},
          {"files", view.shown->files},
          {"groups", std::count_if(view.shown->plan.groups.begin(), view.shown->plan.groups.end(),
                                   [](const PlanGroup& group) { return !is_taken_back(group); })},
          {"bytes_to_free", to_free},
          {"by_band", std::move(by_band)},
          {"by_reason", counts_json(reasons, "reason")},
          {"by_format", counts_json(formats, "format")},
          {"by_folder", counts_json(folders, "folder")},
          {"answered", answered},
          {"open", open},
          {"accepted", view.accepted},
          {"merge_tags", settings.merge_tags}};
}

/// "Artist - Title" of the first file that has both, else the keeper's name.
std::string title_of(const PlanGroup& group) {
  const auto named = [](const Tags& tags) { return !tags.artist.empty() && !tags.title.empty(); };
  const Tags* tags = named(group.keep.track.tags) ? &group.keep.track.tags : nullptr;
  for (const PlanDrop& drop : group.drops)
    if (tags == nullptr && named(drop.file.track.tags)) tags = &drop.file.track.tags;
  if (tags != nullptr) return shown_text(tags->artist + " - " + tags->title);
  return shown_text(std::string(file_name_of(group.keep.track.path)));
}

/// What the text filter searches.
std::string text_of(const PlanGroup& group) {
  std::string text;
  const auto add = [&](const TrackRecord& track) {
    text += shown_path(track.path) + '\n';
    for (const std::string* tag :
         {&track.tags.artist, &track.tags.title, &track.tags.album, &track.tags.album_artist})
      if (!tag->empty()) text += shown_text(*tag) + '\n';
  };
  add(group.keep.track);
  for (const PlanDrop& drop : group.drops) add(drop.file.track);
  return composed(folded(text));
}

Json listed(const std::set<std::string>& texts) {
  return Json(std::vector<std::string>(texts.begin(), texts.end()));
}

Json group_row(const PlanGroup& group, const ReviewView& view) {
  std::set<std::string> relations, reasons, formats;
  Json drop_folders = Json::array();
  std::uint64_t open = 0, bytes = 0, answered = 0, drops = 0;
  formats.insert(shown_text(codec_text(group.keep.track.properties)));
  for (const PlanDrop& drop : group.drops) {
    relations.emplace(name_of(drop.relation));
    formats.insert(shown_text(codec_text(drop.file.track.properties)));
    for (std::string& reason : short_reasons(drop)) reasons.insert(std::move(reason));
    drops += kind_of(drop) != DropKind::related ? 1 : 0;
    answered += view.answer(drop) != PairAnswer::none ? 1 : 0;
    if (view.is_open(drop)) {
      ++open;
      bytes += drop.file.track.stamp.size_bytes;
      drop_folders.push_back(shown_path(std::string(folder_of(drop.file.track.path))));
    } else if (const TrackRecord* loser = view.loser(group, drop, true)) {
      bytes += loser->stamp.size_bytes;
    }
  }
  const std::string folder(folder_of(group.drops.front().file.track.path));
  return {{"group", group.number},
          {"title", title_of(group)},
          {"folder", shown_path(folder)},
          {"band", word_of(kind_of(group))},
          {"relations", listed(relations)},
          {"reasons", listed(reasons)},
          {"formats", listed(formats)},
          {"drops", drops},
          {"open", open},
          {"answered", answered},
          {"bytes", bytes},
          {"drop_folders", std::move(drop_folders)},
          {"text", text_of(group)}};
}

Json drop_json(const PlanDrop& drop, const ReviewView& view) {
  const PairAnswer answer = view.answer(drop);
  return {{"file", file_json(drop.file, view.shown->notes)},
          {"similarity", drop.similarity},
          {"speed", drop.speed},
          {"offset_s", drop.heard && drop.heard->lined_up ? drop.heard->offset_s : drop.offset_s},
          {"relation", name_of(drop.relation)},
          {"band", word_of(kind_of(drop))},
          {"action", name_of(drop.action)},
          {"why", shown_text(drop.why)},
          {"reasons", short_reasons(drop)},
          {"exact", drop.exact},
          {"answer", answer == PairAnswer::none ? Json(nullptr) : Json(name_of(answer))},
          {"heard", heard_of(drop.heard)}};
}

Json group_json(const PlanGroup& group, const ReviewView& view, const GroupsSettings& settings) {
  Json drops = Json::array();
  for (const PlanDrop& drop : group.drops) drops.push_back(drop_json(drop, view));
  return {{"group", group.number},
          {"generation", view.generation},
          {"keep", file_json(group.keep, view.shown->notes)},
          {"why", shown_text(group.why)},
          {"drops", std::move(drops)},
          {"merged_tags", merged_tags_json(group)},
          {"merges_tags", settings.merge_tags}};
}

std::uint32_t group_number(const std::string& text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) throw WebError(404, "there is no such group");
  return number;
}

}  // namespace

std::vector<std::string> short_reasons(const PlanDrop& drop) {
  constexpr std::string_view asks = "to review: ";
  std::string text = shown_text(drop.why);
  if (const std::size_t at = text.find(asks); at != std::string::npos) text.erase(0, at + asks.size());
  std::vector<std::string> reasons;
  constexpr std::string_view between = "; ";
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(between), text.size());
    if (std::string reason = short_reason(std::string_view(text).substr(0, end)); !reason.empty())
      reasons.push_back(std::move(reason));
    text.erase(0, std::min(end + between.size(), text.size()));
  }
  std::sort(reasons.begin(), reasons.end());
  reasons.erase(std::unique(reasons.begin(), reasons.end()), reasons.end());
  return reasons;
}

WebReply json_reply(const Json& json, int status) {
  return {status, "application/json", to_line(json), {{"Cache-Control", "no-store"}}};
}

void add_group_routes(WebRouter& router, const ReviewState& state, const GroupsSettings& settings) {
  router.get("/api/generation", [&state](const WebRequest&, const PathParts&) {
    return json_reply({{"generation", state.generation()}});
  });
  router.get("/api/summary", [&state, settings](const WebRequest&, const PathParts&) {
    return json_reply(summary_json(state.view(), settings));
  });
  router.get("/api/groups", [&state](const WebRequest&, const PathParts&) {
    const ReviewView view = state.view();
    Json groups = Json::array();
    for (const PlanGroup& group : view.shown->plan.groups)
      if (!group.drops.empty() && !is_taken_back(group)) groups.push_back(group_row(group, view));
    return json_reply({{"generation", view.generation}, {"groups", std::move(groups)}});
  });
  router.get("/api/groups/([0-9]{1,10})", [&state, settings](const WebRequest&, const PathParts& parts) {
    const ReviewView view = state.view();
    const PlanGroup* group = view.shown->group(group_number(parts.at(0)));
    if (group == nullptr) throw WebError(404, "there is no such group");
    return json_reply(group_json(*group, view, settings));
  });
}

}  // namespace echofold
