// Records of one recording in several formats, as measured or not.
#pragma once

#include <cstdint>
#include <string>

#include "index/model/record.h"

namespace echofold::test {

/// 16 bits, 44.1 kHz, stereo; nothing is measured, and it holds only music.
inline TrackRecord flac(const std::string& path) {
  TrackRecord track;
  track.id = 1;
  track.path = path;
  track.properties = {"flac", "flac", true, 900'000, 44'100, 16, 2, 200};
  track.stamp.mtime_ns = 1'000;
  track.contents.known = true;
  return track;
}

inline TrackRecord lossy(const std::string& codec, std::uint32_t kbps) {
  TrackRecord track = flac("/m/x." + codec);
  track.properties = {codec, codec, false, kbps * 1000, 44'100, 0, 2, 200};
  return track;
}

/// A FLAC whose measurements are those of one made from an MP3 with this cut-off.
inline TrackRecord transcode(std::uint32_t cutoff_hz) {
  TrackRecord track = flac("/m/fake.flac");
  track.quality.spectrum_windows = 500;
  track.quality.cutoff_hz = cutoff_hz;
  track.quality.edge_db = 50;
  track.quality.floor_db = -104;
  track.quality.floor_spread_db = 3;
  return track;
}

/// Sets the measured channels with sound.
inline TrackRecord with_channels(TrackRecord track, std::uint16_t channels, std::uint16_t sounding,
                                 std::uint16_t distinct) {
  track.properties.channels = channels;
  track.quality.sounding_channels = sounding;
  track.quality.distinct_channels = distinct;
  return track;
}

/// An encoder's sharp end of the spectrum.
inline TrackRecord ending_at(TrackRecord track, std::uint32_t cutoff_hz, double edge_db = 40) {
  track.quality.spectrum_windows = 500;
  track.quality.cutoff_hz = cutoff_hz;
  track.quality.edge_db = edge_db;
  track.quality.floor_db = -104;
  return track;
}

/// Music that falls by 2 dB a kHz up to `khz`; above there is a floor.
inline TrackRecord sounding_to(TrackRecord track, std::size_t khz, double floor_db = -102) {
  track.quality.spectrum_windows = 500;
  track.quality.spectrum_curve.clear();
  for (std::size_t k = 0; k < 20; ++k)
    track.quality.spectrum_curve.push_back(
        level_value(k < khz ? -30 - 2 * static_cast<double>(k) : floor_db));
  return track;
}

}  // namespace echofold::test
