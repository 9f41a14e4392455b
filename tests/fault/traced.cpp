// strace lists the calls. To make a call fail, or kill the program there, a filter in the kernel asks this process
// before each call of that name (seccomp_unotify(2)). strace could do the same, but would stop the program twice per
// call, which takes longer than the rest of a test.
#include "tests/fault/traced.h"

#include <fcntl.h>
#include <poll.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <functional>
#include <map>
#include <new>
#include <optional>

#include "tests/support/read_file.h"
#include "tests/support/temp_dir.h"

namespace echofold::test {
namespace {

/// LeakSanitizer traces the program itself, and fails if another process traces it.
constexpr const char* no_leak_check = "detect_leaks=0";

std::string joined(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ",") + name;
  return list;
}

std::vector<std::string> strace(std::vector<std::string> options, const std::vector<std::string>& command) {
  options.insert(options.begin(),
                 {"strace", "-f", "-qq", "-E", std::string("ASAN_OPTIONS=") + no_leak_check});
  options.insert(options.end(), command.begin(), command.end());
  return options;
}

/// Calls that are not listed run at full speed.
const std::string kernel_filters = "--seccomp-bpf";

/// "123 renameat2(..." -> {"123", "renameat2"}
struct Head {
  std::string thread, name;
};
Head head_of(const std::string& line) {
  const auto space = line.find(' ');
  const auto start = line.find_first_not_of(' ', space);
  const auto open = line.find('(', start == std::string::npos ? 0 : start);
  if (space == std::string::npos || open == std::string::npos) return {};
  return {line.substr(0, space), line.substr(start, open - start)};
}

std::string errors_beside(const std::string& log) { return log + ".err"; }

/// Redirects the standard error of this process to a file.
void redirect_output(const std::string& log) {
  const int null = open("/dev/null", O_RDWR);
  const int out = open(errors_beside(log).c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  dup2(null, 0);
  dup2(null, 1);
  dup2(out, 2);
}

[[noreturn]] void become(const std::vector<std::string>& command) {
  std::vector<char*> arguments;
  for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  execvp(arguments[0], arguments.data());
  _exit(127);
}

Ended ended_with(int status, const std::string& log) {
  Ended ended;
  ended.error_output = read_file(errors_beside(log));
  if (WIFEXITED(status)) ended.code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) ended.signal = WTERMSIG(status);
  return ended;
}

/// The descriptor at which a child leaves its listener until this process has taken it.
constexpr int listener_place = 100;

/// From now on each call of this name waits for an answer, in all threads and child processes.
bool ask_at(const std::string& name) {
  const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  return filter != nullptr &&
         seccomp_rule_add(filter, SCMP_ACT_NOTIFY, seccomp_syscall_resolve_name(name.c_str()), 0) == 0 &&
         seccomp_load(filter) == 0 &&
         dup3(seccomp_notify_fd(filter), listener_place, O_CLOEXEC) == listener_place;
}

int listener_of(pid_t child) {
  // Not with the functions in <sys/pidfd.h>: glibc 2.36 does not declare them for C++.
  const int process = static_cast<int>(syscall(SYS_pidfd_open, child, 0));
  const int listener =
      process < 0 ? -1 : static_cast<int>(syscall(SYS_pidfd_getfd, process, listener_place, 0));
  if (process >= 0) close(process);
  // Both processes run on the same processor, one after the other: a fifth faster. Kernels before 6.6 refuse.
  constexpr unsigned long set_flags = _IOW('!', 4, std::uint64_t),
                          wake_up_here = 1;  // not in Debian's headers
  if (listener >= 0) ioctl(listener, set_flags, wake_up_here);
  return listener;
}

/// What happens to a call: with 0 it is made, otherwise it fails with this errno. Nothing: the process was killed and
/// gets no answer, since it could still make the call.
using Answer = std::function<std::optional<int>()>;

/// Answers every call until all of the program's processes have ended.
/// @param at_first_thread  asked for each call of the first thread; those of other threads are made
void answer_calls(int listener, pid_t first_thread, const Answer& at_first_thread) {
  seccomp_notif* call = nullptr;
  seccomp_notif_resp* answer = nullptr;
  if (seccomp_notify_alloc(&call, &answer) != 0) throw std::bad_alloc();
  pollfd waiting{listener, POLLIN, 0};
  while (poll(&waiting, 1, -1) >= 0 || errno == EINTR) {
    if ((waiting.revents & POLLIN) == 0) {
      if (waiting.revents != 0) break;
      continue;
    }
    *call = {};                                                 // the kernel refuses anything else
    if (seccomp_notify_receive(listener, call) != 0) continue;  // the caller was killed
    const auto error = static_cast<pid_t>(call->pid) == first_thread ? at_first_thread() : 0;
    if (!error) continue;
    answer->id = call->id;
    answer->val = 0;
    answer->error = -*error;
    answer->flags = *error == 0 ? SECCOMP_USER_NOTIF_FLAG_CONTINUE : 0;
    seccomp_notify_respond(listener, answer);
  }
  seccomp_notify_free(call, answer);
}

/// Runs `command`. When its first thread enters `call`, the call fails with `error`; without an error the program is
/// killed there.
Ended run_until(const std::vector<std::string>& command, const Call& call, std::optional<int> error,
                const std::string& log) {
  const pid_t child = fork();
  if (child == 0) {
    setenv("ASAN_OPTIONS", no_leak_check, 1);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    redirect_output(log);
    if (!ask_at(call.name) || raise(SIGSTOP) != 0) _exit(127);
    become(command);
  }
  int status = 0;
  waitpid(child, &status, WUNTRACED);
  if (!WIFSTOPPED(status)) return ended_with(status, log);
  const int listener = listener_of(child);
  if (listener < 0) {
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    return {.error_output = "no process may ask for another's calls here"};
  }
  kill(child, SIGCONT);
  long calls = 0;
  answer_calls(listener, child, [&]() -> std::optional<int> {
    if (++calls != call.nth) return 0;
    if (!error) kill(child, SIGKILL);
    return error;
  });
  close(listener);
  waitpid(child, &status, 0);
  return ended_with(status, log);
}

}  // namespace

