// Runs a program as on a kernel without Landlock and seccomp filters: without_sandbox PROGRAM ARGUMENTS...
#include <seccomp.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <initializer_list>

int main(int, char** argv) {
  const scmp_filter_ctx context = seccomp_init(SCMP_ACT_ALLOW);
  int failed = context == nullptr ? 1 : 0;
  for (const int call :
       {SCMP_SYS(landlock_create_ruleset), SCMP_SYS(landlock_restrict_self), SCMP_SYS(seccomp)})
    if (failed == 0) failed = seccomp_rule_add(context, SCMP_ACT_ERRNO(ENOSYS), call, 0);
  if (failed != 0 || seccomp_load(context) != 0) {
    std::fputs("without_sandbox: no filter can be set here\n", stderr);
    return 77;
  }
  execv(argv[1], argv + 1);
  std::perror("without_sandbox");
  return 1;
}
