// See review_run.h.
#include "tools/stages/review_run.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <ctime>
#include <iostream>
#include <memory>
#include <vector>

#include "tools/console/keys.h"
#include "tools/console/output.h"
#include "tools/console/terminal.h"
#include "tools/review/ask.h"
#include "tools/review/player.h"
#include "tools/review/questions.h"
#include "tools/review/stored_answers.h"
#include "tools/stages/act_run.h"

namespace echofold {
namespace {

ReviewEvents store_answers_in(Store& store) {
  ReviewEvents events;
  const auto before = std::make_shared<AnswersBefore>();  // with --redo there are some
  events.answered = [&store, before](const Question& question, Answer answer) {
    const auto stored = stored_answer(question.left.track, question.right.track, answer, std::time(nullptr));
    if (!stored) return;
    before->note(answer_in(store.snapshot(), stored->a, stored->b));
    store.write([&](Writer& writer) { put_answer(writer, *stored); });
  };
  events.taken_back = [&store, before](const Question& question, Answer) {
    if (const auto earlier = before->take(question.left.track, question.right.track))
      store.write([&](Writer& writer) { put_answer(writer, *earlier); });
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
