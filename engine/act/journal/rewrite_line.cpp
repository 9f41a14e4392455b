// Rewrites <-> JSON.
#include "engine/act/journal/rewrite_line.h"

#include <algorithm>

#include "engine/act/journal/journal_line.h"
#include "index/base/error.h"
#include "index/model/track_json.h"

namespace echofold {
namespace {

Json optional_tags(const std::optional<Tags>& tags) { return tags ? tags_json(*tags) : Json(nullptr); }

std::optional<Tags> optional_tags_from(const Json& object) {
  return object.is_null() ? std::nullopt : std::optional(get_tags(object));
}

/// Only digits are accepted, because the name becomes part of a path.
std::string plain_number(const Json& text) {
  auto name = text.get<std::string>();
  const bool plain =
      !name.empty() && std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!plain) throw Error(Fault::damaged, "the name of a delta is not a number");
  return name;
}

}  // namespace

Json to_json(const Rewrite& rewrite) {
  Json object{{"number", rewrite.number}, {"track", rewrite.track}};
  put_path(object, "path", rewrite.path);
  put_path(object, "keeper", rewrite.keeper);
  object["made_by"] = name_of(rewrite.kind);
  object["stamp"] = to_json(rewrite.stamp);
  object["mode"] = rewrite.mode;
  object["uid"] = rewrite.uid;
  object["gid"] = rewrite.gid;
  if (rewrite.far_mtime) object["mtime"] = to_json(*rewrite.far_mtime);
  return object;
}

Json to_json(const Prepared& prepared) {
  return {{"made", to_json(prepared.made)},
          {"before", prepared.before},
          {"after", prepared.after},
          {"delta", prepared.delta},
          {"tags_before", optional_tags(prepared.tags_before)},
          {"tags_after", optional_tags(prepared.tags_after)},
          {"attributes", attributes_json(prepared.attributes)}};
}

Rewrite rewrite_from_json(const Json& object) {
  Rewrite rewrite;
  rewrite.number = get_whole<std::uint64_t>(object, "number");
  rewrite.track = get_whole<TrackId>(object, "track");
  rewrite.path = get_path(object, "path");
  rewrite.keeper = get_path(object, "keeper");
  const auto kind = rewrite_kind(object.at("made_by").get<std::string>());
  if (!kind) throw Error(Fault::damaged, "a rewrite of an unknown kind");
  rewrite.kind = *kind;
  rewrite.stamp = stamp_from_json(object.at("stamp"));
  rewrite.mode = get_whole<std::uint32_t>(object, "mode");
  rewrite.uid = get_whole<std::uint32_t>(object, "uid");
  rewrite.gid = get_whole<std::uint32_t>(object, "gid");
  if (object.contains("mtime")) rewrite.far_mtime = file_time_from_json(object, "mtime");
  return rewrite;
}

Prepared prepared_from_json(const Json& object) {
  Prepared prepared;
  prepared.made = stamp_from_json(object.at("made"));
  prepared.before = object.at("before").get<std::string>();
  prepared.after = object.at("after").get<std::string>();
  prepared.delta = plain_number(object.at("delta"));
  prepared.tags_before = optional_tags_from(object.at("tags_before"));
  prepared.tags_after = optional_tags_from(object.at("tags_after"));
  prepared.attributes = attributes_from_json(object.at("attributes"));
  return prepared;
}

}  // namespace echofold
