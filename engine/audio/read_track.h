// Reads from one open file all that echofold needs: properties, tags, quality, fingerprint.
//
// It knows no path, no store and no setting beyond its arguments, and its result is plain data. So it can run
// unchanged in a jailed child process.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

#include "engine/audio/listed_fact.h"
#include "index/model/fingerprint.h"
#include "index/model/record.h"
#include "index/model/speed_variants.h"

namespace echofold {

struct AudioTrack {
  AudioProperties properties;
  Tags tags;
  AudioQuality quality;
  AudioHashes hashes;
  FileContents contents;
  TrackStatus status = TrackStatus::fingerprinted;  ///< fingerprinted, too_short or silent; never failed
  std::vector<ListedFact> facts;                    ///< only with ReadSettings::list_contents
  std::vector<Item> items;  ///< raw TEST2 items, whole file or the first `limit`; empty when too short
  std::vector<VariantItems> variants;  ///< with ReadSettings::speed_percent
};

struct ReadSettings {
  std::chrono::seconds limit{0};  ///< fingerprint this much audio; zero means all of it
  /// Decode nothing: only the container, the tags and the payload's hash of the result are valid.
  bool payload_only = false;
  /// Seed of the payload's hash. A secret seed prevents files made to collide with another file's hash.
  std::uint64_t hash_seed = 0;
  /// Also fingerprint the first two minutes at speeds up to so much lower and higher. 0: don't.
  int speed_percent = 0;
  /// Decode, but measure nothing: only the facts of the result are valid (list_contents.h).
  bool list_contents = false;
};

/// Probes, decodes and fingerprints the best audio stream behind an open descriptor.
///
/// A frame that the codec rejects is skipped and counted: one damaged frame must not hide a readable track.
/// @param fd         open for reading and seekable; read with pread, neither closed nor moved
/// @param extension  lower case without the dot; only a hint for the tag reader, never trusted
/// @throws Error  Fault::io if unreadable, Fault::unsupported if there is no audio that libav can decode,
///                Fault::interrupted when `stop` is requested. Messages do not name the file: the caller does
/// Thread-safe: concurrent calls share no state.
AudioTrack read_track(int fd, std::string_view extension, const ReadSettings& settings = {},
                      const std::stop_token& stop = {});

/// read_track() itself, or a call through a Jail (engine/jail).
using TrackReader = std::function<AudioTrack(int fd, std::string_view extension, const ReadSettings& settings,
                                             const std::stop_token& stop)>;

/// The status of a track with these items: too_short, silent or fingerprinted.
TrackStatus status_of(Items items) noexcept;

}  // namespace echofold
