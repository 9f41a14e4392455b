// Two mpv processes that play the same music from two files side by side; one of them is muted.
#pragma once

#include <memory>
#include <string>

#include "tools/review/player.h"

namespace echofold {

/// mpv's JSON IPC over an inherited socket (mpv 0.33 and later): no file, no name that another user could open.
class MpvPair {
 public:
  /// Starts both, paused at the beginning of the excerpt, and waits until both have opened their file.
  /// @param speed  the right one plays so many times as fast as the left one
  MpvPair(const std::string& left, const std::string& right, const Excerpt& excerpt, double speed);
  ~MpvPair();  ///< ends both

  bool is_ready() const noexcept;  ///< false if one of them did not start: nothing below may be called
  void begin();                    ///< the left one is heard
  bool is_running();               ///< whether the one that is heard still plays
  int heard() const noexcept;      ///< 0: left, 1: right

  /// Lets the other one be heard at the same instant of the music. If it is not within a few hundredths of a second of
  /// it by itself, it is moved there first. @return where it is in its file, in s
  double switch_over();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace echofold
