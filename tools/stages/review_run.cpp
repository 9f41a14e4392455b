// See review_run.h.
#include "tools/stages/review_run.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <ctime>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "tools/console/keys.h"
#include "tools/console/output.h"
#include "tools/console/terminal.h"
#include "tools/review/ask.h"
#include "tools/review/player.h"
#include "tools/review/questions.h"
#include "tools/stages/act_run.h"

namespace echofold {
namespace {

/// "Both for now" is not stored: the next review asks about the pair again.
std::optional<Verdict> verdict_of(Answer answer) {
  switch (answer) {
    case Answer::keep_left:
      return Verdict::keep_a;
    case Answer::keep_right:
      return Verdict::keep_b;
    case Answer::keep_both_for_ever:
      return Verdict::keep_both;
    case Answer::keep_both_for_now:
      break;
  }
  return std::nullopt;
}

ReviewEvents store_answers_in(Store& store) {
  ReviewEvents events;
  // When an answer is taken back, an earlier one (--redo) is stored again.
  struct Earlier {
    std::optional<Verdict> verdict;
    std::int64_t answered_at_s = 0;
  };
  const auto earlier = std::make_shared<std::map<std::pair<Hash128, Hash128>, Earlier>>();
  events.answered = [&store, earlier](const Question& question, Answer answer) {
    const Hash128 &left = question.left.track.items_hash, &right = question.right.track.items_hash;
    const auto verdict = verdict_of(answer);
    if (!verdict) return;
    {
      const Snapshot snapshot = store.snapshot();
      earlier->insert_or_assign({left, right},
                                Earlier{snapshot.verdict(left, right), snapshot.verdict_time(left, right)});
    }
    store.write([&](Writer& writer) { writer.put_verdict(left, right, *verdict, std::time(nullptr)); });
  };
  events.taken_back = [&store, earlier](const Question& question, Answer) {
    const Hash128 &left = question.left.track.items_hash, &right = question.right.track.items_hash;
    const auto known = earlier->find({left, right});
    if (known == earlier->end()) return;  // "both for now" is not stored
    const Earlier before = known->second;
    store.write([&](Writer& writer) {
      if (before.verdict)
        writer.put_verdict(left, right, *before.verdict, before.answered_at_s);
      else
        writer.remove_verdict(left, right);
    });
  };
  return events;
}

}  // namespace

ExitCode run_review_stage(Store& store, const ActingOptions& options, const Plan& plan, bool only_new,
                          const std::stop_token& stop) {
  Review review(questions_of(plan), only_new);
  if (review.size() == 0) return ExitCode::done;
  if (!stdin_is_terminal() || !stdout_is_terminal()) {
    spdlog::info("{} left for `echofold review`: no terminal to ask on", review.size());
    return ExitCode::done;
  }
  ReviewEvents events = store_answers_in(store);
  Player player([&](std::chrono::milliseconds longest) { return wait_for_key(stop, longest); });
  events.play = [&](const Question& question) { player.play(question, std::cout); };
  ask(review, keys_of_terminal(stop, std::cout), std::cout, color_on_stdout(options), events);
  std::vector<PlanGroup> decided = review.decided();
  if (review.spared() > 0)
    spdlog::info("{} of the library stay: --only-new moves only new files", review.spared());
  if (stop.stop_requested()) {
    spdlog::info("interrupted; {} answered, and nothing was moved", review.answers().size());
    return ExitCode::interrupted;
  }
  if (decided.empty()) return ExitCode::done;
  return run_act_stage(store, options, {plan.library_id, std::move(decided)}, stop);
}

}  // namespace echofold
