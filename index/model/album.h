// Which album a track belongs to, as its tags and its folder show.
//
// A title alone does not name an album: there are many "Greatest Hits". So each use adds what it can rely on:
//
//   album_in_folder   folder and title: the files that form an album on disk
//   disc_in_folder    likewise, one disc of it: track numbers begin anew on each disc
//   album_by_artist   album artist (else artist) and title: the same album wherever its files are
//   same_album_title  the title alone: for two copies of one recording, which have the artist in common
//   alike_as_titles   the letters and digits of the title: for a title as a database spells it
//
// All compare titles without regard to case and normal form (index/base/text/folding). An empty title is an unknown
// album: it is the same as no other, not even another unknown one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "index/model/record.h"

namespace echofold {

/// Equal for two tracks of one album, to be compared and sorted by; not for display. Nothing: the album is unknown.
using AlbumKey = std::optional<std::string>;

AlbumKey album_in_folder(const TrackRecord& track);

/// A track without a disc number counts as one of disc 1.
AlbumKey disc_in_folder(const TrackRecord& track);

AlbumKey album_by_artist(const Tags& tags);

bool same_album_title(std::string_view a, std::string_view b);

/// True for "Winter Hits, 2001" and "winter hits 2001". Every character beyond ASCII counts as a letter. Titles without
/// letters and digits are compared whole.
bool alike_as_titles(std::string_view a, std::string_view b);

/// The number before the slash, and the one after it: "03/12" is 3 of 12. Blanks around a number don't count. Nothing
/// for what is no whole number ("A1", "1-3") and for more than 999,999,999.
std::optional<std::uint32_t> number_of(std::string_view tag);
std::optional<std::uint32_t> total_of(std::string_view tag);

/// The year of a date tag: its first four bytes, if they are digits and no fifth digit follows; else empty.
std::string_view year_of(std::string_view date) noexcept;

}  // namespace echofold
