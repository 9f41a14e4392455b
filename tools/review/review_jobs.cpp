// See review_jobs.h.
#include "tools/review/review_jobs.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/random.h>

#include <algorithm>
#include <ctime>
#include <set>
#include <utility>

#include "engine/act/recovery/history.h"
#include "engine/act/recovery/undo.h"
#include "engine/dedupe/answers.h"
#include "engine/dedupe/kept.h"
#include "engine/dedupe/stored_heard.h"
#include "index/base/error.h"
#include "index/base/text/printable.h"
#include "tools/console/output.h"
#include "tools/library.h"
#include "tools/review/questions.h"
#include "tools/review/shown_path.h"
#include "tools/review/web_request.h"
#include "tools/stages/act_run.h"
#include "tools/stages/dedupe_sides.h"
#include "tools/stages/plan_run.h"
#include "tools/stages/undo_run.h"

namespace echofold {
namespace {

using namespace std::chrono_literals;

/// How often it is looked at whether another program has changed the library.
constexpr auto look_interval = 2s;
constexpr std::size_t most_skipped_shown = 1000;

/// A library of some folders, for people: "~/Music, /mnt/nas".
std::string name_of_library(const Snapshot& snapshot) {
  std::string text;
  for (const Root& root : snapshot.roots()) text += (text.empty() ? "" : ", ") + shown_path(root.path);
  return text;
}

PlanSettings settings_of(const ReviewOptions& options, const Snapshot& snapshot) {
  PlanSettings settings = plan_settings(options);
  settings.redo = options.redo;
  settings.new_folders = remembered_new_folders(snapshot);
  return settings;
}

/// The plan with what was heard so far; nobody listens.
Plan plan_as_known(const Store& store, const Snapshot& snapshot, const ReviewOptions& options) {
  PlanSettings settings = settings_of(options, snapshot);
  settings.redo = false;
  if (options.listen) {
    settings.by_ear = [&](const TrackRecord& keeper, const TrackRecord& loser, const Evidence&) {
      return ByEar{stored_heard(snapshot, keeper, loser), {}};
    };
    settings.heard_so_far = [&](const TrackRecord& a, const TrackRecord& b) {
      return stored_heard(snapshot, a, b);
    };
  }
  return make_plan(snapshot, store.library_id(), settings);
}

/// Adds what was answered and a new plan does not know as decided: two files with the very same fingerprint, for which
/// an answer of the library does not say which is which. Each is a group of its own, as after a review in the terminal.
void add_answered(Plan& plan, const ReviewView& view) {
  std::set<TrackId> gone;
  for (const PlanGroup& group : plan.groups)
    for (const PlanDrop& drop : group.drops) gone.insert(drop.file.track.id);
  for (const PlanGroup& group : view.shown->plan.groups)
    for (const PlanDrop& drop : group.drops) {
      const PairAnswer answer = view.answer(drop);
      if (answer != PairAnswer::keep_keeper && answer != PairAnswer::keep_drop) continue;
      const Question question = question_of(group, drop);
      const TrackId loser = view.loser(group, drop, false)->id;
      const bool loses_left = question.left.track.id == loser;
      const TrackId winner = (loses_left ? question.right : question.left).track.id;
      if (gone.contains(winner) || !gone.insert(loser).second) continue;
      plan.groups.push_back(decided_against(question, loses_left ? question.left : question.right));
    }
}

/// What of a new plan the page shows as decided: nothing goes that the user has not seen.
Plan decided(Plan plan, const ReviewView& view) {
  for (PlanGroup& group : plan.groups)
    std::erase_if(group.drops, [&](const PlanDrop& drop) {
      if (drop.action != Action::move) return true;
      const auto place = view.shown->places.find(drop.file.track.id);
      if (place == view.shown->places.end()) return true;
      const PlanGroup& shown = view.shown->plan.groups[place->second.group];
      if (!place->second.drop) {  // it was the keeper, and the user chose the other
        return std::none_of(shown.drops.begin(), shown.drops.end(), [&](const PlanDrop& other) {
          return other.file.track.id == group.keep.track.id && view.answer(other) == PairAnswer::keep_drop;
        });
      }
      const bool is_shown_pair = shown.keep.track.id == group.keep.track.id;
      return !is_shown_pair || view.loser(shown, shown.drops[*place->second.drop], false) == nullptr;
    });
  std::erase_if(plan.groups, [](const PlanGroup& group) { return group.drops.empty(); });
  add_answered(plan, view);
  return plan;
}

std::string random_word() {
  std::uint32_t number = 0;
  if (getrandom(&number, sizeof number, 0) != sizeof number) throw system_error(errno, "no random numbers");
  return fmt::format("{:08x}", number);
}

}  // namespace

std::string_view name_of(JobKind kind) noexcept {
  switch (kind) {
    case JobKind::listen:
      return "listen";
    case JobKind::apply:
      return "apply";
    case JobKind::undo:
      return "undo";
    case JobKind::none:
      break;
  }
  return "";
}

std::optional<double> JobStatus::eta_s() const {
  const double elapsed_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  if (finished || done == 0 || of == 0 || elapsed_s < 1) return std::nullopt;
  return elapsed_s * static_cast<double>(of - std::min(of, done)) / static_cast<double>(done);
}

ReviewJobs::ReviewJobs(LibraryAccess& library, ReviewState& state, const ReviewOptions& options)
    : library_(library), state_(state), options_(options) {
  options_.on_progress = [this](std::string_view stage, std::uint64_t done, std::uint64_t of) {
    report(stage, done, of);
  };
  status_ = {.kind = JobKind::listen, .began = std::chrono::steady_clock::now()};
}

JobStatus ReviewJobs::status() const {
  const std::lock_guard lock(mutex_);
  return status_;
}

void ReviewJobs::report(std::string_view stage, std::uint64_t done, std::uint64_t of) {
  const std::lock_guard lock(mutex_);
  if (status_.finished && stage == "listen")
    status_ = {.kind = JobKind::listen, .began = std::chrono::steady_clock::now()};
  if (status_.kind != JobKind::listen || status_.finished) return;
  if (status_.stage != stage) status_.began = std::chrono::steady_clock::now();
  status_.stage = stage;
  status_.done = done;
  status_.of = of;
}

void ReviewJobs::fail(const std::string& why) {
  spdlog::error("{}", printable(why));
  const std::lock_guard lock(mutex_);
  status_.error = why;
  status_.finished = true;
}

void ReviewJobs::show(const Store& store, Plan plan, const std::stop_token& stop) {
  auto shown = std::make_shared<ShownPlan>();
  {
    const Snapshot snapshot = store.snapshot();
    shown->library = name_of_library(snapshot);
    shown->files = snapshot.track_count();
    shown->notes = notes_on(plan, snapshot, stop);
  }
  shown->plan = std::move(plan);
  for (std::size_t g = 0; g < shown->plan.groups.size(); ++g) {
    const PlanGroup& group = shown->plan.groups[g];
    shown->places[group.keep.track.id] = {g, std::nullopt};
    for (std::size_t d = 0; d < group.drops.size(); ++d) shown->places[group.drops[d].file.track.id] = {g, d};
  }
  state_.show(shown, [&] { return answers_about(*shown, store); });
}

/// What the library knows about the pairs of the plan, and what waits for it.
std::map<TrackId, StoredAnswer> ReviewJobs::answers_about(const ShownPlan& shown, const Store& store) const {
  std::map<TrackId, StoredAnswer> stored;
  const Snapshot snapshot = store.snapshot();
  const auto waiting = waiting_answers(store.dir());
  for (const PlanGroup& group : shown.plan.groups)
    for (const PlanDrop& drop : group.drops) {
      if (drop.action == Action::none) continue;
      const Hash128 &keeper = group.keep.track.items_hash, &loser = drop.file.track.items_hash;
      StoredAnswer answer =
          options_.redo ? StoredAnswer{keeper, loser, std::nullopt, 0} : answer_in(snapshot, keeper, loser);
      for (const StoredAnswer& later : waiting)
        if (later.a == keeper && later.b == loser) answer = later;
      if (answer.verdict) stored.emplace(drop.file.track.id, answer);
    }
  return stored;
}

void ReviewJobs::show_plan_of(Store& store, const std::stop_token& stop) {
  library_.mark_seen();
  const PlanSettings settings =
      settings_of(options_, store.snapshot());  // no snapshot may live beyond this line
  show(store, run_listening_plan_stage(store, options_, settings, stop), stop);
}

void ReviewJobs::show_known(const std::stop_token& stop) {
  library_.read([&](const Store& store, const Snapshot& snapshot) {
    show(store, plan_as_known(store, snapshot, options_), stop);
  });
}

/// @return false if another run has the library
bool ReviewJobs::try_to_plan(const std::stop_token& stop) {
  try {
    library_.job([&](Store& store) { show_plan_of(store, stop); });
  } catch (const Error& error) {
    if (error.fault() == Fault::locked) return false;
    if (error.fault() != Fault::interrupted) fail(error.what());
    return true;
  } catch (const std::exception& error) {
    fail(error.what());
    return true;
  }
  const std::lock_guard lock(mutex_);
  if (status_.kind == JobKind::listen) {
    status_.finished = true;
    status_.error.clear();
  }
  return true;
}

void ReviewJobs::run(const std::stop_token& stop) {
  bool is_planned = try_to_plan(stop);
  if (!is_planned) {
    spdlog::info(
        "another run of echofold has the library: the page shows what was known before it, and answers wait");
    try {
      show_known(stop);
    } catch (const Error& error) {
      spdlog::error("{}", printable(error.what()));
    }
    fail("another run of echofold has the library: this is what was known before it");
  }
  while (!stop.stop_requested()) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, stop, look_interval, [&] { return waiting_.has_value(); });
    }
    if (stop.stop_requested()) return;
    do_waiting(stop);
    try {
      if (library_.is_changed_by_others() || !is_planned) is_planned = try_to_plan(stop);
      library_.store_waiting();
    } catch (const Error& error) {
      spdlog::warn("{}", printable(error.what()));
    }
  }
}

