// What ends a process that runs into a damaged library: LMDB has no checksums of its pages, and follows what they say.
#pragma once

#include <string>

namespace echofold {

/// What a message about a damaged library ends with.
inline constexpr const char* damage_advice =
    "`echofold check` says what is hurt, `echofold check --repair` saves what is whole";

/// From now on a read behind the end of a library's map, a failed assertion of LMDB and a crash inside a write to a
/// library end the process with a sentence on stderr and this exit code, and not with a signal. All else that a
/// signal says goes where it went before. Once a process; a child that is forked inherits it.
void end_on_damage(int exit_code) noexcept;

/// Puts the signals back for this process: it is the parent's to say what the crash means.
void crash_on_damage() noexcept;

/// Ends the process as end_on_damage says; returns where that was never called.
void end_if_told(const char* why) noexcept;

/// The library whose name the sentence has.
void name_library(const std::string& data_file) noexcept;

/// While it lives, this thread is inside a write to a library.
class InsideWrite {
 public:
  InsideWrite() noexcept;
  ~InsideWrite();
  InsideWrite(const InsideWrite&) = delete;
  InsideWrite& operator=(const InsideWrite&) = delete;
};

}  // namespace echofold
