// Folded titles, and what is put in front of them.
#include "index/model/album.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "index/base/fs/path.h"
#include "index/base/text/folding.h"

namespace echofold {
namespace {

// No path and no tag contains it (clean_text() ends a tag at a NUL).
constexpr char separator = '\0';

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

bool is_letter_or_digit(char c) noexcept {
  return is_digit(c) || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

/// The same as folded(), which is slow for the ASCII that most titles are: a plan folds the titles of all tracks.
std::string folded_title(std::string_view title) {
  const bool ascii =
      std::all_of(title.begin(), title.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (!ascii) return folded(title);
  std::string lower(title);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

/// Of a title that is folded already.
std::string letters_of(std::string_view title) {
  std::string letters;
  std::copy_if(title.begin(), title.end(), std::back_inserter(letters), is_letter_or_digit);
  return letters.empty() ? std::string(title) : letters;
}

std::string_view without_blanks(std::string_view text) noexcept {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::optional<std::uint32_t> whole_number(std::string_view text) {
  text = without_blanks(text);
  constexpr std::size_t most_digits = 9;
  const auto first = std::min(text.find_first_not_of('0'), text.size());
  if (text.empty() || text.size() - first > most_digits) return std::nullopt;
  std::uint32_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

AlbumKey album_in_folder(const TrackRecord& track) {
  if (track.tags.album.empty()) return std::nullopt;
  return std::string(folder_of(track.path)) + separator + folded_title(track.tags.album);
}

AlbumKey disc_in_folder(const TrackRecord& track) {
  AlbumKey key = album_in_folder(track);
  if (key) *key += separator + std::to_string(number_of(track.tags.disc).value_or(1));
  return key;
}

AlbumKey album_by_artist(const Tags& tags) {
  if (tags.album.empty()) return std::nullopt;
  const std::string& artist = tags.album_artist.empty() ? tags.artist : tags.album_artist;
  return folded_title(artist) + separator + folded_title(tags.album);
}

bool same_album_title(std::string_view a, std::string_view b) {
  return !a.empty() && folded_title(a) == folded_title(b);
}

bool alike_as_titles(std::string_view a, std::string_view b) {
  return !a.empty() && !b.empty() && letters_of(folded_title(a)) == letters_of(folded_title(b));
}

std::optional<std::uint32_t> number_of(std::string_view tag) {
  return whole_number(tag.substr(0, tag.find('/')));
}

std::optional<std::uint32_t> total_of(std::string_view tag) {
  const auto slash = tag.find('/');
  return slash == std::string_view::npos ? std::nullopt : whole_number(tag.substr(slash + 1));
}

std::string_view year_of(std::string_view date) noexcept {
  const std::string_view year = date.substr(0, 4);
  const bool digits = year.size() == 4 && std::all_of(year.begin(), year.end(), is_digit);
  return digits && (date.size() == 4 || !is_digit(date[4])) ? year : std::string_view();
}

}  // namespace echofold