void ReviewJobs::start(JobKind kind, Task task) {
  const std::lock_guard lock(mutex_);
  if (is_working_ || waiting_ || (status_.kind == JobKind::listen && !status_.finished))
    throw WebError(503, "other work is under way: a moment, please");
  waiting_ = Waiting{kind, std::move(task)};
  status_ = {.kind = kind, .began = std::chrono::steady_clock::now()};
  wake_.notify_all();
}

void ReviewJobs::do_waiting(const std::stop_token& stop) {
  std::optional<Waiting> job;
  {
    const std::lock_guard lock(mutex_);
    job = std::exchange(waiting_, std::nullopt);
    is_working_ = job.has_value();
  }
  if (!job) return;
  std::string error;
  try {
    job->task(stop);
  } catch (const std::exception& e) {
    error = e.what();
    spdlog::error("{}", printable(error));
  }
  flush_output();
  {
    const std::lock_guard lock(mutex_);
    is_working_ = false;
    status_.finished = true;
    status_.error = error;
  }
  state_.touch();
}

ApplyPreview ReviewJobs::preview() {
  library_.store_waiting();
  if (!waiting_answers(options_.db).empty())
    throw Error(Fault::locked, "another run of echofold has the library: apply when that run has ended");
  ApplyPreview preview{{}, random_word()};
  Previewed previewed{{}, preview.confirm, 0};
  library_.read([&](const Store& store, const Snapshot& snapshot) {
    const ReviewView view = state_.view();
    previewed.generation = view.generation;
    previewed.plan = decided(plan_as_known(store, snapshot, options_), view);
    preview_apply(store, previewed.plan, apply_settings(options_),
                  [&](const PlanGroup&, const Step& step) { preview.steps.push_back(step); });
  });
  const std::lock_guard lock(mutex_);
  previewed_ = std::move(previewed);
  return preview;
}

