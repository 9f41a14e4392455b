// Runs read_track(), listen() or read_media() in a process of its own, which can reach nothing but the one file, or the
// two.
//
// A hostile file may crash a decoder, keep it busy forever, exhaust memory, or take it over. In the jail each of
// these affects only that file and what it is compared with.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include "engine/audio/read_track.h"
#include "engine/jail/job_functions.h"
#include "engine/jail/limits.h"
#include "engine/listen/listen.h"

namespace echofold {

/// Reads files, each in a process forked for it from a zygote: a small process that was forked when the program
/// started. The process reads the one open descriptor, or the two of a pair that it compares. It can't open, create
/// or change any file, use the network or start a program, and it has limits of memory, processor time and file size
/// (Landlock, seccomp, no_new_privs, rlimits). The program itself enforces the limit of wall-clock time.
///
/// Construct it before any thread starts and before a store is opened. Thread-safe after that.
class Jail {
 public:
  struct Settings {
    JailLimits limits;
    /// Called at most once, from any thread, with what this kernel lacks ("Landlock, seccomp").
    std::function<void(const std::string& missing)> on_missing_protection;
    ReadFunction read = read_track;  ///< tests replace these
    ListenFunction listen = echofold::listen;
    MediaFunction media = read_media;
  };

  /// @throws Error Fault::io when no process can be forked
  explicit Jail(Settings settings);
  ~Jail();  ///< ends the zygote and all processes that it started
  Jail(const Jail&) = delete;
  Jail& operator=(const Jail&) = delete;

  /// As read_track(), with its errors. Also:
  /// @throws Error  Fault::unsupported when the decoder crashes (the message names the signal) or a limit of
  ///                processor time or memory ends it; Fault::io when it exceeds the wall-clock limit, something else
  ///                kills it, or it can't be started: a retry may help then
  AudioTrack read(int fd, std::string_view extension, const ReadSettings& settings,
                  const std::stop_token& stop);

  /// As listen() on two files, in one process for both, with the errors of read(). Both files count for the limits
  /// (JailLimits::of_files). Which of the two crashed the decoder can't be known: the message says "one of them", and
  /// the caller names both.
  Heard listen(int fd_a, std::string_view extension_a, int fd_b, std::string_view extension_b,
               const ListenSettings& settings, const std::stop_token& stop);

  /// As read_media(), with the errors of read(). The answer is_answer_to() the request.
  Media media(int fd, std::string_view extension, const MediaRequest& request, const std::stop_token& stop);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace echofold
