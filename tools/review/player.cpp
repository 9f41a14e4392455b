// See player.h.
#include "tools/review/player.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ostream.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <sstream>

#include "engine/report/figures.h"
#include "index/base/text/printable.h"
#include "tools/console/raw_terminal.h"

extern char** environ;  // NOLINT: POSIX has it so

namespace echofold {
namespace {

using namespace std::chrono_literals;

constexpr double excerpt_s = 15;
constexpr std::array players = {"mpv", "ffplay", "mplayer", "play"};

/// A running player. The destructor ends it.
class Process {
 public:
  explicit Process(const std::vector<std::string>& command) {
    std::vector<char*> arguments;
    arguments.reserve(command.size() + 1);
    for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO);
    posix_spawnattr_t how;
    posix_spawnattr_init(&how);
    sigset_t none, defaults;
    sigemptyset(&none);  // this program blocks SIGINT
    sigemptyset(&defaults);
    for (const int number : {SIGPIPE, SIGTSTP, SIGINT, SIGTERM}) sigaddset(&defaults, number);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setsigdefault(&how, &defaults);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    if (posix_spawnp(&id_, arguments.front(), &files, &how, arguments.data(), environ) != 0) id_ = -1;
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&files);
  }
  ~Process() {
    if (!is_running()) return;
    kill(id_, SIGTERM);
    for (int i = 0; i < 20 && is_running(); ++i) usleep(50'000);
    if (!is_running()) return;
    kill(id_, SIGKILL);
    waitpid(id_, &status_, 0);
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  bool is_running() {
    if (id_ > 0 && waitpid(id_, &status_, WNOHANG) == id_) id_ = 0;
    return id_ > 0;
  }
  /// Only for one that has ended by itself.
  bool has_failed() const { return id_ < 0 || !WIFEXITED(status_) || WEXITSTATUS(status_) != 0; }

 private:
  pid_t id_ = -1;  ///< 0: ended, -1: never began
  int status_ = 0;
};

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
  const auto play_one = [&](int number, const PlanFile& file, double from_s) {
    fmt::print(out, "Playing {} from {} with {}; any key stops.\n", number,
               from_s < 1 ? "the beginning" : clock_time(from_s), *player);
    out << std::flush;
    Process process(player_command(*player, file.track.path, from_s, excerpt.length_s));
    while (process.is_running())
      if (wait_(100ms)) return false;
    if (process.has_failed()) fmt::print(out, "{} could not play {}\n", *player, printable(file.track.path));
    return true;
  };
  if (play_one(1, question.left, excerpt.left_s)) play_one(2, question.right, excerpt.right_s);
}

}  // namespace echofold
