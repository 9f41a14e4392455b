// Which recording a file is, according to AcoustID's answer, or why that can't be decided. Pure data.
//
// 1. Left out: results with a score below .9, recordings without a title, and recordings whose length differs by more
//    than 7 s. The weight of a recording is the score times the number of people who sent it, over all results.
// 2. The heaviest recording is chosen, unless another one has more than a third of its weight: then the file is
//    ambiguous. If the file already has the recording id of one of these, that one is chosen.
// 3. The album is the one that the file's tags name. If they name none, it is the first plain album by date, else an
//    EP, a single, and last a compilation, a live album and the like. If they name an album that the answer does not
//    have, no album is written.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/online/acoustid_answer.h"
#include "index/model/record.h"

namespace echofold {

struct ChooseSettings {
  double min_score = 0.9;
  double max_length_difference_s = 7;
  double near_share =
      1.0 / 3;  ///< a second recording with more than this share of the first one's weight is near
  bool replace_album = false;  ///< the album need not be the one that the file's tags name
};

/// What the file is, ready for its tags; empty: unknown.
struct FoundTags {
  std::string artist, title, album, album_artist;
  std::string track, disc;  ///< "3/12", or "3" if the total is unknown
  std::string date;         ///< "1999", "1999-05", "1999-05-17"
  std::string recording_id, release_id, release_group_id, release_track_id;
  std::string artist_id, album_artist_id;  ///< only of a credit of one artist
  std::string acoustid_id;
  bool operator==(const FoundTags&) const = default;
};

enum class ChoiceStatus : std::uint8_t { chosen, ambiguous, not_found };

struct Choice {
  ChoiceStatus status = ChoiceStatus::not_found;
  std::string why;                      ///< in one sentence; of `chosen` empty
  double score = 0;                     ///< of the best result; 0 without one
  FoundTags tags;                       ///< of `chosen`
  std::vector<std::string> candidates;  ///< of `ambiguous`: recording ids, the heaviest first
};

/// @param duration_s  of the file; 0: unknown
/// @param present     what the file's tags say now
Choice choose(const AcoustidAnswer& answer, double duration_s, const Tags& present,
              const ChooseSettings& settings = {});

}  // namespace echofold
