// Input that a user names: a file, a pipe or a terminal. Every wait for it ends when the program is asked to stop.
#pragma once

#include <array>
#include <chrono>
#include <istream>
#include <stop_token>
#include <streambuf>
#include <string>

#include "index/base/fd.h"

namespace echofold {

/// A stream of bytes that ends early when a stop is requested: the reader must check the token at the end. A pipe may
/// be stdin, a process substitution of the shell, or a named pipe. A named pipe is given 10 s until a process has
/// opened it for writing. Errors of reading are thrown by every call, whatever the stream's state is.
class InputStream : public std::istream {
 public:
  static constexpr std::chrono::seconds longest_wait_for_a_writer{10};

  /// @param path  "-": stdin
  /// @throws Error Fault::usage when nothing is there, and for a folder, a socket, and a device that is neither a
  ///         terminal nor /dev/null. The message begins with the path
  explicit InputStream(const std::string& path, std::stop_token stop = {});

 private:
  class Buffer : public std::streambuf {
   public:
    Buffer(const std::string& path, std::stop_token stop);

   protected:
    int_type underflow() override;

   private:
    std::string name_;
    std::stop_token stop_;
    Fd opened_;  // not valid for stdin
    int fd_ = -1;
    bool waits_for_writer_ = false;  ///< no process has opened it for writing yet
    std::array<char, 1 << 16> bytes_{};
  };

  Buffer buffer_;
};

}  // namespace echofold
