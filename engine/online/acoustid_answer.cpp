// Each field is read as its type; a field of another type makes the whole answer invalid.
#include "engine/online/acoustid_answer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

#include "index/base/error.h"
#include "index/base/nesting.h"

namespace echofold {
namespace {

// Not the ordered JSON of index/base/json.h, which searches linearly for each key of an object.
using Node = nlohmann::json;

constexpr std::size_t most_bytes = std::size_t{4} << 20;
constexpr std::size_t longest_text = 4096;
constexpr std::size_t most_results = 10;

[[noreturn]] void refuse(const std::string& what) {
  throw Error(Fault::unsupported, "the answer of AcoustID makes no sense: " + what);
}

/// Null for a field that is missing or null.
const Node* field(const Node& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() || found->is_null() ? nullptr : &*found;
}

std::string text(const Node& object, const char* name) {
  const Node* node = field(object, name);
  if (node == nullptr) return {};
  if (!node->is_string()) refuse(std::string(name) + " is not text");
  std::string value = node->get<std::string>();
  if (value.size() > longest_text) refuse(std::string(name) + " is too long");
  for (char& c : value)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  return value;
}

std::string id(const Node& object) {
  std::string value = text(object, "id");
  const auto is_right = [&](std::size_t i) {
    char& c = value[i];
    if (i == 8 || i == 13 || i == 18 || i == 23) return c == '-';
    if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  };
  bool right = value.size() == 36;
  for (std::size_t i = 0; right && i < value.size(); ++i) right = is_right(i);
  if (!right) refuse("an id is not a UUID");
  return value;
}

std::uint64_t count(const Node& object, const char* name, std::uint64_t most) {
  const Node* node = field(object, name);
  if (node == nullptr) return 0;
  if (!node->is_number_unsigned() || node->get<std::uint64_t>() > most)
    refuse(std::string(name) + " is not a number from 0 to " + std::to_string(most));
  return node->get<std::uint64_t>();
}

unsigned small_count(const Node& object, const char* name) {
  return static_cast<unsigned>(count(object, name, 99'999));
}

/// Applies `read` to each object of the list; empty if there is no list.
template <class Read>
auto list(const Node& object, const char* name, const Read& read) {
  std::vector<decltype(read(object))> out;
  const Node* node = field(object, name);
  if (node == nullptr) return out;
  if (!node->is_array()) refuse(std::string(name) + " is not a list");
  for (const Node& element : *node) {
    if (!element.is_object()) refuse(std::string(name) + " holds something that is not an object");
    out.push_back(read(element));
  }
  return out;
}

ArtistCredit credit(const Node& object, const ArtistCredit& otherwise) {
  if (field(object, "artists") == nullptr) return otherwise;
  return list(object, "artists", [](const Node& artist) {
    return CreditedArtist{id(artist), text(artist, "name"), text(artist, "joinphrase")};
  });
}

std::string text_or(const Node& object, const char* name, const std::string& otherwise) {
  return field(object, name) == nullptr ? otherwise : text(object, name);
}

PartialDate date(const Node& object) {
  const Node* node = field(object, "date");
  if (node == nullptr) return {};
  if (!node->is_object()) refuse("date is not an object");
  PartialDate date{static_cast<unsigned>(count(*node, "year", 9999)),
                   static_cast<unsigned>(count(*node, "month", 12)),
                   static_cast<unsigned>(count(*node, "day", 31))};
  // A day without a month is useless.
  if (date.year == 0) date.month = 0;
  if (date.month == 0) date.day = 0;
  return date;
}

std::vector<std::string> texts(const Node& object, const char* name) {
  std::vector<std::string> out;
  const Node* node = field(object, name);
  if (node == nullptr) return out;
  if (!node->is_array()) refuse(std::string(name) + " is not a list");
  for (const Node& element : *node) out.push_back(text({{"of", element}}, "of"));
  return out;
}

/// What is omitted is the same as in the enclosing object: in a track as in its release, in a release as in its
/// group, in a group as in the recording. The title of a track is that of the recording.
class Reader {
 public:
  explicit Reader(const Node& node) : node_(node) {
    out_.id = id(node);
    out_.title = text(node, "title");
    out_.sources = count(node, "sources", std::numeric_limits<std::int32_t>::max());
    out_.artists = credit(node, {});
    if (const Node* duration = field(node, "duration")) {
      if (!duration->is_number()) refuse("duration is not a number");
      out_.duration_s = duration->get<double>();
      if (!(out_.duration_s >= 0 && out_.duration_s < 1e7)) refuse("duration is not a length of time");
    }
  }

  Recording run() {
    out_.groups = list(node_, "releasegroups", [&](const Node& node) { return group(node); });
    return std::move(out_);
  }

 private:
  ReleaseGroup group(const Node& node) const {
    ReleaseGroup group{id(node),
                       text(node, "title"),
                       text(node, "type"),
                       texts(node, "secondarytypes"),
                       credit(node, out_.artists),
                       {}};
    group.releases = list(node, "releases", [&](const Node& of) { return release(of, group); });
    return group;
  }

  Release release(const Node& node, const ReleaseGroup& group) const {
    Release release;
    release.id = id(node);
    release.title = text_or(node, "title", group.title);
    release.country = text(node, "country");
    release.date = date(node);
    release.track_count = small_count(node, "track_count");
    release.medium_count = small_count(node, "medium_count");
    release.artists = credit(node, group.artists);
    release.mediums = list(node, "mediums", [&](const Node& of) { return medium(of, release); });
    return release;
  }

  Medium medium(const Node& node, const Release& release) const {
    return {small_count(node, "position"), small_count(node, "track_count"), text(node, "format"),
            list(node, "tracks", [&](const Node& of) {
              return ReleaseTrack{small_count(of, "position"), id(of), text_or(of, "title", out_.title),
                                  credit(of, release.artists)};
            })};
  }

  const Node& node_;
  Recording out_;
};

AcoustidResult result(const Node& node) {
  AcoustidResult result;
  result.id = id(node);
  const Node* score = field(node, "score");
  if (score == nullptr || !score->is_number()) refuse("a result has no score");
  result.score = score->get<double>();
  // Some scores are slightly above 1.
  if (!(result.score >= 0 && result.score < 1.01)) refuse("a score is not from 0 to 1");
  result.score = std::min(result.score, 1.0);
  result.recordings = list(node, "recordings", [](const Node& of) { return Reader(of).run(); });
  return result;
}

AcoustidRefusal refusal(const Node& node) {
  const Node* error = field(node, "error");
  if (error == nullptr || !error->is_object()) refuse("it is an error without a reason");
  return {static_cast<int>(count(*error, "code", 999)), text(*error, "message")};
}

}  // namespace

std::string text_of(const ArtistCredit& credit) {
  std::string text;
  for (std::size_t i = 0; i < credit.size(); ++i) {
    text += credit[i].name + credit[i].join;
    if (i + 1 < credit.size() && credit[i].join.empty()) text += ", ";
  }
  return text;
}

std::variant<AcoustidAnswer, AcoustidRefusal> parse_acoustid_answer(std::string_view json) {
  if (json.size() > most_bytes) refuse("it is too long");
  try {
    require_shallow_json(json);
  } catch (const Error& e) {
    refuse(e.what());
  }
  const Node node = Node::parse(json.begin(), json.end(), nullptr, false);
  if (!node.is_object()) refuse("it is not JSON");
  const std::string status = text(node, "status");
  if (status == "error") return refusal(node);
  if (status != "ok" || field(node, "results") == nullptr) refuse("it is neither a result nor an error");
  AcoustidAnswer answer{list(node, "results", result)};
  if (answer.results.size() > most_results) answer.results.resize(most_results);
  return answer;
}

}  // namespace echofold
