// Omits what the reader takes from the enclosing object.
#include "engine/online/acoustid_answer_json.h"

#include <nlohmann/json.hpp>

namespace echofold {
namespace {

using Node = nlohmann::json;

Node node_of(const ArtistCredit& credit) {
  Node list = Node::array();
  for (const CreditedArtist& artist : credit) {
    Node node{{"id", artist.id}, {"name", artist.name}};
    if (!artist.join.empty()) node["joinphrase"] = artist.join;
    list.push_back(std::move(node));
  }
  return list;
}

void put_credit(Node& node, const ArtistCredit& credit, const ArtistCredit& further_out) {
  if (credit != further_out) node["artists"] = node_of(credit);
}

void put_text(Node& node, const char* name, const std::string& text, const std::string& further_out = {}) {
  if (text != further_out) node[name] = text;
}

void put_count(Node& node, const char* name, std::uint64_t count) {
  if (count > 0) node[name] = count;
}

Node node_of(const Medium& medium, const Release& release, const Recording& recording) {
  Node node;
  put_count(node, "position", medium.position);
  put_count(node, "track_count", medium.track_count);
  put_text(node, "format", medium.format);
  node["tracks"] = Node::array();
  for (const ReleaseTrack& track : medium.tracks) {
    Node of{{"id", track.id}, {"position", track.position}};
    put_text(of, "title", track.title, recording.title);
    put_credit(of, track.artists, release.artists);
    node["tracks"].push_back(std::move(of));
  }
  return node;
}

Node node_of(const Release& release, const ReleaseGroup& group, const Recording& recording) {
  Node node{{"id", release.id}};
  put_text(node, "title", release.title, group.title);
  put_text(node, "country", release.country);
  put_count(node, "track_count", release.track_count);
  put_count(node, "medium_count", release.medium_count);
  put_credit(node, release.artists, group.artists);
  if (release.date.year > 0) {
    Node date{{"year", release.date.year}};
    put_count(date, "month", release.date.month);
    put_count(date, "day", release.date.day);
    node["date"] = std::move(date);
  }
  for (const Medium& medium : release.mediums) node["mediums"].push_back(node_of(medium, release, recording));
  return node;
}

Node node_of(const ReleaseGroup& group, const Recording& recording) {
  Node node{{"id", group.id}};
  put_text(node, "title", group.title);
  put_text(node, "type", group.type);
  if (!group.secondary_types.empty()) node["secondarytypes"] = group.secondary_types;
  put_credit(node, group.artists, recording.artists);
  for (const Release& release : group.releases)
    node["releases"].push_back(node_of(release, group, recording));
  return node;
}

Node node_of(const Recording& recording) {
  Node node{{"id", recording.id}};
  put_text(node, "title", recording.title);
  if (recording.duration_s > 0) node["duration"] = recording.duration_s;
  put_count(node, "sources", recording.sources);
  put_credit(node, recording.artists, {});
  for (const ReleaseGroup& group : recording.groups)
    node["releasegroups"].push_back(node_of(group, recording));
  return node;
}

}  // namespace

std::string to_json(const AcoustidAnswer& answer) {
  Node results = Node::array();
  for (const AcoustidResult& result : answer.results) {
    Node node{{"id", result.id}, {"score", result.score}};
    for (const Recording& recording : result.recordings) node["recordings"].push_back(node_of(recording));
    results.push_back(std::move(node));
  }
  return Node{{"status", "ok"}, {"results", std::move(results)}}.dump();
}

}  // namespace echofold
