// Sends requests, and waits for the replies.
#include "engine/jail/zygote_connection.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <utility>
#include <vector>

#include "engine/jail/packet.h"
#include "index/base/error.h"

namespace echofold {
namespace {

[[noreturn]] void throw_gone() {
  throw Error(Fault::io, "the process that starts decoders has ended: run the command again");
}

}  // namespace

ZygoteConnection::ZygoteConnection(const JobFunctions& functions) {
  auto [ours, theirs] = make_packet_sockets();
  zygote_ = fork();
  if (zygote_ < 0) throw Error(Fault::io, system_error(errno, "no process can be started").what());
  if (zygote_ == 0) {
    ours.close();
    run_zygote(std::move(theirs), functions);
  }
  socket_ = std::move(ours);
}

ZygoteConnection::~ZygoteConnection() {
  socket_.close();
  waitpid(zygote_, nullptr, 0);
}

pid_t ZygoteConnection::start(const WorkerJob& job, int pipe, std::span<const int> files) {
  const ZygoteRequest request{ZygoteRequest::Kind::start, 0, job};
  std::vector<int> fds{pipe};
  fds.insert(fds.end(), files.begin(), files.end());
  const std::lock_guard lock(mutex_);
  ZygoteReply reply;
  if (!send_packet(socket_.get(), bytes_of(request), fds) ||
      !receive_packet(socket_.get(), writable_bytes_of(reply), {}))
    throw_gone();
  if (reply.process < 0)
    throw Error(Fault::io, system_error(-reply.process, "no process can be started to decode " +
                                                            std::string(words_for(job.kind).all))
                               .what());
  return reply.process;
}

ZygoteReply ZygoteConnection::state_of(pid_t process) {
  const ZygoteRequest request{ZygoteRequest::Kind::state, process, {}};
  const std::lock_guard lock(mutex_);
  ZygoteReply reply;
  if (!send_packet(socket_.get(), bytes_of(request), {}) ||
      !receive_packet(socket_.get(), writable_bytes_of(reply), {}))
    throw_gone();
  return reply;
}

void ZygoteConnection::end(pid_t process) noexcept {
  const ZygoteRequest request{ZygoteRequest::Kind::end, process, {}};
  const std::lock_guard lock(mutex_);
  // fails if the zygote is gone, but then so is the process
  send_packet(socket_.get(), bytes_of(request), {});
}

}  // namespace echofold
