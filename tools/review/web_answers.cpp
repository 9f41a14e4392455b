// See web_answers.h.
#include "tools/review/web_answers.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "engine/dedupe/answers.h"
#include "index/base/hash_text.h"
#include "tools/review/shown_path.h"
#include "tools/review/web_files.h"
#include "tools/review/web_groups.h"

namespace echofold {
namespace {

WebReply answered_reply(const Answered& answered) {
  return json_reply({{"generation", answered.generation},
                     {"open", answered.open},
                     {"answered", answered.answered},
                     {"group_open", answered.group_open}});
}

WebReply answer_pair(ReviewState& state, const Json& request) {
  std::uint32_t group = 0;
  try {
    group = get_whole<std::uint32_t>(request, "group");
  } catch (const Error& error) {
    throw WebError(400, error.what());
  }
  const PairAnswer answer = pair_answer_of(text_field(request, "answer"));
  return answered_reply(
      state.answer(group, id_of(text_field(request, "keeper")), id_of(text_field(request, "drop")), answer));
}

WebReply accept(ReviewState& state, const Json& request) {
  const std::string what = text_field(request, "what");
  if (what == "certain") return answered_reply(state.accept(flag_field(request, "accept")));
  if (what == "undo") return answered_reply(state.take_back_below());
  if (what != "folder") throw WebError(400, "only \"certain\", \"folder\" and \"undo\" are known");
  const PairAnswer answer = pair_answer_of(text_field(request, "answer"));
  if (answer != PairAnswer::keep_keeper && answer != PairAnswer::both_for_now)
    throw WebError(400, "this can't be said of a whole folder");
  const std::string folder = text_field(request, "folder");
  if (folder.empty()) throw WebError(400, "no folder is named");
  return answered_reply(state.answer_below(folder, answer));
}

Json file_of(const std::vector<std::string>& paths) {
  if (paths.empty()) return nullptr;
  return {{"path", shown_path(paths.front())}, {"more", paths.size() - 1}};
}

std::string utc_text(std::int64_t at_s) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(static_cast<std::time_t>(at_s)));
}

Json answers_json(const Snapshot& snapshot) {
  Json answers = Json::array();
  for (const GivenAnswer& answer : given_answers(snapshot))
    answers.push_back({{"id", hex_of(answer.a) + hex_of(answer.b)},
                       {"a", file_of(answer.paths_a)},
                       {"b", file_of(answer.paths_b)},
                       {"verdict", name_of(answer.verdict)},
                       {"at", answer.said_at_s == 0 ? Json(nullptr) : Json(utc_text(answer.said_at_s))}});
  return {{"answers", std::move(answers)}};
}

WebReply forget(ReviewState& state, const std::string& id) {
  constexpr std::size_t digits = 32;
  const auto a = hash_of_hex(id.substr(0, std::min(digits, id.size())));
  const auto b = id.size() > digits ? hash_of_hex(std::string_view(id).substr(digits)) : std::nullopt;
  if (!a || !b) throw WebError(400, "this is not the id of an answer");
  return answered_reply(state.forget(*a, *b));
}

}  // namespace

Json json_body(const WebRequest& request) {
  try {
    return parse_object(request.body);
  } catch (const Error& error) {
    throw WebError(400, error.what());
  }
}

std::string text_field(const Json& request, const char* name) {
  const auto found = request.find(name);
  if (found == request.end() || !found->is_string())
    throw WebError(400, fmt::format("there is no text \"{}\"", name));
  return found->get<std::string>();
}

bool flag_field(const Json& request, const char* name) {
  const auto found = request.find(name);
  if (found == request.end() || !found->is_boolean())
    throw WebError(400, fmt::format("there is no true or false \"{}\"", name));
  return found->get<bool>();
}

void add_answer_routes(WebRouter& router, LibraryAccess& library, ReviewState& state) {
  router.get("/api/answers", [&library](const WebRequest&, const PathParts&) {
    Json answers;
    library.read([&](const Store&, const Snapshot& snapshot) { answers = answers_json(snapshot); });
    return json_reply(answers);
  });
  router.post("/api/answers", [&state](const WebRequest& request, const PathParts&) {
    return answer_pair(state, json_body(request));
  });
  router.post("/api/answers/forget", [&state](const WebRequest& request, const PathParts&) {
    return forget(state, text_field(json_body(request), "id"));
  });
  router.post("/api/accept", [&state](const WebRequest& request, const PathParts&) {
    return accept(state, json_body(request));
  });
}

}  // namespace echofold
