// Calls strace and reads its log. It kills by itself: strace stops a program at every call it makes to do that, which
// takes as long again as all else of a test.
#include "tests/fault/traced.h"

#include <fcntl.h>
#include <seccomp.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <iterator>
#include <map>

#include "tests/support/temp_dir.h"

namespace echofold::test {
namespace {

/// LeakSanitizer wants to trace the program itself, and ends it where another does.
constexpr const char* no_leak_check = "detect_leaks=0";

std::string joined(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ",") + name;
  return list;
}

std::string text_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> strace(std::vector<std::string> options, const std::vector<std::string>& command) {
  options.insert(options.begin(),
                 {"strace", "-f", "-qq", "-E", std::string("ASAN_OPTIONS=") + no_leak_check});
  options.insert(options.end(), command.begin(), command.end());
  return options;
}

/// Calls that nobody asked for run at full speed.
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

/// Becomes the program, with what it says in a file.
[[noreturn]] void become(const std::vector<std::string>& command, const std::string& log) {
  const int null = open("/dev/null", O_RDWR);
  const int out = open(errors_beside(log).c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  dup2(null, 0);
  dup2(null, 1);
  dup2(out, 2);
  std::vector<char*> arguments;
  for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  execvp(arguments[0], arguments.data());
  _exit(127);
}

Ended ended_with(int status, const std::string& log) {
  Ended ended;
  ended.said = text_of(errors_beside(log));
  if (WIFEXITED(status)) ended.code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) ended.signal = WTERMSIG(status);
  return ended;
}

/// From now on the tracer hears of each call of this name, in all threads and processes that follow.
bool report_calls(const std::string& name) {
  const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  return filter != nullptr &&
         seccomp_rule_add(filter, SCMP_ACT_TRACE(0), seccomp_syscall_resolve_name(name.c_str()), 0) == 0 &&
         seccomp_load(filter) == 0;
}

/// Lets a traced child and all that it starts go on, until none is left.
/// @return how the child ended, as waitpid() says it
int go_on_until_killed(pid_t child, long at) {
  ptrace(PTRACE_SETOPTIONS, child, nullptr,
         PTRACE_O_EXITKILL | PTRACE_O_TRACESECCOMP | PTRACE_O_TRACEEXEC | PTRACE_O_TRACECLONE |
             PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK);
  ptrace(PTRACE_CONT, child, nullptr, nullptr);
  bool begun = false;
  long calls = 0;
  int ended = 0, status = 0;
  for (pid_t who = 0; (who = waitpid(-1, &status, __WALL)) > 0;) {
    if (!WIFSTOPPED(status)) {
      if (who == child) ended = status;
      continue;
    }
    const int event = status >> 16;
    begun = begun || event == PTRACE_EVENT_EXEC;
    if (event == PTRACE_EVENT_SECCOMP && who == child && begun && ++calls == at) {
      kill(child, SIGKILL);
      continue;
    }
    // A new thread stops first; any other signal is the program's own.
    const int signal = event != 0 || WSTOPSIG(status) == SIGSTOP ? 0 : WSTOPSIG(status);
    ptrace(PTRACE_CONT, who, nullptr, static_cast<long>(signal));
  }
  return ended;
}

}  // namespace

Ended run_plain(const std::vector<std::string>& command, const std::string& log) {
  const pid_t child = fork();
  if (child == 0) become(command, log);
  int status = 0;
  waitpid(child, &status, 0);
  return ended_with(status, log);
}

bool can_trace() {
  const TempDir dir;
  return run_plain(strace({kernel_filters, "-o", "/dev/null"}, {"true"}), dir / "log").code == 0;
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

Ended run_with_error(const std::vector<std::string>& command, const Call& call, const std::string& error,
                     const std::string& log) {
  return run_plain(strace({kernel_filters, "-o", "/dev/null", "-e", "trace=" + call.name, "-e",
                           "inject=" + call.name + ":error=" + error + ":when=" + std::to_string(call.nth)},
                          command),
                   log);
}

Ended run_killed(const std::vector<std::string>& command, const Call& call, const std::string& log) {
  const pid_t child = fork();
  if (child == 0) {
    setenv("ASAN_OPTIONS", no_leak_check, 1);
    if (ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0 || raise(SIGSTOP) != 0 || !report_calls(call.name))
      _exit(127);
    become(command, log);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return ended_with(WIFSTOPPED(status) ? go_on_until_killed(child, call.nth) : status, log);
}

}  // namespace echofold::test
