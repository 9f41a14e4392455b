// See review_run.h.
#include "tools/stages/review_run.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>
#include <ctime>
#include <iostream>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "engine/dedupe/stored_strip.h"
#include "engine/report/differences.h"
#include "engine/report/figures.h"
#include "engine/report/plan_table.h"
#include "index/base/error.h"
#include "index/base/fs/input_file.h"
#include "index/base/fs/path.h"
#include "tools/console/ask_yes.h"
#include "tools/console/keys.h"
#include "tools/console/output.h"
#include "tools/console/terminal.h"
#include "tools/review/ask.h"
#include "tools/review/player.h"
#include "tools/review/questions.h"
#include "tools/review/stored_answers.h"
#include "tools/stages/act_run.h"
#include "tools/stages/decoding.h"

namespace echofold {
namespace {

using PairHashes = std::pair<Hash128, Hash128>;

PairHashes hashes_of(const Question& question) {
  return {question.left.track.items_hash, question.right.track.items_hash};
}

void store_answers_in(Store& store, ReviewEvents& events) {
  const auto before = std::make_shared<AnswersBefore>();  // with --redo there are some
  events.answered = [&store, before](const std::vector<GivenNow>& given) {
    std::vector<StoredAnswer> answers;
    for (const auto& [question, answer] : given) {
      const auto stored =
          stored_answer(question->left.track, question->right.track, answer, std::time(nullptr));
      if (!stored) continue;
      before->note(answer_in(store.snapshot(), stored->a, stored->b));
      answers.push_back(*stored);
    }
    store.write([&](Writer& writer) {
      for (const StoredAnswer& answer : answers) put_answer(writer, answer);
    });
  };
  events.taken_back = [&store, before](const std::vector<GivenNow>& given) {
    store.write([&](Writer& writer) {
      for (const auto& [question, answer] : given)
        if (const auto earlier = before->take(question->left.track, question->right.track))
          put_answer(writer, *earlier);
    });
  };
}

/// All tags of a file, or none if it can't be read now: the records have the usual ones.
std::vector<ListedFact> tags_of_file(const std::string& path, const std::stop_token& stop) try {
  const Fd file = open_regular(path);
  ReadSettings settings;
  settings.list_contents = true;
  return tags_in(jailed_reader()(file.get(), extension_of(path), settings, stop).facts);
} catch (const Error&) {
  return {};
}

/// When the review began that is not finished yet; 0: there is none. Its answers count as answered earlier.
constexpr const char* began_key = "review.began";

std::int64_t began_at(const Snapshot& snapshot) {
  const std::string text = snapshot.meta(began_key).value_or("");
  std::int64_t at_s = 0;
  std::from_chars(text.data(), text.data() + text.size(), at_s);
  return at_s;
}

/// Answers of the review that is not finished yet, without those that are asked for again (--redo).
std::size_t answered_since(const Snapshot& snapshot, std::int64_t began_s,
                           const std::vector<Question>& questions) {
  if (began_s == 0) return 0;
  std::set<PairHashes> again;
  for (const Question& question : questions) {
    const auto [left, right] = hashes_of(question);
    again.insert(std::minmax(left, right));
  }
  std::size_t count = 0;
  snapshot.for_each_verdict([&](const Hash128& a, const Hash128& b, Verdict) {
    count += snapshot.verdict_time(a, b) >= began_s && !again.contains({a, b}) ? 1 : 0;
  });
  return count;
}

/// A review begins, or goes on. @return how many pairs were answered earlier
std::size_t begin_review(Store& store, const std::vector<Question>& questions) {
  const std::size_t earlier = [&] {
    const Snapshot snapshot = store.snapshot();
    return answered_since(snapshot, began_at(snapshot), questions);
  }();
  if (earlier == 0)
    store.write([](Writer& writer) { writer.put_meta(began_key, std::to_string(std::time(nullptr))); });
  return earlier;
}

void end_review(Store& store) {
  store.write([](Writer& writer) { writer.remove_meta(began_key); });
}

ReviewEvents events_of(Store& store, Player& player, const std::stop_token& stop) {
  ReviewEvents events;
  store_answers_in(store, events);
  events.play = [&](const Question& question) { player.play(question, std::cout); };
  events.strip = [&store](const Question& question, std::size_t columns) {
    return stored_error_strip(store.snapshot(), question.left.track, question.right.track,
                              {question.offset_s, question.speed}, columns);
  };
  events.differences = [stop](const Question& question, const TableStyle& style) {
    const auto &left = question.left.track, &right = question.right.track;
    return differences(left, right, tags_of_file(left.path, stop), tags_of_file(right.path, stop), style);
  };
  return events;
}

/// Carries the answers out. @return the worst outcome of the turns
ExitCode act_on(Store& store, const ActingOptions& options, const std::string& library_id,
                std::vector<PlanGroup> decided, const std::stop_token& stop) {
  ExitCode code = ExitCode::done;
  for (std::vector<PlanGroup>& turn : in_turns(std::move(decided))) {
    code = std::max(code, run_act_stage(store, options, Plan{library_id, std::move(turn)}, stop));
    if (code == ExitCode::interrupted) break;
  }
  return code;
}

}  // namespace

Plan left_undone(const Store& store, const Plan& plan) {
  const Snapshot snapshot = store.snapshot();
  const std::int64_t began_s = began_at(snapshot);
  Plan undone{plan.library_id, {}};
  if (began_s == 0) return undone;
  for (const PlanGroup& group : plan.groups) {
    PlanGroup part = group;
    std::erase_if(part.drops, [&](const PlanDrop& drop) {
      return !drop.chosen || drop.action != Action::move ||
             snapshot.verdict_time(group.keep.track.items_hash, drop.file.track.items_hash) < began_s;
    });
    if (!part.drops.empty()) undone.groups.push_back(std::move(part));
  }
  return undone;
}

ExitCode offer_left_undone(Store& store, const ActingOptions& options, const Plan& plan,
                           const std::stop_token& stop) {
  const Plan undone = left_undone(store, plan);
  if (undone.groups.empty() || !can_ask()) return ExitCode::done;
  const PlanTotals totals = totals_of(undone);
  const std::string question =
      fmt::format("Earlier answers were not carried out yet: {} ({}) would be set aside. Do it now?",
                  count_text(totals.to_move, "copy", "copies"), size_text(totals.bytes_to_free));
  return ask_yes(question, false, stop) ? run_act_stage(store, options, undone, stop) : ExitCode::done;
}

ExitCode run_review_stage(Store& store, const ActingOptions& options, const Plan& plan, bool only_new,
                          const std::stop_token& stop) {
  std::vector<Question> questions = questions_of(plan);
  if (questions.empty()) return ExitCode::done;
  if (!stdin_is_terminal() || !stdout_is_terminal()) {
    spdlog::info("{} left for `echofold review`: no terminal to ask on", questions.size());
    return ExitCode::done;
  }
  const std::size_t earlier = begin_review(store, questions);
  Review review(std::move(questions), only_new, earlier);
  Player player([&](std::chrono::milliseconds longest) { return key_within(stop, longest); });
  const ReviewEvents events = events_of(store, player, stop);
  ask(review, keys_of_terminal(stop, std::cout), std::cout, color_on_stdout(options), events);
  if (review.spared() > 0)
    spdlog::info("{} of the library stay: --only-new moves only new files", review.spared());
  if (stop.stop_requested()) {
    spdlog::info("interrupted; {} answered, and nothing was moved", review.answers().size());
    return ExitCode::interrupted;
  }
  if (review.open() == 0) end_review(store);
  return act_on(store, options, plan.library_id, review.decided(), stop);
}

}  // namespace echofold
