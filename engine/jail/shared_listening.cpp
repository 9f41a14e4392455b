// One process writes, the others read. What fails in one of them is told apart at the end.
//
// No wait is for ever, and there is no cycle of waits: a reader waits for the writer alone, the writer for the slowest
// reader that still reads, and no reader for another one. A reader that ends closes its pipe, which the writer notices;
// a writer that ends closes them all.
#include "engine/jail/shared_listening.h"

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "engine/jail/file_size.h"
#include "engine/jail/running_worker.h"

namespace echofold {
namespace {

// Some second and a half of a CD: enough that all processes work at the same time, little enough for a cache. Where the
// system does not allow it, the pipe has 64 KiB.
constexpr int pipe_bytes = 256 << 10;

/// Its end for writing does not block.
std::pair<Fd, Fd> make_frame_pipe() {
  auto ends = make_pipe();
  fcntl(ends.second.get(), F_SETFL, O_NONBLOCK);
  fcntl(ends.second.get(), F_SETPIPE_SZ, pipe_bytes);
  return ends;
}

class SharedListening {
 public:
  SharedListening(ZygoteConnection& zygote, const JailLimits& limits, const SharedJob& job)
      : zygote_(zygote),
        limits_(limits),
        job_(job),
        workers_(job.partners.size() + 1),
        errors_(job.partners.size()) {}

  void run(const std::stop_token& stop) {
    start();
    await_all(workers_, stop, [&](std::size_t i, AnswerOrError answer) {
      JailOutcome outcome = outcome_of(std::move(answer));
      if (i == writer())
        end_writer(outcome);
      else
        end_partner(i, std::move(outcome));
    });
  }

 private:
  std::size_t writer() const noexcept { return job_.partners.size(); }

  /// All processes share the processors, and wait for each other: each gets the wall-clock time of all.
  JobLimits limits_of(std::span<const std::uint64_t> sizes_bytes) const {
    JobLimits limits = limits_.of_files(sizes_bytes);
    limits.wall = wall_;
    return limits;
  }

  void start() {
    std::vector<std::uint64_t> sizes_bytes{file_size_bytes(job_.fd)};
    for (const ListenPartner& partner : job_.partners) sizes_bytes.push_back(file_size_bytes(partner.fd));
    wall_ = limits_.of_files(sizes_bytes).wall;

    std::vector<Fd> for_reading, for_writing;
    std::vector<int> of_writer{job_.fd};
    for (std::size_t i = 0; i < job_.partners.size(); ++i) {
      auto [reading, writing] = make_frame_pipe();
      of_writer.push_back(writing.get());
      for_reading.push_back(std::move(reading));
      for_writing.push_back(std::move(writing));
    }
    const std::span sizes(sizes_bytes);
    WorkerJob share{.kind = WorkerJob::Kind::share, .extensions = {extension_field(job_.extension)}};
    share.pipes = static_cast<std::int64_t>(job_.partners.size());
    workers_[writer()] =
        std::make_unique<RunningWorker>(zygote_, share, of_writer, limits_of(sizes.first(1)));
    for (std::size_t i = 0; i < job_.partners.size(); ++i)
      start_partner(i, for_reading[i].get(), std::array{sizes[0], sizes[i + 1]});
  }

  void start_partner(std::size_t i, int pipe, std::span<const std::uint64_t> sizes_bytes) {
    const ListenPartner& partner = job_.partners[i];
    WorkerJob job{.kind = WorkerJob::Kind::listen_piped,
                  .extensions = {extension_field({}), extension_field(partner.extension)}};
    job.offset_s = partner.settings.offset_s;
    job.speed = partner.settings.speed;
    try {
      workers_[i] =
          std::make_unique<RunningWorker>(zygote_, job, std::array{pipe, partner.fd}, limits_of(sizes_bytes));
    } catch (const Error& error) {
      errors_[i] = error;
    }
  }

  JailOutcome outcome_of(AnswerOrError answer) const {
    if (const Error* error = std::get_if<Error>(&answer)) return *error;
    JailAnswer& whole = std::get<JailAnswer>(answer);
    if (job_.on_confinement) job_.on_confinement(whole.confinement);
    return std::move(whole.outcome);
  }

  static Error error_in(const JailOutcome& outcome) {
    if (const Error* error = std::get_if<Error>(&outcome)) return *error;
    return {Fault::unsupported, "the decoder gave an answer of another kind"};
  }

  void end_partner(std::size_t i, JailOutcome outcome) {
    if (Heard* heard = std::get_if<Heard>(&outcome)) return job_.on_heard(i, {std::move(*heard)});
    errors_[i] = error_in(outcome);
    if (writer_ended_) report_errors();
  }

  /// Only now it is known whose fault it was that a partner got no whole stream.
  void end_writer(const JailOutcome& outcome) {
    writer_ended_ = true;
    if (!std::holds_alternative<SharedFrames>(outcome)) writer_error_ = error_in(outcome);
    report_errors();
  }

  void report_errors() {
    // Another fault may be that of a partner that held up all others, or of the system.
    const bool of_shared = writer_error_ && writer_error_->fault() == Fault::unsupported;
    for (std::size_t i = 0; i < errors_.size(); ++i)
      if (const auto error = std::exchange(errors_[i], std::nullopt))
        job_.on_heard(i, {of_shared ? *writer_error_ : *error, of_shared});
  }

  ZygoteConnection& zygote_;
  const JailLimits& limits_;
  const SharedJob& job_;
  std::chrono::seconds wall_{0};
  std::vector<std::unique_ptr<RunningWorker>> workers_;  ///< of the partners, then the writer
  std::vector<std::optional<Error>> errors_;             ///< of partners, not reported yet
  bool writer_ended_ = false;
  std::optional<Error> writer_error_;
};

}  // namespace

void listen_to_each(ZygoteConnection& zygote, const JailLimits& limits, const SharedJob& job,
                    const std::stop_token& stop) {
  SharedListening(zygote, limits, job).run(stop);
}

}  // namespace echofold
