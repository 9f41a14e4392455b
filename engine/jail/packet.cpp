// Uses SCM_RIGHTS over SOCK_SEQPACKET.
#include "engine/jail/packet.h"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "index/base/error.h"

namespace echofold {

std::pair<Fd, Fd> make_packet_sockets() {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0)
    throw Error(Fault::io, system_error(errno, "no connection to a decoding process").what());
  return {Fd(ends[0]), Fd(ends[1])};
}

bool send_packet(int socket, std::span<const std::byte> bytes, std::span<const int> fds) noexcept {
  iovec part{const_cast<std::byte*>(bytes.data()), bytes.size()};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(most_packet_fds * sizeof(int))> control{};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  if (!fds.empty()) {
    const std::size_t size = std::min(fds.size(), most_packet_fds) * sizeof(int);
    message.msg_control = control.data();
    message.msg_controllen = CMSG_SPACE(size);
    cmsghdr* head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(size);
    std::memcpy(CMSG_DATA(head), fds.data(), size);
  }
  const ssize_t sent = uninterrupted([&] { return sendmsg(socket, &message, MSG_NOSIGNAL); });
  return sent == static_cast<ssize_t>(bytes.size());
}

bool receive_packet(int socket, std::span<std::byte> bytes, std::span<Fd> fds) noexcept {
  iovec part{bytes.data(), bytes.size()};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(most_packet_fds * sizeof(int))> control{};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  const ssize_t got = uninterrupted([&] { return recvmsg(socket, &message, MSG_CMSG_CLOEXEC); });
  if (got < 0) return false;
  std::size_t received = 0;
  for (cmsghdr* head = CMSG_FIRSTHDR(&message); head != nullptr; head = CMSG_NXTHDR(&message, head)) {
    if (head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS) continue;
    const std::size_t count = (head->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t i = 0; i < count; ++i) {
      int fd = -1;
      std::memcpy(&fd, CMSG_DATA(head) + i * sizeof(int), sizeof fd);
      Fd owned(fd);
      if (received < fds.size()) fds[received] = std::move(owned);
      ++received;
    }
  }
  return got == static_cast<ssize_t>(bytes.size()) && received <= fds.size() &&
         (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) == 0;
}

}  // namespace echofold
