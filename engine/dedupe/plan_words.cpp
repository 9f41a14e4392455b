// See plan_words.h.
#include "engine/dedupe/plan_words.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <utility>

namespace echofold {

std::string_view guard_text(std::string_view guard) noexcept {
  constexpr auto texts = std::to_array<std::pair<std::string_view, std::string_view>>({
      {"informative", "too little sound to be sure"},
      {"contrast", "the music repeats itself too much to be sure"},
      {"similarity", "they sound slightly different"},
      {"window", "one passage sounds different"},
      {"short", "a moment sounds different, such as a muted word"},
      {"unknown", "a quiet or held part sounds different"},
      {"unmeasured",
       "an older echofold compared them: run the command again with permission to write to the library"},
      {"segments", "some parts come at another time in the other"},
      {"hole", "a part of one is silent"},
      {"coverage", "one is longer than the other"},
      {"speed", "one plays faster than the other"},
      {"heard", "a listener would tell them apart"},
      {"title", "the titles name different versions"},
  });
  for (const auto& [name, text] : texts)
    if (name == guard) return text;
  return guard;
}

std::string speed_text(double speed) {
  // A hundredth counts for a slow drift: .13 % are 8 s of a long-playing record's side.
  const double percent = std::abs(speed - 1) * 100;
  return fmt::format("plays {:.{}f} % {}", percent, percent < 1 ? 2 : 1, speed > 1 ? "faster" : "slower");
}

std::string_view relation_text(Relation relation) noexcept {
  return relation == Relation::same_recording ? "same recording" : name_of(relation);
}

std::string_view related_text(Relation relation, const TrackRecord& keep, const TrackRecord& other) noexcept {
  switch (relation) {
    case Relation::edit:
      return other.properties.duration_s > keep.properties.duration_s
                 ? "a longer version: the other is an edit of it"
                 : "an edit: only parts of the music match";
    case Relation::version:
      return "another version of the music";
    case Relation::insufficient:
      return "too little sound to tell";
    case Relation::same_recording:
    case Relation::remaster:
    case Relation::unrelated:
      break;
  }
  return "not close enough";
}

std::string short_reason(std::string_view why) {
  constexpr std::string_view to_review = "to review: ";
  if (const std::size_t at = why.find(to_review); at != why.npos) why.remove_prefix(at + to_review.size());
  why = why.substr(0, why.find("; "));
  why = why.substr(0, why.find(": "));
  if (why.starts_with("has ") && why.find(" dB ") != why.npos) return "another mastering";
  std::string reason;
  for (std::size_t i = 0; i < why.size(); ++i) {
    const auto is_digit = [&](std::size_t at) { return at < why.size() && why[at] >= '0' && why[at] <= '9'; };
    if (why.substr(i).starts_with(" at ") && is_digit(i + 4)) break;  // "at 0:05.4 for 0.3 s"
    if (!is_digit(i)) {
      reason += why[i];
      continue;
    }
    while (is_digit(i + 1) ||
           (i + 1 < why.size() && std::string_view(".:,").find(why[i + 1]) != why.npos && is_digit(i + 2)))
      ++i;
    reason += "\u2026";
  }
  return reason;
}

}  // namespace echofold
