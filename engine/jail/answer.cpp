// A sealed record as in the store, followed by the items; what was heard, sealed as in the store; nothing more; a part of
// a file; or an error as its kind and text.
#include "engine/jail/answer.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <initializer_list>
#include <utility>

#include "engine/audio/text.h"
#include "index/base/bytes.h"
#include "index/model/record.h"

namespace echofold {
namespace {

constexpr std::uint8_t answer_version = 4;
const std::string answer_name = "the answer of the decoding process";
constexpr std::size_t longest_message = 1000;

enum class Kind : std::uint8_t { track, heard, shared, media, error };

void put_items(ByteWriter& to, Items items) {
  to.text({reinterpret_cast<const char*>(items.data()), items.size_bytes()});
}

void put_track(ByteWriter& to, const AudioTrack& track) {
  TrackRecord record;
  record.properties = track.properties;
  record.tags = track.tags;
  record.quality = track.quality;
  record.hashes = track.hashes;
  record.contents = track.contents;
  record.status = track.status;
  to.text(encode(record));
  put_items(to, track.items);
  to.number(static_cast<std::uint32_t>(track.variants.size()));
  for (const VariantItems& variant : track.variants) {
    to.number(static_cast<std::int16_t>(variant.steps));
    put_items(to, variant.items);
  }
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

std::vector<Item> take_items(ByteReader& from) {
  const std::string_view bytes = from.take(from.count(1));
  if (bytes.size() % sizeof(Item) != 0) throw Error(Fault::damaged, answer_name + " has a part of an item");
  std::vector<Item> items(bytes.size() / sizeof(Item));
  if (!bytes.empty()) std::memcpy(items.data(), bytes.data(), bytes.size());
  return items;
}

std::vector<VariantItems> take_variants(ByteReader& from) {
  constexpr std::size_t least_bytes = sizeof(std::int16_t) + sizeof(std::uint32_t);
  std::vector<VariantItems> variants(from.count(least_bytes));
  int last = -most_variant_steps - 1;
  for (VariantItems& variant : variants) {
    variant.steps = from.number<std::int16_t>();
    if (variant.steps == 0 || variant.steps <= last || variant.steps > most_variant_steps)
      throw Error(Fault::damaged, answer_name + " has a speed that no variant has");
    last = variant.steps;
    variant.items = take_items(from);
  }
  return variants;
}

AudioTrack take_track(ByteReader& from) {
  TrackRecord record = decode_track(from.text(), answer_name);
  AudioTrack track;
  track.items = take_items(from);
  track.variants = take_variants(from);
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

/// Far beyond what any music has.
constexpr double longest_s = 24.0 * 24 * 60 * 60, most_db = 1000, most_strength = 1e6, highest_hz = 1e6,
                 most_kbps = 1e6, most_steps = 1e6, lowest_speed = 0.5;

/// False if one is not a number.
bool within(double least, double most, std::initializer_list<double> values) noexcept {
  return std::all_of(values.begin(), values.end(),
                     [&](double value) { return value >= least && value <= most; });
}

bool is_sane(const HeardBurst& burst) noexcept {
  return within(0, longest_s, {burst.start_s, burst.length_s}) && within(0, most_strength, {burst.strength});
}

bool are_sane(const std::vector<HeardBurst>& bursts) noexcept {
  const auto is_stronger = [](const HeardBurst& a, const HeardBurst& b) { return a.strength > b.strength; };
  return bursts.size() <= Heard::most_bursts &&
         std::all_of(bursts.begin(), bursts.end(), [](const HeardBurst& burst) { return is_sane(burst); }) &&
         std::is_sorted(bursts.begin(), bursts.end(), is_stronger);
}

bool is_sane(const Heard& heard) noexcept {
  return within(-longest_s, longest_s, {heard.offset_s, heard.fade_in_s, heard.fade_out_s}) &&
         within(lowest_speed, 1 / lowest_speed, {heard.speed}) &&
         within(0, longest_s,
                {heard.compared_s, heard.head_a_s, heard.head_b_s, heard.tail_a_s, heard.tail_b_s,
                 heard.equal_s, heard.rounded_s}) &&
         within(0, highest_hz, {static_cast<double>(heard.rate_hz), heard.limit_a_hz, heard.limit_b_hz}) &&
         within(0, 1, {heard.residual, heard.treble_residual}) &&
         within(0, most_strength, {heard.usual_strength}) && within(0, most_kbps, {heard.equal_kbps}) &&
         within(0, most_steps, {heard.difference_rms, heard.difference_max}) &&
         within(-most_db, most_db,
                {heard.gain_db, heard.gain_drop_db, heard.gain_rise_db, heard.bass_db, heard.treble_db,
                 heard.equaliser_db, heard.treble_difference_db, heard.width_db, heard.range_db,
                 heard.level_slope}) &&
         are_sane(heard.bursts);
}

/// The process does not know which payloads it has: its key is empty, and the program has the real one.
constexpr HeardKey no_key{};

Heard take_heard(ByteReader& from) {
  Heard heard = decode_heard(no_key, from.text());
  if (!is_sane(heard)) throw Error(Fault::damaged, answer_name + " has a number that no music has");
  return heard;
}

void put_media(ByteWriter& to, const Media& media) {
  to.text(media.bytes);
  to.number(media.columns);
  to.number(media.channels);
  to.number(media.duration_s);
  to.number(media.start_s);
  to.number(media.loudness);
}

Media take_media(ByteReader& from) {
  Media media;
  media.bytes = from.text();
  media.columns = from.number<std::uint32_t>();
  media.channels = from.number<std::uint32_t>();
  media.duration_s = from.number<double>();
  media.start_s = from.number<double>();
  media.loudness = from.number<double>();
  return media;
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
  } else if (const Heard* heard = std::get_if<Heard>(&answer.outcome)) {
    to.number(Kind::heard);
    to.text(encode(no_key, *heard));
  } else if (std::holds_alternative<SharedFrames>(answer.outcome)) {
    to.number(Kind::shared);
  } else if (const Media* media = std::get_if<Media>(&answer.outcome)) {
    to.number(Kind::media);
    put_media(to, *media);
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
  switch (from.choice(Kind::error)) {
    case Kind::track:
      answer.outcome = take_track(from);
      break;
    case Kind::heard:
      answer.outcome = take_heard(from);
      break;
    case Kind::shared:
      answer.outcome = SharedFrames{};
      break;
    case Kind::media:
      answer.outcome = take_media(from);
      break;
    case Kind::error:
      answer.outcome = take_error(from);
      break;
  }
  from.finish();
  return answer;
}

}  // namespace echofold
