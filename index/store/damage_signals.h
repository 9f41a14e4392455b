// Ends a process that crashes on a damaged library with a message. LMDB has no checksums of its pages and follows
// whatever they contain.
#pragma once

#include <string>

namespace echofold {

/// The end of every message about a damaged library.
inline constexpr const char* damage_advice =
    "`echofold check` says what is damaged, `echofold check --repair` saves what is whole";

/// From now on, three things end the process with a sentence on stderr and this exit code instead of a signal: a read
/// behind the end of a library's map, a failed assertion of LMDB, and a crash inside a write to a library. All other
/// signals go to the handlers that were there before. The handlers are installed once per process; a forked child
/// inherits them.
void end_on_damage(int exit_code) noexcept;

/// Gives the signals their default action again in this process: its parent reports what a crash means.
void crash_on_damage() noexcept;

/// Ends the process as end_on_damage does. Returns if end_on_damage was never called.
void end_if_told(const char* why) noexcept;

/// Sets the name of the library in the sentence.
void name_library(const std::string& data_file) noexcept;

/// Marks this thread as inside a write to a library, as long as the object lives.
class InsideWrite {
 public:
  InsideWrite() noexcept;
  ~InsideWrite();
  InsideWrite(const InsideWrite&) = delete;
  InsideWrite& operator=(const InsideWrite&) = delete;
};

}  // namespace echofold
