// See web_actions.h.
#include "tools/review/web_actions.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "engine/act/recovery/history.h"
#include "tools/review/shown_path.h"
#include "tools/review/web_answers.h"
#include "tools/review/web_groups.h"

namespace echofold {
namespace {

constexpr std::size_t most_moves_shown = 1000;

bool is_of_plan(const Step& step) {
  const auto* move = std::get_if<MoveStep>(&step);
  return move == nullptr || (move->move.goes_with.empty() && move->move.link_of.empty());
}

std::uint64_t bytes_of(const Step& step) {
  const auto* move = std::get_if<MoveStep>(&step);
  return move == nullptr ? std::get<RewriteStep>(step).rewrite.stamp.size_bytes : move->move.stamp.size_bytes;
}

Json preview_json(const ApplyPreview& preview) {
  Json moves = Json::array(), skipped = Json::array();
  std::uint64_t count = 0, along = 0, bytes = 0;
  for (const Step& step : preview.steps) {
    if (outcome(step).state != StepState::done) {
      if (skipped.size() < most_moves_shown)
        skipped.push_back(
            {{"path", shown_path(place_before(step))}, {"why", shown_text(outcome(step).note)}});
      continue;
    }
    if (!is_of_plan(step)) {
      ++along;
      continue;
    }
    ++count;
    bytes += bytes_of(step);
    if (moves.size() < most_moves_shown)
      moves.push_back({{"from", shown_path(place_before(step))},
                       {"to", shown_path(place_after(step))},
                       {"bytes", bytes_of(step)},
                       {"why", shown_text(outcome(step).note)}});
  }
  return {{"moves", std::move(moves)},
          {"skipped", std::move(skipped)},
          {"count", count},
          {"along", along},
          {"bytes", bytes},
          {"confirm", preview.confirm}};
}

Json job_json(const JobStatus& job) {
  Json skipped = Json::array();
  for (const SkippedFile& file : job.skipped)
    skipped.push_back({{"path", shown_path(file.path)}, {"why", shown_text(file.why)}});
  const auto text = [](std::string_view value) { return value.empty() ? Json(nullptr) : Json(value); };
  const auto eta_s = job.eta_s();
  return {{"kind", text(name_of(job.kind))},
          {"stage", text(job.stage)},
          {"done", job.done},
          {"of", job.of},
          {"eta_s", eta_s ? Json(*eta_s) : Json(nullptr)},
          {"finished", job.finished},
          {"run", text(job.run)},
          {"moved", job.moved},
          {"skipped", std::move(skipped)},
          {"error", text(shown_text(job.error))}};
}

Json runs_json(const Store& store) {
  Json runs = Json::array();
  for (const RunInfo& info : history(store)) {
    if (info.problem) continue;
    runs.push_back({{"run", info.run},
                    {"kind", info.kind},
                    {"at", fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                                       fmt::gmtime(static_cast<std::time_t>(info.started_at_s)))},
                    {"moved", info.set_aside() + info.linked},
                    {"bytes", info.bytes},
                    {"undone", info.taken_back},
                    {"can_be_undone", info.can_be_taken_back()}});
  }
  return {{"runs", std::move(runs)}};
}

}  // namespace

void add_action_routes(WebRouter& router, LibraryAccess& library, ReviewJobs& jobs) {
  router.get("/api/job",
             [&jobs](const WebRequest&, const PathParts&) { return json_reply(job_json(jobs.status())); });
  router.get("/api/apply", [&jobs](const WebRequest&, const PathParts&) {
    return json_reply(preview_json(jobs.preview()));
  });
  router.post("/api/apply", [&jobs](const WebRequest& request, const PathParts&) {
    jobs.start_apply(text_field(json_body(request), "confirm"));
    return json_reply(job_json(jobs.status()), 202);
  });
  router.post("/api/undo", [&jobs](const WebRequest& request, const PathParts&) {
    const Json body = json_body(request);
    jobs.start_undo(text_field(body, "run"), body.contains("answers") && flag_field(body, "answers"));
    return json_reply(job_json(jobs.status()), 202);
  });
  router.get("/api/runs", [&library](const WebRequest&, const PathParts&) {
    Json runs;
    library.read([&](const Store& store, const Snapshot&) { runs = runs_json(store); });
    return json_reply(runs);
  });
}

}  // namespace echofold
