// Calls strace and reads its log.
#include "tests/fault/traced.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

#include "tests/support/temp_dir.h"

namespace echofold::test {
namespace {

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
  // LeakSanitizer wants to trace the program itself, and ends it where another does.
  options.insert(options.begin(), {"strace", "-f", "-qq", "-E", "ASAN_OPTIONS=detect_leaks=0"});
  options.insert(options.end(), command.begin(), command.end());
  return options;
}

/// Calls that nobody asked for run at full speed. Signals can't be injected that way.
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

}  // namespace

Ended run_plain(const std::vector<std::string>& command, const std::string& log) {
  const std::string errors = log + ".err";
  const pid_t child = fork();
  if (child == 0) {
    const int null = open("/dev/null", O_RDWR);
    const int out = open(errors.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    dup2(null, 0);
    dup2(null, 1);
    dup2(out, 2);
    std::vector<char*> arguments;
    for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
    arguments.push_back(nullptr);
    execvp(arguments[0], arguments.data());
    _exit(127);
  }
  int status = 0;
  waitpid(child, &status, 0);
  Ended ended;
  ended.said = text_of(errors);
  if (WIFEXITED(status)) ended.code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) ended.signal = WTERMSIG(status);
  return ended;
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

Ended run_with_fault(const std::vector<std::string>& command, const Call& call, const std::string& fault,
                     const std::string& log) {
  std::vector<std::string> options{
      "-o", "/dev/null",
      "-e", "trace=" + call.name,
      "-e", "inject=" + call.name + ":" + fault + ":when=" + std::to_string(call.nth)};
  if (!fault.starts_with("signal")) options.push_back(kernel_filters);
  return run_plain(strace(std::move(options), command), log);
}

}  // namespace echofold::test
