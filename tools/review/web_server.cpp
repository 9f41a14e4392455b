// See web_server.h.
#include "tools/review/web_server.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <thread>

extern char** environ;  // NOLINT: POSIX has it so

namespace echofold {

void serve(const Listener& listener, WebGuard& guard, WebRouter& router, const std::stop_token& stop) {
  serve_connections(listener, {},
                    {.check = [&](const WebHead& head) { return guard.check(head); },
                     .answer = [&](const WebRequest& request) { return router.answer(request); }},
                    stop);
}

bool open_in_browser(const std::string& link) {
  std::string program = "xdg-open", argument = link;
  std::array<char*, 3> command = {program.data(), argument.data(), nullptr};
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
  posix_spawnattr_setpgroup(&how, 0);  // Ctrl-C ends this program, not the browser
  posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  pid_t id = -1;
  const bool began = posix_spawnp(&id, program.c_str(), &files, &how, command.data(), environ) == 0;
  posix_spawnattr_destroy(&how);
  posix_spawn_file_actions_destroy(&files);
  // It may run as long as the browser does.
  if (began) std::thread([id] { waitpid(id, nullptr, 0); }).detach();
  return began;
}

}  // namespace echofold
