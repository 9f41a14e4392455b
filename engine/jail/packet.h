// Sends small packets, and open descriptors with them, between two processes.
#pragma once

#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>

#include "index/base/fd.h"

namespace echofold {

/// Two ends of a connection that preserves packet boundaries, closed on exec.
/// @throws Error Fault::io
std::pair<Fd, Fd> make_packet_sockets();

/// How many descriptors a packet can carry: a pipe, a file, and pipes to sixteen processes that want its frames.
inline constexpr std::size_t most_packet_fds = 18;

/// Sends a packet of exactly these bytes.
/// @param fds  at most most_packet_fds
/// @return false, with errno, if the other end is closed
bool send_packet(int socket, std::span<const std::byte> bytes, std::span<const int> fds) noexcept;

/// Waits for a packet of exactly bytes.size() bytes and at most fds.size() descriptors, which the caller then owns.
/// @return false if the other end is closed or sends anything else
bool receive_packet(int socket, std::span<std::byte> bytes, std::span<Fd> fds) noexcept;

template <class Plain>
std::span<const std::byte> bytes_of(const Plain& value) noexcept {
  static_assert(std::is_trivially_copyable_v<Plain>);
  return std::as_bytes(std::span(&value, 1));
}
template <class Plain>
std::span<std::byte> writable_bytes_of(Plain& value) noexcept {
  static_assert(std::is_trivially_copyable_v<Plain>);
  return std::as_writable_bytes(std::span(&value, 1));
}

}  // namespace echofold
