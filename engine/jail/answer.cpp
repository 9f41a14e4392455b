// A sealed record as in the store, followed by the items; or an error as its kind and text.
#include "engine/jail/answer.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

#include "engine/audio/text.h"
#include "index/base/bytes.h"
#include "index/model/record.h"

namespace echofold {
namespace {

constexpr std::uint8_t answer_version = 2;
const std::string answer_name = "the answer of the decoding process";
constexpr std::size_t longest_message = 1000;

enum class Kind : std::uint8_t { track, error };

void put_track(ByteWriter& to, const AudioTrack& track) {
  TrackRecord record;
  record.properties = track.properties;
  record.tags = track.tags;
  record.quality = track.quality;
  record.hashes = track.hashes;
  record.contents = track.contents;
  record.status = track.status;
  to.text(encode(record));
  to.text({reinterpret_cast<const char*>(track.items.data()), track.items.size() * sizeof(Item)});
  to.number(static_cast<std::uint32_t>(track.facts.size()));
  for (const ListedFact& fact : track.facts) {
    to.text(fact.name);
    to.text(fact.value);
  }
}

void sanitise(std::string& text) { text = clean_text(text); }

/// Makes texts valid for every output, and numbers finite.
void sanitise(AudioTrack& track) {
  for (std::string* text :
       {&track.properties.container, &track.properties.codec, &track.tags.artist, &track.tags.title,
        &track.tags.album, &track.tags.album_artist, &track.tags.track, &track.tags.disc, &track.tags.date,
        &track.tags.acoustid_id, &track.tags.musicbrainz_recording_id})
    sanitise(*text);
  AudioQuality& quality = track.quality;
  for (double* number : {&track.properties.duration_s, &quality.header_duration_s, &quality.edge_db,
                         &quality.floor_db, &quality.floor_spread_db, &quality.cliff_share})
    if (!std::isfinite(*number)) *number = 0;
  track.properties.duration_s = std::max(track.properties.duration_s, 0.0);
}

AudioTrack take_track(ByteReader& from) {
  TrackRecord record = decode_track(from.text(), answer_name);
  const std::string_view bytes = from.take(from.count(1));
  if (bytes.size() % sizeof(Item) != 0) throw Error(Fault::damaged, answer_name + " has a part of an item");
  AudioTrack track;
  track.items.resize(bytes.size() / sizeof(Item));
  if (!bytes.empty()) std::memcpy(track.items.data(), bytes.data(), bytes.size());
  constexpr std::size_t smallest_fact_bytes = 8;  // two lengths
  track.facts.resize(from.count(smallest_fact_bytes));
  for (ListedFact& fact : track.facts) {
    fact.name = clean_text(from.text());
    fact.value = clean_text(from.text());
  }
  track.properties = std::move(record.properties);
  track.tags = std::move(record.tags);
  track.quality = std::move(record.quality);
  track.hashes = record.hashes;
  track.contents = record.contents;
  track.status = status_of(track.items);
  sanitise(track);
  return track;
}

/// Accepts only faults of a single file: no decoder may stop the run.
Error take_error(ByteReader& from) {
  const bool of_reading = from.flag();
  const std::string message = clean_text(from.text().substr(0, longest_message));
  return {of_reading ? Fault::io : Fault::unsupported, message.empty() ? "it can't be decoded" : message};
}

}  // namespace

std::string encode(const JailAnswer& answer) {
  ByteWriter to(answer_version);
  to.flag(answer.confinement.no_new_privileges);
  to.flag(answer.confinement.landlock);
  to.flag(answer.confinement.seccomp);
  if (const AudioTrack* track = std::get_if<AudioTrack>(&answer.outcome)) {
    to.number(Kind::track);
    put_track(to, *track);
  } else {
    const Error& error = std::get<Error>(answer.outcome);
    to.number(Kind::error);
    to.flag(error.fault() != Fault::unsupported && error.fault() != Fault::damaged);
    to.text(error.what());
  }
  return to.seal();
}

JailAnswer decode_answer(std::string_view bytes) {
  ByteReader from(bytes, answer_version, answer_name);
  JailAnswer answer{{from.flag(), from.flag(), from.flag()}, AudioTrack{}};
  if (from.choice(Kind::error) == Kind::track)
    answer.outcome = take_track(from);
  else
    answer.outcome = take_error(from);
  from.finish();
  return answer;
}

}  // namespace echofold
