// Every place of the recording gets a rank; the lowest one wins. See choose_album.h.
#include "engine/online/choose_album.h"

#include <charconv>
#include <string_view>
#include <tuple>
#include <vector>

namespace echofold {
namespace {

/// What two spellings of a title have in common: letters and digits, whatever their case.
std::string letters_of(std::string_view title) {
  std::string out;
  for (const char c : title) {
    const auto byte = static_cast<unsigned char>(c);
    if (c >= 'A' && c <= 'Z')
      out += static_cast<char>(c - 'A' + 'a');
    else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || byte >= 0x80)
      out += c;
  }
  return out.empty() ? std::string(title) : out;
}

/// The number that a tag begins with ("3/12", "1999-05-17"); 0: none.
unsigned number_of(std::string_view tag) {
  unsigned number = 0;
  std::from_chars(tag.data(), tag.data() + tag.size(), number);
  return number;
}

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

bool is_named(const AlbumPlace& place, const std::string& album) {
  return letters_of(place.release->title) == album || letters_of(place.group->title) == album;
}

std::vector<AlbumPlace> places_of(const Recording& recording) {
  std::vector<AlbumPlace> places;
  for (const ReleaseGroup& group : recording.groups)
    for (const Release& release : group.releases)
      for (const Medium& medium : release.mediums)
        for (const ReleaseTrack& track : medium.tracks)
          if (!release.title.empty()) places.push_back({&group, &release, &medium, &track});
  return places;
}

auto rank_of(const AlbumPlace& place, const Tags& present, const std::string& album) {
  const bool named = !album.empty() && is_named(place, album);
  const auto differs = [&](unsigned wanted, unsigned found) {
    return named && wanted != 0 && wanted != found;
  };
  return std::tuple(!named, differs(number_of(present.track), place.track->position),
                    differs(number_of(present.disc), place.medium->position),
                    differs(number_of(present.date), place.release->date.year), rank_of_type(*place.group),
                    rank_of_date(place.release->date), std::string_view(place.release->id),
                    place.medium->position, place.track->position);
}

}  // namespace

std::optional<AlbumPlace> choose_album(const Recording& recording, const Tags& present, bool replace) {
  const std::string album = present.album.empty() ? std::string() : letters_of(present.album);
  std::optional<AlbumPlace> best;
  for (const AlbumPlace& place : places_of(recording))
    if (!best || rank_of(place, present, album) < rank_of(*best, present, album)) best = place;
  if (best && !album.empty() && !replace && !is_named(*best, album)) return std::nullopt;
  return best;
}

}  // namespace echofold
