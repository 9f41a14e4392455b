// The loudness of samples. Only this file uses libebur128.
#pragma once

#include <memory>
#include <optional>
#include <span>

namespace echofold {

/// As a whole, by EBU R 128 (ITU-R BS.1770-4, with its gates).
class Loudness {
 public:
  /// @throws std::bad_alloc
  Loudness(unsigned rate_hz, unsigned channels);
  ~Loudness();
  Loudness(const Loudness&) = delete;
  Loudness& operator=(const Loudness&) = delete;

  /// @param samples  channel by channel of each moment
  void add(std::span<const float> samples);

  /// In LUFS; nothing for silence, and for less than 0.4 s.
  std::optional<double> lufs() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace echofold
