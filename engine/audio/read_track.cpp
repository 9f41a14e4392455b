// In this order: open, decode and fingerprint, describe, read tags.
#include "engine/audio/read_track.h"

#include <algorithm>
#include <new>
#include <utility>

#include "engine/audio/decode.h"
#include "engine/audio/fingerprinter.h"
#include "engine/audio/input.h"
#include "engine/audio/level_meter.h"
#include "engine/audio/list_contents.h"
#include "engine/audio/other_streams.h"
#include "engine/audio/probe.h"
#include "engine/audio/probe_tags.h"
#include "engine/audio/quality.h"
#include "engine/audio/signal_meter.h"
#include "engine/audio/stream_end.h"
#include "engine/audio/variant_maker.h"
#include "index/base/error.h"

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

/// Fingerprinters and level meter for one mix.
class MixFingerprinter {
 public:
  explicit MixFingerprinter(const ReadSettings& settings) : variants_(settings.speed_percent) {}

  Decoded decode(Input& input, const ReadSettings& settings, SignalMeter& meter, MixChoice mix = {}) {
    const auto feed = [&](std::span<const std::int16_t> samples) {
      fingerprinter_.feed(samples);
      variants_.feed(samples);
      levels_.add(samples);
    };
    return decode_mono(input, settings.limit, Fingerprinter::rate_hz, feed, meter, settings.hash_seed, mix);
  }
  void finish(AudioTrack& track) {
    track.items = fingerprinter_.finish();
    track.variants = variants_.finish();
  }
  const LevelMeter& levels() const noexcept { return levels_; }

 private:
  Fingerprinter fingerprinter_;
  VariantMaker variants_;
  LevelMeter levels_{Fingerprinter::rate_hz};
};

/// Decodes once more if the channels cancel each other out, which few files' do.
void try_other_mix(int fd, std::string_view extension, const ReadSettings& settings,
                   const std::stop_token& stop, MixChoice mix, const LevelMeter& mono, AudioTrack& track) {
  Input input(fd, extension, stop);
  SignalMeter meter;
  MixFingerprinter other(settings);
  other.decode(input, settings, meter, mix);
  if (!is_better(mix.mix, other.levels(), mono)) return;
  other.finish(track);
  track.quality.level_curve = other.levels().curve();
  track.quality.mix = mix.mix;
}

AudioTrack read(int fd, std::string_view extension, const ReadSettings& settings,
                const std::stop_token& stop) {
  Input input(fd, extension, stop);
  SignalMeter meter(coding_of(input));
  MixFingerprinter mono(settings);
  const Decoded decoded = mono.decode(input, settings, meter);
  require_enough_decoded(input, decoded);
  AudioTrack track;
  mono.finish(track);
  track.properties = describe(input, decoded);
  track.quality = measure_quality(input, decoded, meter);
  track.quality.level_curve = mono.levels().curve();
  if (const auto mix = mix_to_try(meter.channels(), mono.levels()))
    try_other_mix(fd, extension, settings, stop, *mix, mono.levels(), track);
  track.status = status_of(track.items);
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
    if (settings.list_contents) {
      AudioTrack listed;
      listed.facts = list_contents(fd, extension, stop);
      return listed;
    }
    AudioTrack track = settings.payload_only ? read_payload(fd, extension, settings.hash_seed, stop)
                                             : read(fd, extension, settings, stop);
    if (stop.stop_requested())
      throw Error(Fault::interrupted, "stopped on request");  // tags may be incomplete
    return track;
  } catch (const std::bad_alloc&) {
    throw Error(Fault::unsupported, "reading it takes more memory than there is");
  }
}

}  // namespace echofold
