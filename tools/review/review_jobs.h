// The long work behind the review page: making the plan, applying it, taking a run back. One at a time, in a thread of
// its own.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/act/apply.h"
#include "tools/options/all_options.h"
#include "tools/review/library_access.h"
#include "tools/review/review_state.h"

namespace echofold {

enum class JobKind : std::uint8_t { none, listen, apply, undo };
std::string_view name_of(JobKind kind) noexcept;  ///< empty for `none`

struct SkippedFile {
  std::string path, why;
};

/// How far the newest job is.
struct JobStatus {
  JobKind kind = JobKind::none;
  std::string stage = {};  ///< of making the plan: "index", "listen", ...
  std::uint64_t done = 0, of = 0;
  std::chrono::steady_clock::time_point began{};
  bool finished = false;
  std::string run = {};     ///< of `apply` and `undo`, once known
  std::uint64_t moved = 0;  ///< set aside or linked; for `undo`: brought back
  std::vector<SkippedFile> skipped = {};
  std::string error = {};  ///< empty: none

  std::optional<double> eta_s() const;  ///< nothing in the first second
};

/// What `apply` would do now.
struct ApplyPreview {
  Steps steps;
  std::string confirm;  ///< a random word that is valid for this very preview
};

class ReviewJobs {
 public:
  /// @param options  must outlive this
  ReviewJobs(LibraryAccess& library, ReviewState& state, const ReviewOptions& options);

  /// Makes the plan, then does what is asked for, until a stop. Also sees when another program has changed the library,
  /// and stores waiting answers.
  void run(const std::stop_token& stop);

  JobStatus status() const;

  /// What the page shows as decided, as the library has it: answered pairs, and what is certain if that is accepted.
  /// @throws Error Fault::locked while another run has the library
  ApplyPreview preview();

  /// Begins to apply the newest preview. @throws WebError 409 if this is not its word, or if anything has changed since;
  /// 503 while there is another job
  void start_apply(const std::string& confirm);

  /// Begins to take a run back.
  /// @param answers  also takes back the answers that sent its files away
  /// @throws WebError 404 if there is no such run; 503
  void start_undo(const std::string& run, bool answers);

 private:
  using Task = std::function<void(const std::stop_token&)>;

  void start(JobKind kind, Task task);
  void do_waiting(const std::stop_token& stop);
  bool try_to_plan(const std::stop_token& stop);
  void fail(const std::string& why);
  void show_plan_of(Store& store, const std::stop_token& stop);
  void show_known(const std::stop_token& stop);
  void apply_plan(const Plan& plan, const std::stop_token& stop);
  void undo_run(const std::string& run, bool answers, const std::stop_token& stop);
  void show(const Store& store, Plan plan, const std::stop_token& stop);
  std::map<TrackId, StoredAnswer> answers_about(const ShownPlan& shown, const Store& store) const;
  void report(std::string_view stage, std::uint64_t done, std::uint64_t of);

  struct Waiting {
    JobKind kind;
    Task task;
  };
  struct Previewed {
    Plan plan;
    std::string confirm;
    std::uint64_t generation;
  };

  LibraryAccess& library_;
  ReviewState& state_;
  ReviewOptions options_;
  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  JobStatus status_;
  std::optional<Waiting> waiting_;
  bool is_working_ = false;
  std::optional<Previewed> previewed_;
};

}  // namespace echofold
