// Every place of the recording gets a rank; the lowest one wins. See choose_album.h.
#include "engine/online/choose_album.h"

#include <cstdint>
#include <string_view>
#include <tuple>
#include <vector>

#include "index/model/album.h"

namespace echofold {
namespace {

int rank_of_type(const ReleaseGroup& group) {
  const int type = group.type == "Album" ? 0 : group.type == "EP" ? 1 : group.type == "Single" ? 2 : 3;
  return group.secondary_types.empty() ? type : 4 + type;
}

/// Unknown dates come last.
PartialDate rank_of_date(PartialDate date) {
  if (date.year == 0) date.year = 10'000;
  if (date.month == 0) date.month = 13;
  if (date.day == 0) date.day = 32;
  return date;
}

/// True where the release or its group has the album's title.
bool is_named(const ReleasePlace& place, std::string_view album) {
  return alike_as_titles(place.release->title, album) || alike_as_titles(place.group->title, album);
}

std::vector<ReleasePlace> places_of(const Recording& recording) {
  std::vector<ReleasePlace> places;
  for (const ReleaseGroup& group : recording.groups)
    for (const Release& release : group.releases)
      for (const Medium& medium : release.mediums)
        for (const ReleaseTrack& track : medium.tracks)
          if (!release.title.empty()) places.push_back({&group, &release, &medium, &track});
  return places;
}

/// What the tags of a file say about its album; 0: unknown.
struct Wanted {
  explicit Wanted(const Tags& present)
      : album(present.album),
        track(number_of(present.track).value_or(0)),
        disc(number_of(present.disc).value_or(0)),
        year(number_of(year_of(present.date)).value_or(0)) {}
  std::string_view album;  ///< empty: unknown
  std::uint32_t track, disc, year;
};

/// Numbers only count for editions of the wanted album.
auto rank_of(const ReleasePlace& place, const Wanted& wanted) {
  const bool named = is_named(place, wanted.album);
  const auto differs = [&](std::uint32_t number, unsigned found) {
    return named && number != 0 && number != found;
  };
  return std::tuple(!named, differs(wanted.track, place.track->position),
                    differs(wanted.disc, place.medium->position),
                    differs(wanted.year, place.release->date.year), rank_of_type(*place.group),
                    rank_of_date(place.release->date), std::string_view(place.release->id),
                    place.medium->position, place.track->position);
}

}  // namespace

std::optional<ReleasePlace> choose_album(const Recording& recording, const Tags& present, bool replace) {
  const Wanted wanted(present);
  std::optional<ReleasePlace> best;
  for (const ReleasePlace& place : places_of(recording))
    if (!best || rank_of(place, wanted) < rank_of(*best, wanted)) best = place;
  const bool must_be_named = !wanted.album.empty() && !replace;
  if (best && must_be_named && !is_named(*best, wanted.album)) return std::nullopt;
  return best;
}

}  // namespace echofold
