// See player.h.
#include "tools/review/player.h"

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <sstream>

#include "engine/report/figures.h"
#include "index/base/text/printable.h"
#include "tools/console/keys.h"
#include "tools/console/raw_terminal.h"
#include "tools/review/mpv_pair.h"
#include "tools/review/player_process.h"

namespace echofold {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr double excerpt_s = 15;
constexpr std::array players = {"mpv", "ffplay", "mplayer", "play"};
constexpr auto poll_interval = 100ms;

std::string place_text(double at_s) { return at_s < 1 ? "the beginning" : clock_time(at_s); }

std::string seconds(double value) { return fmt::format("{:.2f}", value); }

}  // namespace

Excerpt excerpt_of(const Question& question, unsigned number) {
  constexpr std::array places = {0.25, 0.5, 0.75, 0.0, 1.0};
  const double left_s = question.left.track.properties.duration_s;
  const double right_s = question.right.track.properties.duration_s;
  const double begin = std::max(0.0, question.offset_s);
  const double end = std::min(left_s, question.offset_s + right_s * question.speed);
  if (end - begin < 1) return {0, 0, excerpt_s};  // the lengths are not known
  const double length = std::min(excerpt_s, end - begin);
  const double from = begin + places[number % places.size()] * (end - begin - length);
  return {from, (from - question.offset_s) / question.speed, length};
}

std::vector<std::string> player_command(const std::string& player, const std::string& path, double from_s,
                                        double length_s) {
  const std::string from = seconds(from_s), length = seconds(length_s);
  if (player == "mpv")
    return {player,
            "--no-video",
            "--really-quiet",
            "--no-terminal",
            "--no-resume-playback",
            "--start=" + from,
            "--length=" + length,
            "--",
            path};
  if (player == "ffplay")
    return {player, "-nodisp", "-autoexit", "-loglevel", "quiet", "-ss", from, "-t", length, path};
  if (player == "mplayer") return {player, "-really-quiet", "-novideo", "-ss", from, "-endpos", length, path};
  return {player, "-q", path, "trim", from, length};
}

std::optional<std::string> find_player() {
  const char* path = std::getenv("PATH");
  for (const char* player : players) {
    std::istringstream folders(path == nullptr ? "" : path);
    for (std::string folder; std::getline(folders, folder, ':');)
      if (!folder.empty() && access((folder + "/" + player).c_str(), X_OK) == 0) return player;
  }
  return std::nullopt;
}

namespace {

double since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// One run of P: plays both copies of a question, and switches between them.
class Playing {
 public:
  Playing(const Question& question, const Excerpt& excerpt, std::string player, const KeyWait& wait,
          std::ostream& out)
      : question_(question), excerpt_(excerpt), player_(std::move(player)), wait_(wait), out_(out) {}

  void run() {
    if (player_ == "mpv") {
      MpvPair pair(question_.left.track.path, question_.right.track.path, excerpt_, question_.speed);
      if (pair.is_ready()) return run(pair);
    }
    run_in_turn();
  }

 private:
  /// Both run side by side, and one of them is heard.
  void run(MpvPair& pair) {
    announce(0, excerpt_.left_s);
    bool has_switched = false;
    pair.begin();
    while (pair.is_running()) {
      const auto key = wait_(poll_interval);
      if (!key) continue;
      if (*key != tab_key) return;
      has_switched = true;
      const double at_s = pair.switch_over();
      announce(pair.heard(), at_s);
    }
    if (!has_switched) play_to_the_end(1, excerpt_.right_s, excerpt_.length_s);
  }

  /// The same with players that can't be asked where they are: the other one begins where this one should be by now.
  void run_in_turn() {
    double gone_s = 0;  // of the excerpt
    for (int side = 0; gone_s < excerpt_.length_s;) {
      const auto start = Clock::now();
      const double from_s =
          side == 0 ? excerpt_.left_s + gone_s : excerpt_.right_s + gone_s / question_.speed;
      announce(side, from_s);
      PlayerProcess process(player_command(player_, path_of(side), from_s, excerpt_.length_s - gone_s));
      const auto key = key_while(process);
      if (key && *key != tab_key) return;
      if (!key) {
        report_failure(process, side);
        if (side == 1 || gone_s > 0) return;
        side = 1;  // nobody switched: the other one follows
        continue;
      }
      gone_s += since(start);
      side = 1 - side;
    }
  }

  void play_to_the_end(int side, double from_s, double length_s) {
    announce(side, from_s);
    PlayerProcess process(player_command(player_, path_of(side), from_s, length_s));
    if (!key_while(process)) report_failure(process, side);
  }

  /// The key that was typed while it played; nothing if it ended by itself.
  std::optional<std::string> key_while(PlayerProcess& process) {
    while (process.is_running())
      if (auto key = wait_(poll_interval)) return key;
    return std::nullopt;
  }

  const std::string& path_of(int side) const {
    return side == 0 ? question_.left.track.path : question_.right.track.path;
  }

  void announce(int side, double from_s) {
    fmt::print(out_, "Playing {} from {} with {}; Tab switches, any other key stops.\n", side + 1,
               place_text(from_s), player_);
    out_ << std::flush;
  }

  void report_failure(const PlayerProcess& process, int side) {
    if (process.has_failed()) fmt::print(out_, "{} could not play {}\n", player_, printable(path_of(side)));
  }

  const Question& question_;
  Excerpt excerpt_;
  std::string player_;
  const KeyWait& wait_;
  std::ostream& out_;
};

}  // namespace

void Player::play(const Question& question, std::ostream& out) {
  const auto player = find_player();
  if (!player) {
    out << "There is no player to play it with: install mpv, ffplay (part of ffmpeg), mplayer or play "
           "(sox).\n";
    return;
  }
  number_ = last_ == question.left.track.path ? number_ + 1 : 0;
  last_ = question.left.track.path;
  const Excerpt excerpt = excerpt_of(question, number_);
  const RawTerminal raw;  // also between two waits
  Playing(question, excerpt, *player, wait_, out).run();
}

}  // namespace echofold
