// See review_state.h.
#include "tools/review/review_state.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <utility>

#include "index/base/fs/path.h"
#include "tools/review/shown_path.h"
#include "tools/review/web_request.h"

namespace echofold {
namespace {

constexpr std::array<std::pair<PairAnswer, std::string_view>, 6> answer_words = {
    {{PairAnswer::none, "undo"},
     {PairAnswer::keep_keeper, "keep_keeper"},
     {PairAnswer::keep_drop, "keep_drop"},
     {PairAnswer::both_for_now, "both_for_now"},
     {PairAnswer::both_for_ever, "both_for_ever"},
     {PairAnswer::not_same, "not_same"}}};

/// The answer of a terminal about (keeper, drop). Not for `none`.
Answer answer_of(PairAnswer answer) noexcept {
  switch (answer) {
    case PairAnswer::keep_keeper:
      return Answer::keep_left;
    case PairAnswer::keep_drop:
      return Answer::keep_right;
    case PairAnswer::both_for_ever:
    case PairAnswer::not_same:
      return Answer::keep_both_for_ever;
    case PairAnswer::both_for_now:
    case PairAnswer::none:
      break;
  }
  return Answer::keep_both_for_now;
}

PairAnswer answer_of(const StoredAnswer& stored) noexcept {
  if (!stored.verdict) return PairAnswer::none;
  switch (*stored.verdict) {
    case Verdict::keep_a:
      return PairAnswer::keep_keeper;
    case Verdict::keep_b:
      return PairAnswer::keep_drop;
    case Verdict::keep_both:
      break;
  }
  return PairAnswer::both_for_ever;
}

}  // namespace

std::string_view name_of(PairAnswer answer) noexcept {
  for (const auto& [known, word] : answer_words)
    if (known == answer) return word;
  return answer_words.front().second;
}

PairAnswer pair_answer_of(std::string_view word) {
  for (const auto& [answer, known] : answer_words)
    if (known == word) return answer;
  throw WebError(400, "this is not an answer");
}

const PlanGroup* ShownPlan::group(std::uint32_t number) const noexcept {
  return number >= 1 && number <= plan.groups.size() ? &plan.groups[number - 1] : nullptr;
}

const TrackRecord* ShownPlan::track(TrackId id) const noexcept {
  const auto place = places.find(id);
  if (place == places.end()) return nullptr;
  const PlanGroup& group = plan.groups[place->second.group];
  return place->second.drop ? &group.drops[*place->second.drop].file.track : &group.keep.track;
}

DropKind kind_of(const PlanDrop& drop) noexcept {
  if (drop.action == Action::none) return DropKind::related;
  return drop.action == Action::move && !drop.chosen ? DropKind::certain : DropKind::question;
}

PairAnswer ReviewView::answer(const PlanDrop& drop) const {
  const auto found = answers.find(drop.file.track.id);
  return found == answers.end() ? PairAnswer::none : found->second;
}

bool ReviewView::is_open(const PlanDrop& drop) const {
  return kind_of(drop) == DropKind::question && answer(drop) == PairAnswer::none;
}

const TrackRecord* ReviewView::loser(const PlanGroup& group, const PlanDrop& drop, bool with_certain) const {
  switch (answer(drop)) {
    case PairAnswer::keep_keeper:
      return &drop.file.track;
    case PairAnswer::keep_drop:
      return &group.keep.track;
    case PairAnswer::none:
      return kind_of(drop) == DropKind::certain && (with_certain || accepted) ? &drop.file.track : nullptr;
    default:
      return nullptr;
  }
}

ReviewState::ReviewState(LibraryAccess& library)
    : library_(library), shown_(std::make_shared<const ShownPlan>()) {}

ReviewView ReviewState::view() const {
  const std::lock_guard lock(mutex_);
  return {shown_, answers_, generation_, accepted_};
}

std::uint64_t ReviewState::generation() const {
  const std::lock_guard lock(mutex_);
  return generation_;
}

TrackRecord ReviewState::track(TrackId id) const {
  const std::lock_guard lock(mutex_);
  const TrackRecord* track = shown_->track(id);
  if (track == nullptr) throw WebError(404, "this file is not on the page");
  return *track;
}

void ReviewState::show(std::shared_ptr<const ShownPlan> shown,
                       const std::function<std::map<TrackId, StoredAnswer>()>& stored) {
  const std::lock_guard answering(answering_);
  std::map<TrackId, StoredAnswer> known = stored();
  const std::lock_guard lock(mutex_);
  // "Both for now" is an answer for this sitting, which only the page knows.
  std::erase_if(answers_, [&](const auto& answer) {
    return answer.second != PairAnswer::both_for_now || shown->track(answer.first) == nullptr;
  });
  for (const auto& [drop, answer] : known)
    if (const PairAnswer said = answer_of(answer); said != PairAnswer::none) answers_[drop] = said;
  shown_ = std::move(shown);
  stored_ = std::move(known);
  ++generation_;
}

void ReviewState::touch() {
  const std::lock_guard lock(mutex_);
  ++generation_;
}

StoredAnswer ReviewState::before(const Pair& pair) const {
  const auto found = stored_.find(pair.drop->file.track.id);
  if (found != stored_.end()) return found->second;
  return {pair.group->keep.track.items_hash, pair.drop->file.track.items_hash, std::nullopt, 0};
}

std::optional<StoredAnswer> ReviewState::to_store(const Pair& pair, PairAnswer answer) {
  const TrackRecord &keeper = pair.group->keep.track, &drop = pair.drop->file.track;
  const StoredAnswer now = before(pair);
  if (answer != PairAnswer::none) {
    auto stored = stored_answer(keeper, drop, answer_of(answer), std::time(nullptr));
    // "Both for now" takes a stored answer of the same sitting back.
    if (!stored && now.verdict) stored = StoredAnswer{now.a, now.b, std::nullopt, 0};
    if (stored) before_.note(now);
    return stored;
  }
  if (auto earlier = before_.take(keeper, drop)) return earlier;
  if (!now.verdict) return std::nullopt;
  return StoredAnswer{now.a, now.b, std::nullopt, 0};
}

std::size_t ReviewState::open_in(const PlanGroup& group) const {
  return static_cast<std::size_t>(
      std::count_if(group.drops.begin(), group.drops.end(), [&](const PlanDrop& drop) {
        return kind_of(drop) == DropKind::question && !answers_.contains(drop.file.track.id);
      }));
}

Answered ReviewState::counted(std::size_t answered, const PlanGroup* group) const {
  Answered result{generation_, 0, answered, group == nullptr ? 0 : open_in(*group)};
  for (const PlanGroup& each : shown_->plan.groups) result.open += open_in(each);
  return result;
}

Answered ReviewState::answer_all(const std::vector<Pair>& pairs, PairAnswer answer) {
  std::vector<StoredAnswer> to_keep;
  {
    const std::lock_guard lock(mutex_);
    for (const Pair& pair : pairs)
      if (auto stored = to_store(pair, answer)) to_keep.push_back(*stored);
  }
  library_.keep(to_keep);  // before anybody sees it
  const std::lock_guard lock(mutex_);
  std::map<std::pair<Hash128, Hash128>, const StoredAnswer*> kept;
  for (const StoredAnswer& stored : to_keep) kept[{stored.a, stored.b}] = &stored;
  for (const Pair& pair : pairs) {
    const TrackRecord &keeper = pair.group->keep.track, &drop = pair.drop->file.track;
    PairAnswer shown = answer;
    if (const auto found = kept.find({keeper.items_hash, drop.items_hash}); found != kept.end()) {
      stored_[drop.id] = *found->second;
      if (answer == PairAnswer::none) shown = answer_of(*found->second);
    }
    if (shown == PairAnswer::none)
      answers_.erase(drop.id);
    else
      answers_[drop.id] = shown;
  }
  if (!pairs.empty()) ++generation_;
  return counted(pairs.size(), pairs.empty() ? nullptr : pairs.front().group);
}

Answered ReviewState::answer(std::uint32_t group_number, TrackId keeper, TrackId drop_id, PairAnswer answer) {
  const std::lock_guard answering(answering_);
  const std::shared_ptr<const ShownPlan> shown = view().shown;
  const PlanGroup* group = shown->group(group_number);
  if (group != nullptr && group->keep.track.id == keeper)
    for (const PlanDrop& drop : group->drops)
      if (drop.file.track.id == drop_id && drop.action != Action::none)
        return answer_all({{group, &drop}}, answer);
  throw WebError(409, "this pair is no longer in the list as it was shown");
}

Answered ReviewState::answer_below(const std::string& folder, PairAnswer answer) {
  const std::lock_guard answering(answering_);
  const ReviewView now = view();
  std::vector<Pair> pairs;
  for (const PlanGroup& group : now.shown->plan.groups)
    for (const PlanDrop& drop : group.drops)
      if (now.is_open(drop) &&
          is_same_or_inside(shown_path(std::string(folder_of(drop.file.track.path))), folder))
        pairs.push_back({&group, &drop});
  const Answered answered = answer_all(pairs, answer);
  if (!pairs.empty()) {
    const std::lock_guard lock(mutex_);
    below_.clear();
    for (const Pair& pair : pairs) below_.push_back(pair.drop->file.track.id);
    said_below_ = answer;
  }
  return answered;
}

Answered ReviewState::take_back_below() {
  const std::lock_guard answering(answering_);
  std::vector<TrackId> below;
  PairAnswer said = PairAnswer::none;
  {
    const std::lock_guard lock(mutex_);
    below = std::exchange(below_, {});
    said = said_below_;
  }
  const ReviewView now = view();
  std::vector<Pair> pairs;
  for (const TrackId id : below) {
    const auto place = now.shown->places.find(id);
    if (place == now.shown->places.end() || !place->second.drop) continue;
    const PlanGroup& group = now.shown->plan.groups[place->second.group];
    const PlanDrop& drop = group.drops[*place->second.drop];
    if (now.answer(drop) == said) pairs.push_back({&group, &drop});
  }
  if (pairs.empty()) throw WebError(409, "there is no answer for a whole folder to take back");
  return answer_all(pairs, PairAnswer::none);
}

Answered ReviewState::accept(bool accepted) {
  const std::lock_guard answering(answering_);
  const std::lock_guard lock(mutex_);
  std::size_t changed = 0;
  if (accepted_ != accepted) {
    accepted_ = accepted;
    ++generation_;
    for (const PlanGroup& group : shown_->plan.groups)
      for (const PlanDrop& drop : group.drops) changed += kind_of(drop) == DropKind::certain ? 1 : 0;
  }
  return counted(changed, nullptr);
}

Answered ReviewState::forget(const Hash128& a, const Hash128& b) {
  const std::lock_guard answering(answering_);
  library_.keep({{a, b, std::nullopt, 0}});
  const std::lock_guard lock(mutex_);
  std::size_t changed = 0;
  for (const PlanGroup& group : shown_->plan.groups)
    for (const PlanDrop& drop : group.drops) {
      const Hash128 &keeper = group.keep.track.items_hash, &loser = drop.file.track.items_hash;
      if (!(keeper == a && loser == b) && !(keeper == b && loser == a)) continue;
      stored_.erase(drop.file.track.id);
      changed += answers_.erase(drop.file.track.id);
    }
  ++generation_;
  return counted(changed, nullptr);
}

}  // namespace echofold
