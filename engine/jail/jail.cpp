// Requests processes, and turns their answers into results.
#include "engine/jail/jail.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <optional>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include "engine/jail/answer.h"
#include "engine/jail/file_size.h"
#include "engine/jail/running_worker.h"
#include "engine/jail/zygote_connection.h"
#include "index/base/error.h"

namespace echofold {
namespace {

/// What a job of one kind leads to.
/// @throws Error  that of the outcome; Fault::unsupported if a decoder that was taken over answers as another kind
template <class Result>
Result result_of(JailOutcome outcome) {
  if (const Error* error = std::get_if<Error>(&outcome)) throw *error;
  if (Result* result = std::get_if<Result>(&outcome)) return std::move(*result);
  throw Error(Fault::unsupported, "the decoder gave an answer of another kind");
}

}  // namespace

struct Jail::Impl {
  explicit Impl(Settings with)
      : settings(std::move(with)),
        zygote({.read = settings.read,
                .listen = settings.listen,
                .share = settings.share,
                .media = settings.media}) {}

  /// Does the job in a process of its own. Sets its limits.
  /// @param files  as many as the job has
  JailOutcome run(const WorkerJob& job, std::span<const int> files, const std::stop_token& stop) {
    std::array<std::unique_ptr<RunningWorker>, 1> worker{
        std::make_unique<RunningWorker>(zygote, job, files, limits_of(files))};
    std::optional<JailOutcome> outcome;
    await_all(worker, stop,
              [&](std::size_t, AnswerOrError answer) { outcome = outcome_of(std::move(answer)); });
    return std::move(outcome).value();
  }

  JobLimits limits_of(std::span<const int> files) const {
    std::vector<std::uint64_t> sizes_bytes(files.size());
    std::transform(files.begin(), files.end(), sizes_bytes.begin(), file_size_bytes);
    return settings.limits.of_files(sizes_bytes);
  }

  JailOutcome outcome_of(AnswerOrError answer) {
    if (const Error* error = std::get_if<Error>(&answer)) return *error;
    JailAnswer& whole = std::get<JailAnswer>(answer);
    report_once(whole.confinement);
    return std::move(whole.outcome);
  }

  void report_once(const Confinement& confinement) {
    if (confinement.complete() || !settings.on_missing_protection) return;
    std::call_once(reported, [&] { settings.on_missing_protection(confinement.missing()); });
  }

  Settings settings;
  ZygoteConnection zygote;
  std::once_flag reported;
};

Jail::Jail(Settings settings) : impl_(std::make_unique<Impl>(std::move(settings))) {}
Jail::~Jail() = default;

AudioTrack Jail::read(int fd, std::string_view extension, const ReadSettings& settings,
                      const std::stop_token& stop) {
  WorkerJob job{.kind = WorkerJob::Kind::read, .extensions = {extension_field(extension)}};
  job.length_s = settings.limit.count();
  job.hash_seed = settings.hash_seed;
  job.speed_percent = settings.speed_percent;
  job.payload_only = settings.payload_only ? 1 : 0;
  job.list_contents = settings.list_contents ? 1 : 0;
  return result_of<AudioTrack>(impl_->run(job, std::array{fd}, stop));
}

Heard Jail::listen(int fd_a, std::string_view extension_a, int fd_b, std::string_view extension_b,
                   const ListenSettings& settings, const std::stop_token& stop) {
  WorkerJob job{.kind = WorkerJob::Kind::listen,
                .extensions = {extension_field(extension_a), extension_field(extension_b)}};
  job.offset_s = settings.offset_s;
  job.speed = settings.speed;
  return result_of<Heard>(impl_->run(job, std::array{fd_a, fd_b}, stop));
}

void Jail::listen_to_each(int fd, std::string_view extension, std::span<const ListenPartner> partners,
                          const std::function<void(std::size_t, PartnerHeard)>& on_heard,
                          const std::stop_token& stop) {
  const SharedJob job{fd, extension, partners, on_heard,
                      [&](const Confinement& confinement) { impl_->report_once(confinement); }};
  echofold::listen_to_each(impl_->zygote, impl_->settings.limits, job, stop);
}

Media Jail::media(int fd, std::string_view extension, const MediaRequest& request,
                  const std::stop_token& stop) {
  WorkerJob job{.kind = WorkerJob::Kind::media, .extensions = {extension_field(extension)}};
  job.media_kind = static_cast<std::int64_t>(request.kind);
  job.from_s = request.from_s;
  job.part_s = request.length_s;
  job.columns = request.columns;
  job.rate_hz = request.rate_hz;
  Media media = result_of<Media>(impl_->run(job, std::array{fd}, stop));
  if (!is_answer_to(media, request))
    throw Error(Fault::unsupported, "the decoder gave something else than what was asked for");
  return media;
}

}  // namespace echofold
