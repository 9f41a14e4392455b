// read_track() in a process of its own, which can reach nothing but the one file.
//
// A file from anywhere may crash a decoder, keep it busy for ever, eat all memory, or take it over. In here each of
// these costs that file alone.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include "engine/audio/read_track.h"
#include "engine/jail/limits.h"

namespace echofold {

/// Reads files, each in a process that is forked for it from a zygote: a small process that was forked when the
/// program began. The process reads the one open descriptor; it can open, make or change no file, reach no network, start no
/// program, and has limits of memory, processor time and file size (Landlock, seccomp, no_new_privs, rlimits); the
/// wall clock is watched from here.
///
/// Construct before any thread is started and before a store is opened. Thread-safe after that.
class Jail {
 public:
  struct Settings {
    JailLimits limits;
    /// Called at most once, from any thread, with what this kernel lacks ("Landlock, seccomp").
    std::function<void(const std::string& missing)> on_weaker;
    decltype(&read_track) read = read_track;  ///< tests put other functions there
  };

  /// @throws Error Fault::io when no process can be forked
  explicit Jail(Settings settings);
  ~Jail();  ///< ends the zygote and all that it started
  Jail(const Jail&) = delete;
  Jail& operator=(const Jail&) = delete;

  /// As read_track(), with its errors. Beyond those:
  /// @throws Error  Fault::unsupported when the decoder crashes (its signal is named) or a limit of processor time or
  ///                memory ends it; Fault::io when it takes longer than the wall clock allows, is killed from
  ///                elsewhere or can't be started: trying again may help then
  AudioTrack read(int fd, std::string_view extension, const ReadSettings& settings,
                  const std::stop_token& stop);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace echofold
