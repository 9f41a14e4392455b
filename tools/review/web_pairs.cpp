// See web_pairs.h.
#include "tools/review/web_pairs.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>

#include "engine/dedupe/stored_heard.h"
#include "tools/review/web_files.h"
#include "tools/review/web_groups.h"

namespace echofold {
namespace {

constexpr std::size_t most_items = 60'000;  ///< two hours; the strip of a longer pair shows its beginning

struct Line {
  double offset_s = 0, speed = 1, similarity = 0;
};

/// The pair as the plan has it, or as the library measured it: two drops of one group.
Line line_of(const ReviewView& view, const Snapshot& snapshot, const TrackRecord& a, const TrackRecord& b) {
  for (const bool is_turned : {false, true}) {
    const TrackRecord &keeper = is_turned ? b : a, &loser = is_turned ? a : b;
    const auto place = view.shown->places.find(loser.id);
    if (place == view.shown->places.end() || !place->second.drop) continue;
    const PlanGroup& group = view.shown->plan.groups[place->second.group];
    const PlanDrop& drop = group.drops[*place->second.drop];
    if (group.keep.track.id != keeper.id) continue;
    const double offset_s = drop.heard && drop.heard->lined_up ? drop.heard->offset_s : drop.offset_s;
    if (!is_turned) return {offset_s, drop.speed, drop.similarity};
    return {-offset_s / drop.speed, 1 / drop.speed, drop.similarity};
  }
  const auto evidence = snapshot.pair(std::min(a.id, b.id), std::max(a.id, b.id));
  if (!evidence) throw WebError(404, "these two were not compared with each other");
  if (a.id < b.id) return {evidence->offset_s(), evidence->speed, evidence->similarity()};
  return {-evidence->offset_s() / evidence->speed, 1 / evidence->speed, evidence->similarity()};
}

Json pair_json(const ReviewView& view, const Snapshot& snapshot, TrackId a_id, TrackId b_id) {
  const TrackRecord *a = view.shown->track(a_id), *b = view.shown->track(b_id);
  if (a == nullptr || b == nullptr || a == b) throw WebError(404, "these files are not on the page");
  if (view.shown->places.at(a_id).group != view.shown->places.at(b_id).group)
    throw WebError(404, "these files are not in one group");
  const Line line = line_of(view, snapshot, *a, *b);
  const double a_s = a->properties.duration_s, b_s = b->properties.duration_s;
  const double overlap_s =
      std::max(0.0, std::min(a_s, line.offset_s + b_s * line.speed) - std::max(0.0, line.offset_s));
  return {
      {"a", id_text(a_id)},
      {"b", id_text(b_id)},
      {"offset_s", line.offset_s},
      {"speed", line.speed},
      {"similarity", line.similarity},
      {"overlap_s", overlap_s},
      {"duration_a_s", a_s},
      {"duration_b_s", b_s},
      {"bit_errors", bit_errors_json(snapshot.items(a_id), snapshot.items(b_id), line.offset_s, line.speed)},
      {"heard", heard_of(stored_heard(snapshot, *a, *b))}};
}

}  // namespace

Json bit_errors_json(Items a, Items b, double offset_s, double speed) {
  const double offset = seconds_to_items(offset_s);
  const auto first = static_cast<std::size_t>(std::max(0.0, std::ceil(offset)));
  std::string bits;
  std::vector<unsigned> errors;
  for (std::size_t i = first; i < a.size() && errors.size() < most_items; ++i) {
    const double at = std::round((static_cast<double>(i) - offset) / speed);
    if (at < 0) continue;
    const auto j = static_cast<std::size_t>(at);
    if (j >= b.size()) break;
    const Item difference = a[i] ^ b[j];
    for (int byte = 0; byte < 4; ++byte) bits += static_cast<char>(difference >> (8 * byte));
    errors.push_back(static_cast<unsigned>(std::popcount(difference)));
  }
  if (errors.empty()) return nullptr;
  constexpr std::size_t around = 8;  // 17 items, 2.1 s
  Json rate = Json::array();
  unsigned sum = 0;
  std::size_t begin = 0, end = 0;
  for (std::size_t i = 0; i < errors.size(); ++i) {
    for (; end < std::min(errors.size(), i + around + 1); ++end) sum += errors[end];
    for (; begin + around < i; ++begin) sum -= errors[begin];
    const double mean = sum / static_cast<double>((end - begin) * item_bits);
    rate.push_back(std::round(mean * 1000) / 1000);
  }
  return {{"item_s", item_hop_s},
          {"start_s", items_to_seconds(static_cast<double>(first))},
          {"rate", std::move(rate)},
          {"bits", to_base64(bits)}};
}

void add_pair_routes(WebRouter& router, LibraryAccess& library, const ReviewState& state) {
  router.get("/api/pairs/([0-9]{1,20})/([0-9]{1,20})", [&library, &state](const WebRequest&,
                                                                          const PathParts& parts) {
    const TrackId a = id_of(parts.at(0)), b = id_of(parts.at(1));
    const ReviewView view = state.view();
    Json pair;
    library.read([&](const Store&, const Snapshot& snapshot) { pair = pair_json(view, snapshot, a, b); });
    return json_reply(pair);
  });
}

}  // namespace echofold
