// Uses system calls: glibc has no functions for them, and Debian 12 no library.
#include "engine/jail/landlock.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdint>

namespace echofold {
namespace {

/// linux/landlock.h as of version 6; Debian 12's header has only the first fields.
struct Rights {
  std::uint64_t of_files = 0;
  std::uint64_t of_ports = 0;
  std::uint64_t scoped = 0;
};

/// The rights that a version of Landlock can restrict: a count of bits from the lowest.
struct Version {
  int files, ports, scopes;
  std::size_t size;  // of Rights in that version
};
constexpr std::array<Version, 6> versions = {{
    {13, 0, 0, 8},
    {14, 0, 0, 8},
    {15, 0, 0, 8},
    {15, 2, 0, 16},
    {16, 2, 0, 16},
    {16, 2, 2, 24},
}};

constexpr std::uint64_t lowest_bits(int count) { return (std::uint64_t{1} << count) - 1; }

}  // namespace

bool drop_landlock_rights() noexcept {
  constexpr unsigned ask_version = 1;
  const long known = syscall(SYS_landlock_create_ruleset, nullptr, 0, ask_version);
  if (known < 1) return false;
  const Version& version = versions[static_cast<std::size_t>(known < 6 ? known : 6) - 1];
  const Rights rights{lowest_bits(version.files), lowest_bits(version.ports), lowest_bits(version.scopes)};
  const long rules = syscall(SYS_landlock_create_ruleset, &rights, version.size, 0);
  if (rules < 0) return false;
  const bool done = syscall(SYS_landlock_restrict_self, rules, 0) == 0;
  close(static_cast<int>(rules));
  return done;
}

}  // namespace echofold
