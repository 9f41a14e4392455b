// Only in the preset `coverage`: what a child process did counts, too, though it ends by _exit.
#include <sys/resource.h>

#include <cstdlib>
#include <fstream>
#include <string>

namespace {

/// Who traces this process may kill it at its next call, and a file of counts that is half written is lost for all
/// that run after it.
bool is_traced() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.rfind("TracerPid:", 0) == 0) return std::atol(line.c_str() + line.find(':') + 1) != 0;
  return true;
}

/// A test's limit is not meant for the counts.
bool may_write_files_of_any_size() {
  const rlimit any{RLIM_INFINITY, RLIM_INFINITY};
  return setrlimit(RLIMIT_FSIZE, &any) == 0;
}

}  // namespace

extern "C" {
void __gcov_dump();
[[noreturn]] void __real__exit(int code);
[[noreturn]] void __wrap__exit(int code);

void __wrap__exit(int code) {
  if (!is_traced() && may_write_files_of_any_size()) __gcov_dump();
  __real__exit(code);
}
}
