// The response of a web service to a fingerprint: the service, or anyone in between, may send anything.
#include <algorithm>

#include "engine/online/acoustid_answer_json.h"
#include "engine/online/choose.h"
#include "index/base/error.h"
#include "index/base/text/utf8.h"
#include "tests/fuzz/target.h"

namespace echofold::fuzz {
namespace {

constexpr const char* uuid = "9ff43b6a-4f16-427c-93c2-92307ca505e0";

bool is_clean(const std::string& text) {
  return is_utf8(text) && std::none_of(text.begin(), text.end(), [](char c) {
           return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
         });
}

void check_choice(const Choice& choice) {
  const FoundTags& tags = choice.tags;
  for (const std::string* text :
       {&tags.artist, &tags.title, &tags.album, &tags.album_artist, &tags.track, &tags.disc, &tags.date,
        &tags.recording_id, &tags.release_id, &tags.acoustid_id})
    require(is_clean(*text), "what is written into tags is text");
  require(choice.score >= 0 && choice.score <= 1, "a score is a share");
  if (choice.status == ChoiceStatus::chosen)
    require(!tags.title.empty() && tags.recording_id.size() == 36 && tags.acoustid_id.size() == 36,
            "a recording that was chosen has a title and its ids");
  else
    require(tags == FoundTags{} && !choice.why.empty(), "one that was not has none, and a reason");
}

void run_lookup(std::string_view bytes) {
  try {
    const auto read = parse_acoustid_answer(bytes);
    if (const auto* refusal = std::get_if<AcoustidRefusal>(&read)) {
      require(refusal->code >= 0 && is_clean(refusal->message), "an error is a number and text");
      return;
    }
    const auto& answer = std::get<AcoustidAnswer>(read);
    require(answer.results.size() <= 10, "there are at most ten results");
    require(std::get<AcoustidAnswer>(parse_acoustid_answer(to_json(answer))) == answer,
            "an answer that was read can be kept and read again");
    check_choice(choose(answer, 213, {}));
    check_choice(choose(answer, 0, {"", "", "Album", "", "4", "", "1999", "", uuid, false}));
  } catch (const Error&) {
  }
}

/// Replaces each `@` by an id.
std::string with_ids(std::string json) {
  for (auto at = json.find('@'); at != std::string::npos; at = json.find('@')) json.replace(at, 1, uuid);
  return json;
}

std::vector<std::string> lookup_seeds() {
  const ArtistCredit credit = {{uuid, "A", " & "}, {uuid, "B", ""}};
  const ReleaseTrack track{4, uuid, "Title (edit)", credit};
  const Release release{uuid, "Album (deluxe)", "DE", {1999, 5, 17}, 24, 2, credit, {{1, 12, "CD", {track}}}};
  const ReleaseGroup group{uuid, "Album", "Album", {"Live"}, {}, {release, release}};
  const Recording recording{uuid, "Title", 213.4, 77, credit, {group}};
  return {to_json({{{uuid, 0.97, {recording, recording}}, {uuid, 0.5, {}}}}),
          // In the plain form; ids alone; an error.
          with_ids(R"({"status":"ok","results":[{"id":"@","score":1,"recordings":[{"id":"@","title":"\u00cds",
            "duration":213,"releasegroups":[{"id":"@","title":"Album","releases":[{"id":"@",
            "releaseevents":[{"country":"JP"}],"date":{"year":2004},
            "mediums":[{"position":1,"tracks":[{"id":"@","position":4}]}]}]}]}]}]})"),
          with_ids(R"({"results":[{"id":"@","score":0.95,"recordings":[{"id":"@"}]}],"status":"ok"})"),
          R"({"status":"error","error":{"code":14,"message":"rate limit exceeded"}})",
          R"({"status":"ok","results":)" + repeated(deep_levels, "[") + repeated(deep_levels, "]") + "}",
          repeated(deep_levels, "{\"results\":")};
}

}  // namespace

const Target lookup{"lookup", run_lookup, lookup_seeds};

}  // namespace echofold::fuzz
