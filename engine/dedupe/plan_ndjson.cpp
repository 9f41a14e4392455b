// Plan <-> NDJSON. A plan that is read may have been changed on disk or by other programs: nothing in it is trusted.
#include "engine/dedupe/plan_ndjson.h"

#include <fmt/format.h>

#include <array>
#include <set>
#include <string_view>

#include "engine/dedupe/heard_fields.h"
#include "engine/dedupe/quality_signs.h"
#include "index/base/error.h"
#include "index/base/json.h"
#include "index/base/rounding.h"
#include "index/model/track_json.h"

namespace echofold {
namespace {

constexpr std::string_view schema = "echofold.group/1";
constexpr std::size_t longest_line_bytes = std::size_t{256} << 20;  // a group of 100,000 copies

constexpr Relation relations[] = {Relation::same_recording, Relation::remaster,     Relation::edit,
                                  Relation::version,        Relation::insufficient, Relation::unrelated};
constexpr Band bands[] = {Band::automatic, Band::review, Band::related, Band::none};
constexpr Action actions[] = {Action::move, Action::review, Action::none};

Json keep_json(const PlanGroup& group) {
  Json keep;
  put_path(keep, "path", group.keep.track.path);
  keep["why"] = group.why;
  keep["new"] = group.keep.is_new;
  put_track_fields(keep, group.keep.track, sign_texts(group.keep.track));
  return keep;
}

Json drop_json(const PlanDrop& drop) {
  Json out;
  put_path(out, "path", drop.file.track.path);
  out["similarity"] = similarity_out(drop.similarity);
  out["relation"] = name_of(drop.relation);
  out["band"] = name_of(drop.band);
  out["action"] = name_of(drop.action);
  out["why"] = drop.why;
  out["rank"] = drop.rank;
  out["offset_s"] = rounded(drop.offset_s, 3);
  out["exact"] = drop.exact ? Json("audio") : Json(nullptr);
  out["new"] = drop.file.is_new;
  out["speed"] = rounded(drop.speed, 5);
  out["heard"] = drop.heard ? heard_fields(*drop.heard) : Json(nullptr);
  put_track_fields(out, drop.file.track, sign_texts(drop.file.track));
  return out;
}

const Json& require(const Json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end()) throw Error(Fault::usage, fmt::format("there is no \"{}\"", name));
  return *found;
}

std::string require_text(const Json& object, const char* name) {
  const Json& field = require(object, name);
  if (!field.is_string()) throw Error(Fault::usage, fmt::format("\"{}\" is not a string", name));
  return field.get<std::string>();
}

double require_number(const Json& object, const char* name) {
  const Json& field = require(object, name);
  if (!field.is_number()) throw Error(Fault::usage, fmt::format("\"{}\" is not a number", name));
  return field.get<double>();
}

template <class Enum, std::size_t size>
Enum require_name(const Json& object, const char* name, const Enum (&values)[size]) {
  const std::string text = require_text(object, name);
  for (const Enum value : values)
    if (name_of(value) == text) return value;
  throw Error(Fault::usage, fmt::format("\"{}\" is not a value of \"{}\"", text, name));
}

/// Plans of older versions lack it.
bool is_new(const Json& object) {
  const auto found = object.find("new");
  return found != object.end() && *found == true;
}

PlanDrop read_drop(const Json& object) {
  if (!object.is_object()) throw Error(Fault::usage, "\"drop\" holds something that is not an object");
  PlanDrop drop;
  drop.file.track = get_track(object);
  drop.similarity = require_number(object, "similarity");
  drop.relation = require_name(object, "relation", relations);
  drop.band = require_name(object, "band", bands);
  drop.action = require_name(object, "action", actions);
  drop.why = require_text(object, "why");
  if (object.contains("rank")) drop.rank = get_whole<std::uint32_t>(object, "rank");
  drop.file.is_new = is_new(object);
  if (object.contains("exact")) drop.exact = object.at("exact") == "audio";
  if (object.contains("offset_s")) drop.offset_s = require_number(object, "offset_s");
  if (object.contains("speed")) drop.speed = require_number(object, "speed");
  return drop;
}

PlanGroup read_group(const Json& object) {
  if (require_text(object, "schema") != schema)
    throw Error(Fault::usage, fmt::format("not a plan: the schema is not \"{}\"", schema));
  PlanGroup group;
  group.number = get_whole<std::uint32_t>(object, "group");
  const Json& keep = require(object, "keep");
  if (!keep.is_object()) throw Error(Fault::usage, "\"keep\" is not an object");
  group.keep.track = get_track(keep);
  group.why = require_text(keep, "why");
  group.keep.is_new = is_new(keep);
  const Json& drops = require(object, "drop");
  if (!drops.is_array()) throw Error(Fault::usage, "\"drop\" is not an array");
  for (const Json& drop : drops) group.drops.push_back(read_drop(drop));
  return group;
}

/// What must hold across the lines of one plan.
class PlanReader {
 public:
  void read_line(std::string_view line) {
    const Json object = parse_object(line);
    PlanGroup group = read_group(object);
    take_library(require_text(object, "library"));
    name_once(group.keep.track.path);
    for (const PlanDrop& drop : group.drops) name_once(drop.file.track.path);
    plan_.groups.push_back(std::move(group));
  }

  Plan take() { return std::move(plan_); }

 private:
  void take_library(const std::string& library) {
    if (!plan_.groups.empty() && plan_.library_id != library)
      throw Error(Fault::usage, "the plan mixes groups of two libraries");
    plan_.library_id = library;
  }

  void name_once(const std::string& path) {
    if (!paths_.insert(path).second) throw Error(Fault::usage, "the plan names a file twice: " + path);
  }

  Plan plan_;
  std::set<std::string> paths_;
};

/// As std::getline, but reads no more than the longest permitted line.
/// @throws Error Fault::usage for a longer one
bool next_line(std::istream& in, std::string& line, std::uint64_t number) {
  line.clear();
  std::array<char, std::size_t{1} << 16> piece{};
  while (in.getline(piece.data(), piece.size()) || in.gcount() > 0) {
    const auto got = static_cast<std::size_t>(in.gcount());
    const bool whole = !in.fail() && !in.eof();  // the newline is counted, but not stored
    line.append(piece.data(), whole ? got - 1 : got);
    if (line.size() > longest_line_bytes)
      throw Error(Fault::usage, fmt::format("line {} of the plan is too long: more than {} MB", number,
                                            longest_line_bytes >> 20));
    if (whole || in.eof()) return true;
    in.clear(in.rdstate() & ~std::ios::failbit);
  }
  return false;
}

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r") == std::string_view::npos; }

}  // namespace

std::string group_to_line(const PlanGroup& group, const std::string& library_id) {
  Json object;
  object["schema"] = schema;
  object["group"] = group.number;
  object["keep"] = keep_json(group);
  Json& drops = object["drop"] = Json::array();
  for (const PlanDrop& drop : group.drops) drops.push_back(drop_json(drop));
  object["library"] = library_id;
  return to_line(object);
}

Plan read_plan(std::istream& in) {
  PlanReader reader;
  std::string line;
  for (std::uint64_t number = 1; next_line(in, line, number); ++number) {
    if (is_blank(line)) continue;
    try {
      reader.read_line(line);
    } catch (const Error& e) {
      throw Error(e.fault(), fmt::format("line {} of the plan: {}", number, e.what()));
    }
  }
  if (in.bad()) throw Error(Fault::io, "the plan could not be read to its end");
  return reader.take();
}

}  // namespace echofold
