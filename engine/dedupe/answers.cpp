// Verdicts, with the paths of the files that they are about.
#include "engine/dedupe/answers.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "engine/dedupe/kept.h"

namespace echofold {
namespace {

/// A file that is in its place and never was set aside comes first.
std::vector<std::string> paths_of(const Snapshot& snapshot, const Hash128& hash) {
  std::vector<std::tuple<TrackPlace, bool, std::string>> found;
  for (const TrackId id : snapshot.tracks_with(hash))
    if (auto track = snapshot.track(id))
      found.emplace_back(track->place, is_kept(snapshot, id), std::move(track->path));
  std::sort(found.begin(), found.end());
  std::vector<std::string> paths;
  paths.reserve(found.size());
  for (auto& [place, kept, path] : found) paths.push_back(std::move(path));
  return paths;
}

GivenAnswer named(const Snapshot& snapshot, const Hash128& a, const Hash128& b, Verdict verdict) {
  GivenAnswer answer{a, b, verdict, snapshot.verdict_time(a, b), paths_of(snapshot, a), {}};
  answer.paths_b = a == b ? answer.paths_a : paths_of(snapshot, b);
  // Two files with one fingerprint: one path for each side. The verdict does not say which is which, but their places
  // do.
  if (a == b && answer.paths_a.size() > 1) {
    answer.paths_b.erase(answer.paths_b.begin());
    answer.paths_a.resize(1);
    if (verdict == Verdict::keep_b) std::swap(answer.paths_a, answer.paths_b);
  }
  return answer;
}

}  // namespace

std::string_view name_of(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::keep_a:
      return "keep_a";
    case Verdict::keep_b:
      return "keep_b";
    case Verdict::keep_both:
      break;
  }
  return "keep_both";
}

std::vector<GivenAnswer> given_answers(const Snapshot& snapshot) {
  std::vector<GivenAnswer> answers;
  snapshot.for_each_verdict([&](const Hash128& a, const Hash128& b, Verdict verdict) {
    answers.push_back(named(snapshot, a, b, verdict));
  });
  std::sort(answers.begin(), answers.end(), [](const GivenAnswer& x, const GivenAnswer& y) {
    return std::tie(y.said_at_s, x.paths_a, x.paths_b, x.a, x.b) <
           std::tie(x.said_at_s, y.paths_a, y.paths_b, y.a, y.b);
  });
  return answers;
}

std::vector<GivenAnswer> answer_of(const Snapshot& snapshot, const TrackRecord& a, const TrackRecord& b) {
  const auto verdict = snapshot.verdict(a.items_hash, b.items_hash);
  if (!verdict) return {};
  return {named(snapshot, a.items_hash, b.items_hash, *verdict)};
}

std::vector<GivenAnswer> answers_against(const Snapshot& snapshot, std::span<const TrackId> tracks) {
  std::set<Hash128> gone;
  for (const TrackId id : tracks)
    if (const auto track = snapshot.track(id); track && track->item_count > 0) gone.insert(track->items_hash);
  std::vector<GivenAnswer> answers;
  if (gone.empty()) return answers;
  snapshot.for_each_verdict([&](const Hash128& a, const Hash128& b, Verdict verdict) {
    if ((verdict == Verdict::keep_a && gone.contains(b)) || (verdict == Verdict::keep_b && gone.contains(a)))
      answers.push_back(named(snapshot, a, b, verdict));
  });
  return answers;
}

void forget(Store& store, std::span<const GivenAnswer> answers) {
  if (answers.empty()) return;
  store.write([&](Writer& writer) {
    for (const GivenAnswer& answer : answers) writer.remove_verdict(answer.a, answer.b);
  });
}

}  // namespace echofold
