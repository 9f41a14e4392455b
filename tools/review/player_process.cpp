// See player_process.h.
#include "tools/review/player_process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;  // NOLINT: POSIX has it so

namespace echofold {

PlayerProcess::PlayerProcess(const std::vector<std::string>& command, int channel) {
  std::vector<char*> arguments;
  arguments.reserve(command.size() + 1);
  for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO);
  // The same number: it loses FD_CLOEXEC in the player.
  if (channel >= 0) posix_spawn_file_actions_adddup2(&files, channel, channel);
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

PlayerProcess::~PlayerProcess() {
  if (!is_running()) return;
  kill(id_, SIGTERM);
  for (int i = 0; i < 20 && is_running(); ++i) usleep(50'000);
  if (!is_running()) return;
  kill(id_, SIGKILL);
  waitpid(id_, &status_, 0);
}

bool PlayerProcess::is_running() {
  if (id_ > 0 && waitpid(id_, &status_, WNOHANG) == id_) id_ = 0;
  return id_ > 0;
}

bool PlayerProcess::has_failed() const { return id_ < 0 || !WIFEXITED(status_) || WEXITSTATUS(status_) != 0; }

}  // namespace echofold
