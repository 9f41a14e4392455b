// open -> decode and fingerprint -> describe -> tags, in this order.
#include "engine/audio/read_track.h"

#include <algorithm>
#include <new>
#include <utility>

#include "engine/audio/decode.h"
#include "engine/audio/fingerprinter.h"
#include "engine/audio/input.h"
#include "engine/audio/level_meter.h"
#include "engine/audio/other_streams.h"
#include "engine/audio/probe.h"
#include "engine/audio/quality.h"
#include "engine/audio/signal_meter.h"
#include "engine/audio/stream_end.h"
#include "index/error.h"

namespace echofold {
namespace {

AudioTrack read_payload(int fd, std::string_view extension, std::uint64_t hash_seed,
                        const std::stop_token& stop) {
  Input input(fd, extension, stop);
  AudioTrack track;
  track.hashes = hash_payload(input, hash_seed);
  track.properties.container = input.format().iformat->name;
  track.contents = read_other_streams(input, fd, extension, true, hash_seed, stop);
  track.tags = read_tags(input, fd, stop, track.contents);
  return track;
}

AudioTrack read(int fd, std::string_view extension, const ReadSettings& settings,
                const std::stop_token& stop) {
  Input input(fd, extension, stop);
  Fingerprinter fingerprinter;
  SignalMeter meter;
  LevelMeter levels(Fingerprinter::rate_hz);
  const auto feed = [&](std::span<const std::int16_t> samples) {
    fingerprinter.feed(samples);
    levels.add(samples);
  };
  const Decoded decoded =
      decode_mono(input, settings.limit, Fingerprinter::rate_hz, feed, meter, settings.hash_seed);
  require_more_than_scraps(input, decoded);
  AudioTrack track;
  track.items = fingerprinter.finish();
  track.status = status_of(track.items);
  track.properties = describe(input, decoded);
  track.quality = measure_quality(input, decoded, meter);
  track.quality.level_curve = levels.curve();
  if (!track.quality.truncated && track.quality.frames_skipped == 0) track.hashes = decoded.hashes;
  track.contents = read_other_streams(input, fd, extension, decoded.whole, settings.hash_seed, stop);
  track.tags = read_tags(input, fd, stop, track.contents);
  return track;
}

}  // namespace

TrackStatus status_of(Items items) noexcept {
  if (items.empty()) return TrackStatus::too_short;
  const bool silent = std::all_of(items.begin(), items.end(), [](Item item) { return item == silence_item; });
  return silent ? TrackStatus::silent : TrackStatus::fingerprinted;
}

AudioTrack read_track(int fd, std::string_view extension, const ReadSettings& settings,
                      const std::stop_token& stop) {
  try {
    AudioTrack track = settings.payload_only ? read_payload(fd, extension, settings.hash_seed, stop)
                                             : read(fd, extension, settings, stop);
    if (stop.stop_requested())
      throw Error(Fault::interrupted, "stopped on request");  // tags may be half read
    return track;
  } catch (const std::bad_alloc&) {
    throw Error(Fault::unsupported, "reading it takes more memory than there is");
  }
}

}  // namespace echofold
