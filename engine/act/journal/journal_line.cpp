// Writes and reads the lines of a journal with their checksums.
#include "engine/act/journal/journal_line.h"

#include <xxhash.h>

#include <cstdio>

#include "engine/act/files/empty_folder.h"
#include "engine/act/files/folder_times.h"
#include "engine/act/journal/move_step.h"
#include "index/base/error.h"

namespace echofold {
namespace {

constexpr std::string_view sum_opens = ",\"sum\":\"";
constexpr std::string_view sum_closes = "\"}";
constexpr std::size_t sum_digits = 16;
constexpr std::size_t tail_bytes = sum_opens.size() + sum_digits + sum_closes.size();

std::string hex_sum(std::string_view text) {
  char digits[sum_digits + 1];
  std::snprintf(digits, sizeof digits, "%016llx",
                static_cast<unsigned long long>(XXH3_64bits(text.data(), text.size())));
  return {digits, sum_digits};
}

std::string bytes_from(const Json& text) {
  auto bytes = from_base64(text.get<std::string>());
  if (!bytes) throw Error(Fault::damaged, "an extended attribute is not base64");
  return *std::move(bytes);
}

}  // namespace

std::string seal(const Json& object) {
  std::string line = to_line(object);
  line.pop_back();  // the closing brace: the sum becomes the last member
  const std::string sum = hex_sum(line);
  return line.append(sum_opens).append(sum).append(sum_closes).append("\n");
}

std::optional<Json> unseal(std::string_view line) {
  if (line.size() <= tail_bytes) return std::nullopt;
  const std::string_view body = line.substr(0, line.size() - tail_bytes);
  const std::string tail = std::string(sum_opens) + hex_sum(body) + std::string(sum_closes);
  if (line.substr(body.size()) != tail) return std::nullopt;
  try {
    return parse_object(std::string(body) + "}");
  } catch (const Error&) {
    return std::nullopt;
  }
}

Json to_json(const Stamp& stamp) {
  return {{"device", stamp.device},
          {"inode", stamp.inode},
          {"size_bytes", stamp.size_bytes},
          {"mtime_ns", stamp.mtime_ns}};
}

Json to_json(const FileTime& time) {
  if (const auto ns = ns_of(time)) return *ns;
  return Json::array({time.seconds, time.ns});
}

FileTime file_time_from_json(const Json& object, const std::string& name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_array())
    return file_time_of_ns(get_whole<std::int64_t>(object, name));
  if (found->size() != 2) throw Error(Fault::damaged, name + " is not a time");
  const FileTime time{whole_number<std::int64_t>(found->at(0), name),
                      whole_number<std::int64_t>(found->at(1), name)};
  if (time.ns < 0 || time.ns >= ns_per_second) throw Error(Fault::damaged, name + " is not a time");
  return time;
}

Json attributes_json(const Attributes& attributes) {
  Json list = Json::array();
  for (const auto& [name, value] : attributes)
    list.push_back({{"name", to_base64(name)}, {"value", to_base64(value)}});
  return list;
}

Attributes attributes_from_json(const Json& list) {
  Attributes attributes;
  for (const Json& attribute : list)
    attributes.emplace_back(bytes_from(attribute.at("name")), bytes_from(attribute.at("value")));
  return attributes;
}

Json to_json(const Move& move) {
  Json object{{"number", move.number}, {"track", move.track}};
  // In a journal, a move without a purpose sets a file aside: old versions knew no other moves.
  if (move.purpose == MovePurpose::rename) object["purpose"] = "rename";
  put_path(object, "from", move.from);
  put_path(object, "to", move.to);
  put_path(object, "keeper", move.keeper);
  put_path(object, "root", move.root);
  if (!move.goes_with.empty()) put_path(object, "goes_with", move.goes_with);
  if (!move.link_of.empty()) put_path(object, "link_of", move.link_of);
  object["stamp"] = to_json(move.stamp);
  object["mode"] = move.mode;
  object["uid"] = move.uid;
  object["gid"] = move.gid;
  if (move.far_mtime) object["mtime"] = to_json(*move.far_mtime);
  if (!move.attributes.empty()) object["attributes"] = attributes_json(move.attributes);
  return object;
}

Json to_json(const FolderTime& time) {
  Json object = Json::object();
  put_path(object, "path", time.path);
  object["before_ns"] = to_json(time.before);
  object["after_ns"] = to_json(time.after);
  object["ours"] = time.ours;
  return object;
}

Json to_json(const RemovedFolder& folder) {
  Json object = Json::object();
  put_path(object, "path", folder.path);
  object["mode"] = folder.mode;
  object["uid"] = folder.uid;
  object["gid"] = folder.gid;
  return object;
}

Stamp stamp_from_json(const Json& object) {
  return {get_whole<std::uint64_t>(object, "device"), get_whole<std::uint64_t>(object, "inode"),
          get_whole<std::uint64_t>(object, "size_bytes"), get_whole<std::int64_t>(object, "mtime_ns")};
}

Move move_from_json(const Json& object) {
  Move move;
  move.number = get_whole<std::uint64_t>(object, "number");
  move.track = get_whole<TrackId>(object, "track");
  if (object.contains("purpose")) {
    if (object.at("purpose") != "rename") throw Error(Fault::damaged, "a move of an unknown purpose");
    move.purpose = MovePurpose::rename;
  }
  move.from = get_path(object, "from");
  move.to = get_path(object, "to");
  move.keeper = get_path(object, "keeper");
  move.root = get_path(object, "root");
  if (object.contains("goes_with") || object.contains("goes_with_base64"))
    move.goes_with = get_path(object, "goes_with");
  if (object.contains("link_of") || object.contains("link_of_base64"))
    move.link_of = get_path(object, "link_of");
  move.stamp = stamp_from_json(object.at("stamp"));
  move.mode = get_whole<std::uint32_t>(object, "mode");
  move.uid = get_whole<std::uint32_t>(object, "uid");
  move.gid = get_whole<std::uint32_t>(object, "gid");
  if (object.contains("mtime")) move.far_mtime = file_time_from_json(object, "mtime");
  if (object.contains("attributes")) move.attributes = attributes_from_json(object.at("attributes"));
  return move;
}

FolderTime folder_time_from_json(const Json& object) {
  return {get_path(object, "path"), file_time_from_json(object, "before_ns"),
          file_time_from_json(object, "after_ns"), object.at("ours").get<bool>()};
}

RemovedFolder removed_folder_from_json(const Json& object) {
  return {get_path(object, "path"), get_whole<std::uint32_t>(object, "mode"),
          get_whole<std::uint32_t>(object, "uid"), get_whole<std::uint32_t>(object, "gid")};
}

}  // namespace echofold
