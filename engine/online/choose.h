// Which recording a file is, by what AcoustID says of it; or why nobody should say. Pure data.
//
// 1. Results of a score below .9 and recordings without a title, or of another length than the file (7 s), are left
//    out. A recording weighs the score times the number of people who sent it, in all results together.
// 2. The heaviest one is the file's, unless another one weighs more than a third of it: then the file is ambiguous.
//    A recording id that the file has already settles that when it is one of them.
// 3. Of the albums with that recording, the one that the file's tags name; when they name none, the first plain album by
//    date, then EPs, singles, and at last compilations, live albums and the like. An album tag that agrees with none of
//    them stays, and nothing is said of the album.
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
  bool replace_album = false;  ///< the album may be another one than the file's tags name
};

/// What the file is, ready for its tags; empty: not known.
struct FoundTags {
  std::string artist, title, album, album_artist;
  std::string track, disc;  ///< "3/12", or "3" where the total is not known
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

/// @param duration_s  of the file; 0: not known
/// @param present     what the file's tags say now
Choice choose(const AcoustidAnswer& answer, double duration_s, const Tags& present,
              const ChooseSettings& settings = {});

}  // namespace echofold
