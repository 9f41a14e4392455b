// See stored_answers.h.
#include "tools/review/stored_answers.h"

namespace echofold {
namespace {

std::optional<Verdict> verdict_of(Answer answer) noexcept {
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

}  // namespace

std::optional<StoredAnswer> stored_answer(const TrackRecord& left, const TrackRecord& right, Answer answer,
                                          std::int64_t said_at_s) {
  const auto verdict = verdict_of(answer);
  if (!verdict) return std::nullopt;
  return StoredAnswer{left.items_hash, right.items_hash, verdict, said_at_s};
}

void AnswersBefore::note(const StoredAnswer& before) { before_.try_emplace({before.a, before.b}, before); }

std::optional<StoredAnswer> AnswersBefore::take(const TrackRecord& left, const TrackRecord& right) {
  const auto found = before_.find({left.items_hash, right.items_hash});
  if (found == before_.end()) return std::nullopt;
  const StoredAnswer before = found->second;
  before_.erase(found);
  return before;
}

}  // namespace echofold
