// Three hash tables of indices into one array: half a million tracks fit into the memory of one decoded song.
#include "engine/library/known_tracks.h"

#include <algorithm>
#include <bit>
#include <functional>

namespace echofold {
namespace {

/// Whether an older version measured less. Includes silence, since cancelling channels were taken for it, and
/// failures, since the file may be readable now.
bool was_measured_less(const TrackRecord& record) noexcept {
  const AudioQuality& quality = record.quality;
  return !record.contents.known || (quality.spectrum_windows > 0 && quality.spectrum_curve.empty());
}

/// The tracks whose variants reach so far, ascending.
std::vector<TrackId> with_variants(const Snapshot& snapshot, int speed_percent) {
  std::vector<TrackId> ids;
  if (speed_percent == 0) return ids;
  snapshot.for_each_with_variants([&](TrackId id, std::uint32_t percent) {
    if (percent >= static_cast<std::uint32_t>(speed_percent)) ids.push_back(id);
  });
  return ids;
}

}  // namespace

KnownTracks::KnownTracks(const Snapshot& snapshot, bool remeasure, int speed_percent) {
  tracks_.reserve(snapshot.track_count());
  const std::vector<TrackId> complete = with_variants(snapshot, speed_percent);
  snapshot.for_each_track([&](const TrackRecord& record) {
    const bool lacks_variants = speed_percent > 0 && record.status == TrackStatus::fingerprinted &&
                                !std::binary_search(complete.begin(), complete.end(), record.id);
    add(record, remeasure, lacks_variants);
  });
  build_tables();
}

void KnownTracks::add(const TrackRecord& record, bool remeasure, bool lacks_variants) {
  KnownTrack track;
  track.id = record.id;
  track.stamp = record.stamp;
  const bool of_file = record.place != TrackPlace::imported;
  track.lacks_variants = of_file && lacks_variants;
  track.outdated = of_file && ((remeasure && was_measured_less(record)) || lacks_variants);
  if (of_file && !track.outdated) track.payload = record.hashes.payload;
  track.path_at = text_.size();
  track.path_bytes = static_cast<std::uint32_t>(record.path.size());
  track.duration_s = static_cast<float>(record.properties.duration_s);
  track.status = record.status;
  track.place = record.place;
  track.has_links = !record.link_paths.empty();
  if (track.status == TrackStatus::failed)
    failures_.emplace(static_cast<Number>(tracks_.size()), record.failure);
  tracks_.push_back(track);
  text_ += record.path;
}

void KnownTracks::build_tables() {
  const std::size_t slots = std::bit_ceil(tracks_.size() * 2 + 1);
  mask_ = slots - 1;
  by_path_.assign(slots, empty);
  by_stamp_.assign(slots, empty);
  by_payload_.assign(slots, empty);
  const auto file = [this](std::vector<Number>& table, std::size_t slot, Number number) {
    while (table[slot] != empty) slot = (slot + 1) & mask_;
    table[slot] = number;
  };
  for (Number number = 0; number < tracks_.size(); ++number) {
    const KnownTrack& track = tracks_[number];
    file(by_path_, path_slot(path(track)), number);
    if (track.stamp != Stamp{}) file(by_stamp_, stamp_slot(track.stamp), number);
  }
  // Many tracks may have the same payload; open addressing would then take quadratic time. Iterates backwards so that
  // the first track comes first in its chain.
  next_of_payload_.assign(tracks_.size(), empty);
  for (std::size_t number = tracks_.size(); number-- > 0;) {
    if (!tracks_[number].payload.known()) continue;
    Number& first = by_payload_[tracks_[number].payload.low & mask_];
    next_of_payload_[number] = first;
    first = static_cast<Number>(number);
  }
}

std::optional<KnownTracks::Number> KnownTracks::find_path(std::string_view wanted) const {
  // A new file may have the path of a track that is set aside or missing: the present track takes precedence.
  std::optional<Number> away;
  for (std::size_t slot = path_slot(wanted); by_path_[slot] != empty; slot = (slot + 1) & mask_) {
    const Number number = by_path_[slot];
    if (path(tracks_[number]) != wanted) continue;
    if (tracks_[number].place == TrackPlace::present) return number;
    if (!away) away = number;
  }
  return away;
}

std::size_t KnownTracks::path_slot(std::string_view path) const noexcept {
  return std::hash<std::string_view>{}(path)&mask_;
}

std::size_t KnownTracks::stamp_slot(const Stamp& stamp) const noexcept {
  // Inodes and times are consecutive: multiply (Fibonacci hashing) and take the upper half.
  const std::uint64_t mixed = (stamp.inode ^ stamp.device << 40) * 0x9e3779b97f4a7c15u ^
                              static_cast<std::uint64_t>(stamp.mtime_ns) * 0xc2b2ae3d27d4eb4fu ^
                              stamp.size_bytes;
  return (mixed * 0x9e3779b97f4a7c15u >> 32) & mask_;
}

}  // namespace echofold