Ended run_plain(const std::vector<std::string>& command, const std::string& log) {
  const pid_t child = fork();
  if (child == 0) {
    redirect_output(log);
    become(command);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return ended_with(status, log);
}

std::vector<Call> calls_of(const std::vector<std::string>& command, const std::vector<std::string>& names,
                           const std::string& from, const std::string& log) {
  run_plain(strace({kernel_filters, "-s", "4096", "-o", log, "-e", "trace=openat," + joined(names)}, command),
            log);
  std::vector<Call> calls;
  std::map<std::string, long> seen;
  std::string thread;
  bool begun = false;
  std::ifstream in(log);
  for (std::string line; std::getline(in, line);) {
    const Head head = head_of(line);
    if (thread.empty()) thread = head.thread;
    if (head.name.empty() || head.thread != thread || head.name.starts_with('<')) continue;
    const long nth = ++seen[head.name];
    begun = begun || line.find(from) != std::string::npos;
    const bool wanted = std::find(names.begin(), names.end(), head.name) != names.end();
    if (begun && wanted) calls.push_back({head.name, nth, line});
  }
  return calls;
}

Ended run_with_error(const std::vector<std::string>& command, const Call& call, int error,
                     const std::string& log) {
  return run_until(command, call, error, log);
}

std::string fault_text(const Call& call, int error) {
  return std::string(strerrorname_np(error)) + " at " + call.name + " number " + std::to_string(call.nth);
}

Ended run_killed(const std::vector<std::string>& command, const Call& call, const std::string& log) {
  return run_until(command, call, std::nullopt, log);
}

bool can_trace() {
  const TempDir dir;
  const std::string log = dir / "log";
  return run_plain(strace({kernel_filters, "-o", "/dev/null"}, {"true"}), log).code == 0 &&
         run_killed({"true"}, {"exit_group", 1, ""}, log).signal == SIGKILL;
}

}  // namespace echofold::test
