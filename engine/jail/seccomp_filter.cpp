// libseccomp compiles the rules once; each process inserts its own id when it installs them.
#include "engine/jail/seccomp_filter.h"

#include <linux/seccomp.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <memory>

#include "index/base/handle.h"

namespace echofold {
namespace {

/// A placeholder for the process's own id, which is unknown when the rules are compiled.
constexpr std::uint32_t own_pid_mark = 0x7ec40f01;

using Context = Handle<void, seccomp_release>;

/// Memory, time, and reading what is already open.
constexpr std::array plain_calls = {
    SCMP_SYS(pread64),
    SCMP_SYS(read),
    SCMP_SYS(lseek),
    SCMP_SYS(write),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(brk),
    SCMP_SYS(futex),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(getrandom),
    SCMP_SYS(sysinfo),
    SCMP_SYS(fadvise64),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
};

/// Nothing that reads a file makes these calls, not even to test whether they work.
constexpr std::array foreign_calls = {
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(socket),
    SCMP_SYS(socketpair),
    SCMP_SYS(connect),
    SCMP_SYS(bind),
    SCMP_SYS(kill),
    SCMP_SYS(tkill),
    SCMP_SYS(mount),
    SCMP_SYS(umount2),
    SCMP_SYS(unlink),
    SCMP_SYS(unlinkat),
    SCMP_SYS(rename),
    SCMP_SYS(renameat),
    SCMP_SYS(renameat2),
    SCMP_SYS(fchmod),
    SCMP_SYS(fchown),
    SCMP_SYS(ftruncate),
    SCMP_SYS(bpf),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(init_module),
    SCMP_SYS(keyctl),
    SCMP_SYS(unshare),
    SCMP_SYS(setns),
    SCMP_SYS(userfaultfd),
};

bool add_rules(scmp_filter_ctx context) {
  int failed = 0;
  const auto note = [&](int result) {
    failed |= result == -EDOM ? 0 : result;
  };  // this processor does not have the call
  for (const int call : plain_calls) note(seccomp_rule_add(context, SCMP_ACT_ALLOW, call, 0));
  for (const int call : foreign_calls) note(seccomp_rule_add(context, SCMP_ACT_KILL_PROCESS, call, 0));
  // Memory, but not executable.
  const scmp_arg_cmp not_executable{2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0};
  for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)})
    note(seccomp_rule_add_array(context, SCMP_ACT_ALLOW, call, 1, &not_executable));
  // abort() sends a signal to its own process.
  const scmp_arg_cmp to_itself{0, SCMP_CMP_EQ, own_pid_mark, 0};
  note(seccomp_rule_add_array(context, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, &to_itself));
  // A tree, not a list: every read goes through the filter.
  constexpr unsigned binary_tree = 2;
  seccomp_attr_set(context, SCMP_FLTATR_CTL_OPTIMIZE, binary_tree);
  return failed == 0;
}

std::vector<sock_filter> compile() {
  const Context context(seccomp_init(SCMP_ACT_ERRNO(EPERM)));
  if (!context || !add_rules(context.get())) return {};
  const int file = memfd_create("filter", MFD_CLOEXEC);
  if (file < 0) return {};
  std::vector<sock_filter> program;
  if (seccomp_export_bpf(context.get(), file) == 0) {
    program.resize(static_cast<std::size_t>(lseek(file, 0, SEEK_END)) / sizeof(sock_filter));
    const std::size_t size = program.size() * sizeof(sock_filter);
    if (pread(file, program.data(), size, 0) != static_cast<ssize_t>(size)) program.clear();
  }
  close(file);
  return program;
}

}  // namespace

SeccompFilter::SeccompFilter() : program_(compile()) {}

bool SeccompFilter::install() const noexcept {
  if (program_.empty() || program_.size() > BPF_MAXINSNS) return false;
  std::array<sock_filter, BPF_MAXINSNS> own{};
  std::copy(program_.begin(), program_.end(), own.begin());
  for (sock_filter& step : own)
    if (step.k == own_pid_mark) step.k = static_cast<std::uint32_t>(getpid());
  const sock_fprog program{static_cast<unsigned short>(program_.size()), own.data()};
  // Speculation need not be disabled: this process has no secret, and nothing in it compiles code.
  return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_SPEC_ALLOW, &program) == 0;
}

}  // namespace echofold