void ReviewJobs::start_apply(const std::string& confirm) {
  Plan plan;
  {
    const std::lock_guard lock(mutex_);
    if (!previewed_ || previewed_->confirm != confirm || previewed_->generation != state_.generation())
      throw WebError(409, "something has changed since this was shown: look at it again");
    plan = previewed_->plan;
  }
  start(JobKind::apply,
        [this, plan = std::move(plan)](const std::stop_token& stop) { apply_plan(plan, stop); });
  const std::lock_guard lock(mutex_);
  previewed_.reset();  // it is valid once
}

void ReviewJobs::apply_plan(const Plan& plan, const std::stop_token& stop) {
  {
    const std::lock_guard lock(mutex_);
    for (const PlanGroup& group : plan.groups) status_.of += group.drops.size();
  }
  library_.job([&](Store& store) {
    ApplySettings settings = apply_settings(options_);
    settings.must_match = thresholds_of(options_);  // some time may have passed since the plan was made
    const auto on_step = [&](const PlanGroup&, const Step& step) {
      const std::lock_guard lock(mutex_);
      const auto* move = std::get_if<MoveStep>(&step);
      const bool is_of_plan =
          move == nullptr || (move->move.goes_with.empty() && move->move.link_of.empty() &&
                              move->move.purpose != MovePurpose::rename);
      status_.done += is_of_plan ? 1 : 0;
      if (outcome(step).state != StepState::done && status_.skipped.size() < most_skipped_shown)
        status_.skipped.push_back({place_before(step), outcome(step).note});
      else if (is_of_plan && outcome(step).state == StepState::done)
        ++status_.moved;
    };
    const ActResult result = act(store, options_, settings, plan, on_step, stop);
    {
      const std::lock_guard lock(mutex_);
      status_.run = result.summary.run;
    }
    if (!stop.stop_requested()) show_plan_of(store, stop);
  });
}

void ReviewJobs::start_undo(const std::string& run, bool answers) {
  library_.read([&](const Store& store, const Snapshot&) {
    const auto runs = history(store);
    const auto is_it = [&](const RunInfo& info) { return info.run == run && info.can_be_taken_back(); };
    if (std::none_of(runs.begin(), runs.end(), is_it))
      throw WebError(404, "there is no such run to take back");
  });
  start(JobKind::undo, [this, run, answers](const std::stop_token& stop) { undo_run(run, answers, stop); });
}

void ReviewJobs::undo_run(const std::string& run, bool answers, const std::stop_token& stop) {
  {
    const std::lock_guard lock(mutex_);
    status_.run = run;
  }
  library_.job([&](Store& store) {
    const std::uint64_t count = preview_undo(store, run).size();
    const auto on_step = [&](const Step& step) {
      const std::lock_guard lock(mutex_);
      status_.of = count;
      ++status_.done;
      if (outcome(step).state == StepState::undone)
        ++status_.moved;
      else if (status_.skipped.size() < most_skipped_shown)
        status_.skipped.push_back({place_after(step), outcome(step).note});
    };
    const UndoSummary summary = undo(store, run, on_step);
    if (answers) take_answers_back(store, summary);
    spdlog::info("run {}: {} restored, {} skipped", run, summary.restored, summary.skipped);
    if (!stop.stop_requested()) show_plan_of(store, stop);
  });
}

}  // namespace echofold
