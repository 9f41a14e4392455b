// See choose.h for the rules.
#include "engine/online/choose.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "engine/online/choose_album.h"

namespace echofold {
namespace {

struct Candidate {
  const Recording* recording = nullptr;
  const AcoustidResult* result = nullptr;  ///< the best result that has it
  double weight = 0;
};

std::string named(const Recording& recording) {
  return fmt::format("{} - {} ({})", text_of(recording.artists), recording.title, recording.id);
}

/// The recordings that may be the file's, each once. Counts those that are left out for their length.
class Candidates {
 public:
  Candidates(const AcoustidAnswer& answer, double duration_s, const ChooseSettings& settings)
      : duration_s_(duration_s), settings_(settings) {
    for (const AcoustidResult& result : answer.results)
      if (result.score >= settings.min_score) add(result);
    std::stable_sort(all_.begin(), all_.end(), [](const Candidate& a, const Candidate& b) {
      return std::tuple(-a.weight, a.recording->id) < std::tuple(-b.weight, b.recording->id);
    });
  }

  const std::vector<Candidate>& all() const noexcept { return all_; }
  bool has_result() const noexcept { return has_result_; }
  std::size_t other_lengths() const noexcept { return other_lengths_; }

 private:
  void add(const AcoustidResult& result) {
    has_result_ = true;
    for (const Recording& recording : result.recordings) {
      if (recording.title.empty()) continue;
      const bool known = duration_s_ > 0 && recording.duration_s > 0;
      if (known && std::abs(recording.duration_s - duration_s_) > settings_.max_length_difference_s) {
        ++other_lengths_;
        continue;
      }
      const double weight = result.score * static_cast<double>(std::max<std::uint64_t>(recording.sources, 1));
      const auto same = std::find_if(all_.begin(), all_.end(), [&](const Candidate& candidate) {
        return candidate.recording->id == recording.id;
      });
      if (same == all_.end()) {
        all_.push_back({&recording, &result, weight});
      } else {
        same->weight += weight;
        if (result.score > same->result->score) same->result = &result;
      }
    }
  }

  double duration_s_;
  const ChooseSettings& settings_;
  std::vector<Candidate> all_;
  bool has_result_ = false;
  std::size_t other_lengths_ = 0;
};

std::string why_none(const AcoustidAnswer& answer, const Candidates& candidates,
                     const ChooseSettings& settings) {
  if (answer.results.empty()) return "AcoustID does not know it";
  if (!candidates.has_result())
    return fmt::format("no result of AcoustID scores {} or more: they are too unlike this file",
                       settings.min_score);
  if (candidates.other_lengths() > 0)
    return fmt::format(
        "the lengths of the recordings that AcoustID names differ by more than {:.0f} s from this file",
        settings.max_length_difference_s);
  return "AcoustID knows the fingerprint, but not what recording it is";
}

/// The recording of the file; null if several are near. @param near  gets these, the heaviest first
const Candidate* decide(const std::vector<Candidate>& all, const Tags& present,
                        const ChooseSettings& settings, std::vector<const Candidate*>& near) {
  for (const Candidate& candidate : all)
    if (candidate.weight > settings.near_share * all.front().weight) near.push_back(&candidate);
  if (near.size() == 1) return near.front();
  const auto own = std::find_if(near.begin(), near.end(), [&](const Candidate* candidate) {
    return candidate->recording->id == present.musicbrainz_recording_id;
  });
  return own == near.end() ? nullptr : *own;
}

std::string of_total(unsigned number, unsigned total) {
  if (number == 0) return {};
  return total >= number ? fmt::format("{}/{}", number, total) : std::to_string(number);
}

std::string text_of_date(const PartialDate& date) {
  if (date.year == 0) return {};
  if (date.month == 0) return fmt::format("{:04}", date.year);
  if (date.day == 0) return fmt::format("{:04}-{:02}", date.year, date.month);
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

std::string only_id(const ArtistCredit& credit) {
  return credit.size() == 1 ? credit.front().id : std::string();
}

FoundTags tags_of(const Candidate& candidate, const ReleasePlace* album) {
  const Recording& recording = *candidate.recording;
  FoundTags tags;
  tags.acoustid_id = candidate.result->id;
  tags.recording_id = recording.id;
  const bool has_track = album != nullptr && !album->track->title.empty();
  tags.title = has_track ? album->track->title : recording.title;
  const ArtistCredit& artists =
      album != nullptr && !album->track->artists.empty() ? album->track->artists : recording.artists;
  tags.artist = text_of(artists);
  tags.artist_id = only_id(artists);
  if (album == nullptr) return tags;
  tags.album = album->release->title;
  tags.album_artist = text_of(album->release->artists);
  tags.album_artist_id = only_id(album->release->artists);
  tags.track = of_total(album->track->position, album->medium->track_count);
  tags.disc = of_total(album->medium->position, album->release->medium_count);
  tags.date = text_of_date(album->release->date);
  tags.release_id = album->release->id;
  tags.release_group_id = album->group->id;
  tags.release_track_id = album->track->id;
  return tags;
}

}  // namespace

Choice choose(const AcoustidAnswer& answer, double duration_s, const Tags& present,
              const ChooseSettings& settings) {
  Choice choice;
  for (const AcoustidResult& result : answer.results) choice.score = std::max(choice.score, result.score);
  const Candidates candidates(answer, duration_s, settings);
  if (candidates.all().empty()) {
    choice.why = why_none(answer, candidates, settings);
    return choice;
  }
  std::vector<const Candidate*> near;
  const Candidate* chosen = decide(candidates.all(), present, settings, near);
  if (chosen == nullptr) {
    choice.status = ChoiceStatus::ambiguous;
    choice.score = near.front()->result->score;
    choice.why = fmt::format("it may be {} or {}", named(*near[0]->recording), named(*near[1]->recording));
    if (near.size() > 2) choice.why += fmt::format(", or {} more", near.size() - 2);
    for (const Candidate* candidate : near) choice.candidates.push_back(candidate->recording->id);
    return choice;
  }
  choice.status = ChoiceStatus::chosen;
  choice.score = chosen->result->score;
  const auto album = choose_album(*chosen->recording, present, settings.replace_album);
  choice.tags = tags_of(*chosen, album ? &*album : nullptr);
  return choice;
}

}  // namespace echofold
