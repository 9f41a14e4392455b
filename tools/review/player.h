// Plays both copies of a question, with a player that is installed.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "tools/review/questions.h"

namespace echofold {

/// The same stretch of the music in both files.
struct Excerpt {
  double left_s = 0, right_s = 0;  ///< where it begins in each
  double length_s = 0;             ///< above 0
};

/// The n-th place in the music that both have: at a quarter, the middle, three quarters, the beginning, the end, and
/// then from the first again.
Excerpt excerpt_of(const Question& question, unsigned number);

/// Program and arguments that play a part of a file, without a window or output.
std::vector<std::string> player_command(const std::string& player, const std::string& path, double from_s,
                                        double length_s);

/// The first known player that is in $PATH.
std::optional<std::string> find_player();

/// Waits up to this time for a key and reads it; nothing when none came. Any key for the end of the input.
using KeyWait = std::function<std::optional<std::string>(std::chrono::milliseconds)>;

class Player {
 public:
  explicit Player(KeyWait wait) : wait_(std::move(wait)) {}

  /// Plays left, then right, the same 15 s of both; each further call for the same question plays another place. Tab
  /// switches to the other copy at the same instant of the music, and any other key ends it. Prints on `out` what it
  /// plays, which players it looked for when none is installed, and which file can't be played.
  void play(const Question& question, std::ostream& out);

 private:
  KeyWait wait_;
  std::string last_;  ///< path of the last question's left copy
  unsigned number_ = 0;
};

}  // namespace echofold
