// What the library knows about the files it has seen, as one compact table in memory: enough to recognise an
// unchanged file without opening it or reading the store.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "index/model/record.h"
#include "index/store/store.h"

namespace echofold {

struct KnownTrack {
  TrackId id = 0;
  Stamp stamp;
  Hash128 payload;            ///< AudioHashes::payload; unknown for an imported track
  std::uint64_t path_at = 0;  ///< in the table's text
  std::uint32_t path_bytes = 0;
  float duration_s = 0;
  TrackStatus status = TrackStatus::fingerprinted;
  TrackPlace place = TrackPlace::present;
  bool has_links = false;
  /// its unchanged file must be read again: an older version measured less, or it lacks variants
  bool outdated = false;
  bool lacks_variants = false;  ///< for the speeds that the scan asks for
  bool seen = false;            ///< the caller sets it when it finds a name of the file
};

/// About 180 bytes per track. Lookups take no lock and change nothing.
class KnownTracks {
 public:
  using Number = std::uint32_t;  ///< index of a track in this table

  KnownTracks() = default;
  /// Reads every record once. The snapshot may be released afterwards.
  /// @param remeasure      tracks that an older version measured less of become `outdated`, and cannot be found by
  ///                       payload
  /// @param speed_percent  so do tracks whose variants do not reach so far; 0: none
  /// @throws Error Fault::damaged
  explicit KnownTracks(const Snapshot& snapshot, bool remeasure = false, int speed_percent = 0);

  std::size_t size() const noexcept { return tracks_.size(); }
  KnownTrack& operator[](Number number) { return tracks_[number]; }
  const KnownTrack& operator[](Number number) const { return tracks_[number]; }
  std::string_view path(const KnownTrack& track) const noexcept {
    return std::string_view(text_).substr(track.path_at, track.path_bytes);
  }

  /// Why a track of status `failed` failed.
  const std::string& failure(Number number) const { return failures_.at(number); }

  std::optional<Number> find_path(std::string_view path) const;
  /// A track with exactly this stamp (imports have none) for which `fits` returns true.
  template <class Fits>
  std::optional<Number> find_stamp(const Stamp& stamp, const Fits& fits) const {
    for (std::size_t slot = stamp_slot(stamp); by_stamp_[slot] != empty; slot = (slot + 1) & mask_)
      if (const Number number = by_stamp_[slot]; tracks_[number].stamp == stamp && fits(tracks_[number]))
        return number;
    return std::nullopt;
  }

  /// The first track with this payload for which `fits` returns true.
  template <class Fits>
  std::optional<Number> find_payload(const Hash128& payload, const Fits& fits) const {
    for (Number number = by_payload_[payload.low & mask_]; number != empty; number = next_of_payload_[number])
      if (tracks_[number].payload == payload && fits(tracks_[number])) return number;
    return std::nullopt;
  }
  Number number_of(const KnownTrack& track) const noexcept {
    return static_cast<Number>(&track - tracks_.data());
  }

 private:
  static constexpr Number empty = ~Number{0};
  void add(const TrackRecord& record, bool remeasure, bool lacks_variants);
  void build_tables();
  std::size_t path_slot(std::string_view path) const noexcept;
  std::size_t stamp_slot(const Stamp& stamp) const noexcept;

  std::vector<KnownTrack> tracks_;
  std::string text_;  ///< all paths, concatenated
  std::unordered_map<Number, std::string> failures_;
  std::vector<Number> by_path_{empty}, by_stamp_{empty};  ///< open addressing, at most half full
  std::vector<Number> by_payload_{empty};                 ///< the first track in each slot's chain
  std::vector<Number> next_of_payload_;                   ///< the next track in that chain
  std::size_t mask_ = 0;
};

}  // namespace echofold
