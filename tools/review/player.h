// Lets the user hear both copies of a question, with a player that is installed.
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

/// The n-th place of what both have: a quarter in, then the middle, three quarters, the beginning, the end, and round again.
Excerpt excerpt_of(const Question& question, unsigned number);

/// Program and arguments that play a stretch of a file, without a window or a word.
std::vector<std::string> player_command(const std::string& player, const std::string& path, double from_s,
                                        double length_s);

/// The first known player that is in $PATH.
std::optional<std::string> find_player();

/// Waits so long for any key and takes it; true when one came.
using KeyWait = std::function<bool(std::chrono::milliseconds)>;

class Player {
 public:
  explicit Player(KeyWait wait) : wait_(std::move(wait)) {}

  /// Plays left, then right, the same 15 s of both; each call of the same question another place. Any key ends it. Says on
  /// `out` what it plays, which players it looked for when there is none, and which file can't be played.
  void play(const Question& question, std::ostream& out);

 private:
  KeyWait wait_;
  std::string last_;  ///< path of the last question's left copy
  unsigned number_ = 0;
};

}  // namespace echofold
