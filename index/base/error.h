// The one exception type of echofold: a kind of fault, and a sentence for the user.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

namespace echofold {

/// The kind of a fault. tools/ turns it into an exit code.
enum class Fault : std::uint8_t {
  io,           ///< the operating system refused or failed
  missing,      ///< a file or folder is not there
  permission,   ///< not allowed
  unsupported,  ///< readable, but not something echofold can work on (no audio, other file system, ...)
  damaged,      ///< bytes that fail their checksum or their format
  full,         ///< no space left on the device
  changed,      ///< a file is not what the plan says it is
  locked,       ///< another run holds the library
  version,      ///< written by another version of echofold
  no_database,  ///< there is no library at the given place
  usage,        ///< wrong options, settings or input
  guard,        ///< stopped by a safety guard; nothing was changed
  interrupted   ///< the user asked to stop
};

/// `message` is one sentence that names the file and, where that helps, what to do.
class Error : public std::runtime_error {
 public:
  Error(Fault fault, const std::string& message) : std::runtime_error(message), fault_(fault) {}
  Fault fault() const noexcept { return fault_; }

 private:
  Fault fault_;
};

/// An Error for an errno value, with the fault that belongs to it.
/// The message reads `<what>: <strerror>`.
Error system_error(int errno_value, const std::string& what);

}  // namespace echofold
