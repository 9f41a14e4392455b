// See tag_lookups.h.
#include "tools/stages/tag_lookups.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "engine/audio/fingerprinter.h"
#include "engine/online/look_up.h"

namespace echofold {
namespace {

std::int64_t unix_time_s() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

/// The tracks to look up: of several with the same key only the first.
std::vector<LookedUpTrack*> to_ask(std::vector<LookedUpTrack>& tracks) {
  std::vector<LookedUpTrack*> out;
  for (LookedUpTrack& track : tracks) {
    const auto same = [&](const LookedUpTrack* other) { return other->key == track.key; };
    if (!track.fingerprint.empty() && std::none_of(out.begin(), out.end(), same)) out.push_back(&track);
  }
  return out;
}

void share_answers(std::vector<LookedUpTrack>& tracks, const std::vector<LookedUpTrack*>& asked) {
  for (LookedUpTrack& track : tracks)
    for (const LookedUpTrack* first : asked) {
      if (track.fingerprint.empty() || first == &track || first->key != track.key) continue;
      track.answer = first->answer;
      track.failed = first->failed;
      track.why = first->why;
    }
}

}  // namespace

AcoustidSettings lookup_settings(const TagOptions& options) {
  AcoustidSettings settings;
  if (!options.acoustid_url.empty()) settings.http.url = options.acoustid_url;
  settings.key = options.acoustid_key;
  return settings;
}

TagLookups::TagLookups(Store& store, const TagOptions& options, const std::stop_token& stop)
    : store_(store), options_(options), stop_(stop) {
  cache_.max_age = std::chrono::days(options.lookup_age_days);
  cache_.max_age_without_result = std::min(cache_.max_age_without_result, cache_.max_age);
  cache_.any_age = options.offline;
  if (!options.offline) client_.emplace(lookup_settings(options));
}

std::vector<LookedUpTrack> TagLookups::of(std::span<const TrackId> tracks,
                                          const std::function<void(std::size_t)>& show) {
  std::vector<LookedUpTrack> out = gather(tracks);
  if (client_) {
    ask(out, show);
    return out;
  }
  for (LookedUpTrack& track : out)
    if (!track.fingerprint.empty()) track.why = "it was not looked up before, and --offline asks nobody";
  return out;
}

std::vector<LookedUpTrack> TagLookups::gather(std::span<const TrackId> tracks) const {
  std::vector<LookedUpTrack> out;
  const Snapshot snapshot = store_.snapshot();
  for (const TrackId id : tracks) {
    const auto record = snapshot.track(id);
    if (!record) continue;
    LookedUpTrack& track = out.emplace_back(LookedUpTrack{.track = *record});
    const Items items = snapshot.items(id);
    if (items.empty() || record->status != TrackStatus::fingerprinted) {
      track.why =
          record->failure.empty() ? "it is too short or too quiet for a fingerprint" : record->failure;
      continue;
    }
    track.key = lookup_key_of(items, record->properties.duration_s);
    if (!options_.refresh) track.answer = cached_answer(snapshot, track.key, unix_time_s(), cache_);
    if (!track.answer) track.fingerprint = lookup_fingerprint_text(items);
  }
  return out;
}

void TagLookups::ask(std::vector<LookedUpTrack>& tracks, const std::function<void(std::size_t)>& show) {
  const std::vector<LookedUpTrack*> asked = to_ask(tracks);
  if (asked.empty()) return;
  std::vector<LookupRequest> requests;
  requests.reserve(asked.size());
  for (const LookedUpTrack* track : asked) requests.push_back({track->fingerprint, track->key.duration_s});
  try {
    Lookups lookups = look_up(*client_, requests, show, stop_);
    if (lookups.given_up) given_up_ = lookups.given_up->what();
    for (std::size_t i = 0; i < asked.size(); ++i) {
      asked[i]->answer = std::move(lookups.outcomes[i].answer);
      if (const auto& failure = lookups.outcomes[i].failure) asked[i]->why = failure->what();
      asked[i]->failed = !asked[i]->answer;
    }
  } catch (const Error& e) {
    refused_ = e;  // the caller has to close its run before it throws
    given_up_ = e.what();
    return;
  }
  share_answers(tracks, asked);
  store_answers(asked);
}

void TagLookups::store_answers(const std::vector<LookedUpTrack*>& asked) const {
  const std::int64_t now_s = unix_time_s();
  store_.write([&](Writer& writer) {
    for (const LookedUpTrack* track : asked)
      if (track->answer) cache_answer(writer, track->key, *track->answer, now_s);
  });
}

}  // namespace echofold
