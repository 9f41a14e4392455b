// A decoding process: one file or two in, one answer out; or one file in, its frames out to several others.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "engine/jail/job_functions.h"
#include "engine/jail/seccomp_filter.h"
#include "index/base/fd.h"

namespace echofold {

/// Plain memory, so that it can be sent between processes. Numbers, not bools, so that the packet has no padding.
struct WorkerJob {
  enum class Kind : std::int64_t {
    read,          ///< one file
    listen,        ///< two files, compared
    listen_piped,  ///< a pipe of a process with `share`, and a file: compared
    share,         ///< one file, and pipes to write its frames to
    media          ///< a part of one file, to be shown or played
  };
  static constexpr bool is_pair(Kind kind) noexcept {
    return kind == Kind::listen || kind == Kind::listen_piped;
  }
  static constexpr std::size_t most_shared = 16;  ///< pipes
  static constexpr std::size_t most_files = 1 + most_shared;
  using Extension = std::array<char, 16>;  ///< ends at the first NUL or at the end of the array

  Kind kind = Kind::read;
  std::array<Extension, 2> extensions{};
  // for read:
  std::int64_t length_s = 0;
  std::uint64_t hash_seed = 0;
  std::int64_t payload_only = 0;
  std::int64_t speed_percent = 0;
  std::int64_t list_contents = 0;
  // for listen:
  double offset_s = 0;
  double speed = 1;
  // for share:
  std::int64_t pipes = 0;  ///< up to most_shared
  // for media:
  std::int64_t media_kind = 0;  ///< a MediaKind
  double from_s = 0;
  double part_s = 0;
  std::int64_t columns = 0;
  std::int64_t rate_hz = 0;
  // limits:
  std::int64_t cpu_s = 0;
  std::uint64_t memory_bytes = 0;  ///< in addition to what is mapped at the start

  /// Descriptors that come with it.
  std::size_t files() const noexcept {
    if (kind == Kind::share) return 1 + static_cast<std::size_t>(pipes);
    return is_pair(kind) ? 2 : 1;
  }
};

/// At most its first 16 characters.
inline WorkerJob::Extension extension_field(std::string_view extension) noexcept {
  WorkerJob::Extension text{};
  std::copy_n(extension.data(), std::min(extension.size(), text.size()), text.data());
  return text;
}

/// How messages refer to the files of a job. Which of two files is at fault can't be known.
struct FileWords {
  const char *all, *culprit, *of_all;
};
constexpr FileWords words_for(WorkerJob::Kind kind) noexcept {
  if (WorkerJob::is_pair(kind)) return {"them", "one of them", "their"};
  return {"it", "it", "its"};
}

/// Confines this process, reads the files, writes the answer to the pipe and exits.
/// @param files  as many as the job has
[[noreturn]] void run_worker(const WorkerJob& job, const Fd& pipe, std::span<const Fd> files,
                             const JobFunctions& functions, const SeccompFilter& filter) noexcept;

}  // namespace echofold
