// Landlock and limits first, the filter last: it forbids the calls that set the others.
#include "engine/jail/confine.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>

#include "engine/jail/landlock.h"
#include "index/base/error.h"

namespace echofold {
namespace {

void limit(int what, rlim_t soft, rlim_t hard, const char* name) {
  rlimit now{};
  getrlimit(static_cast<__rlimit_resource_t>(what), &now);
  if (now.rlim_max != RLIM_INFINITY && hard > now.rlim_max)
    hard = now.rlim_max;  // the user's own limit is stricter
  if (soft > hard) soft = hard;
  const rlimit wanted{soft, hard};
  if (setrlimit(static_cast<__rlimit_resource_t>(what), &wanted) != 0)
    throw Error(Fault::io, system_error(errno, std::string("the limit on ") + name + " can't be set").what());
}

}  // namespace

std::string Confinement::missing() const {
  std::string text;
  const auto add = [&](bool there, const char* name) {
    if (!there) text += (text.empty() ? "" : ", ") + std::string(name);
  };
  add(no_new_privileges, "no_new_privs");
  add(landlock, "Landlock");
  add(seccomp, "seccomp");
  return text;
}

std::uint64_t mapped_bytes() noexcept {
  const int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  std::array<char, 128> text{};
  const ssize_t got = read(file, text.data(), text.size() - 1);
  close(file);
  if (got <= 0) return 0;
  return std::strtoull(text.data(), nullptr, 10) * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

Confinement confine(const ProcessLimits& limits, const SeccompFilter& filter) {
  Confinement granted;
  granted.no_new_privileges = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
  granted.landlock = drop_landlock_rights();
  const auto cpu = static_cast<rlim_t>(limits.cpu.count());
  limit(RLIMIT_CPU, cpu, cpu + 1, "processor time");
  if (limits.memory_bytes > 0) limit(RLIMIT_AS, limits.memory_bytes, limits.memory_bytes, "memory");
  limit(RLIMIT_FSIZE, 0, 0, "file size");
  limit(RLIMIT_CORE, 0, 0, "core files");
  limit(RLIMIT_NOFILE, 0, 0, "open files");
  limit(RLIMIT_NPROC, 0, 0, "processes");
  granted.seccomp = granted.no_new_privileges && filter.install();
  return granted;
}

}  // namespace echofold
