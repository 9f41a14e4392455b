// Compares titles. The guard can only make echofold more careful.
//
// A title consists of plain words and qualifiers: what is in brackets, after a dash, or after all the words of the
// other title ("Song Clean" beside "Song"). A mark that is also an everyday word only counts in a qualifier: "Dirty
// Diana" marks nothing. No mark counts if the other title, or the other album, has it anywhere.
//
// If a file has no title, its name is the title. Of the name of a titled file only qualifiers count: "01 Song
// (Clean).mp3". Of album tags that differ only marks that change the words or the performance count.
#include "engine/dedupe/title_guard.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/dedupe/title_marks.h"
#include "engine/dedupe/title_numbers.h"
#include "engine/dedupe/title_words.h"
#include "engine/dedupe/word_list.h"
#include "index/base/fs/stamp.h"
#include "index/model/album.h"

namespace echofold {
namespace {

constexpr std::string_view guest_words = "feat|ft|featuring";
constexpr std::string_view with_words = "with|mit|avec|con|com|w";
constexpr std::string_view nameless =
    "track |audio track |audiotrack |titel |piste |traccia |pista |faixa |spur ";
constexpr std::string_view no_names = "and|the|und|et|y|e|of|de|dj|mc|la|el|le|x";

/// What only one of the titles says.
struct OnlyIn {
  std::string here, there;  ///< empty: nothing
  bool any() const noexcept { return !here.empty() || !there.empty(); }
};

/// `"live", "acoustic" only in this one, "demo" only in the other`
std::string only_text(const OnlyIn& only, const PairSides& names) {
  std::string text;
  if (!only.here.empty()) text = fmt::format("{} only in {}", only.here, names.a);
  if (!only.there.empty())
    text += fmt::format("{}{} only in {}", text.empty() ? "" : ", ", only.there, names.b);
  return text;
}

/// "this one (file name)"
std::string with_source(std::string_view side, TitleSource source) {
  constexpr std::string_view names[] = {"", " (file name)", " (album)"};
  return fmt::format("{}{}", side, names[static_cast<int>(source)]);
}

bool numbered_otherwise(const TitleNumbers& a, const TitleNumbers& b) {
  if (a.numbers == b.numbers) return false;
  if (!a.numbers.empty() && !b.numbers.empty()) return true;
  return a.numbers.empty() ? b.counts : a.counts;
}

/// "part 2 in this one, 1 and 3 in the other", "part 2 only in the other"
std::string numbers_text(std::string_view what, const std::vector<int>& here, const std::vector<int>& there,
                         const PairSides& names) {
  const auto said = [&](const std::vector<int>& numbers) {
    return fmt::format("{} {}", what, fmt::join(numbers, " and "));
  };
  if (here.empty() || there.empty())
    return only_text({here.empty() ? "" : said(here), there.empty() ? "" : said(there)}, names);
  return fmt::format("{} in {}, {} in {}", said(here), names.a, fmt::join(there, " and "), names.b);
}

/// For "Interlude 1" beside "Interlude 2": the same words, other numbers. Empty for others.
std::string other_numbers(const Words& a, const Words& b, const PairSides& names) {
  std::string rest_a, rest_b;
  const std::vector<int> of_a = figures_of(a, rest_a), of_b = figures_of(b, rest_b);
  if (rest_a != rest_b || is_one_of(rest_a, nameless)) return {};
  if (of_a.empty() || of_b.empty() || of_a == of_b) return {};
  return numbers_text("number", of_a, of_b, names);
}

/// The names of guests: "(feat. X)", "ft. X", "(with X)".
std::vector<std::string_view> guests_of(const Words& words) {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const bool after_number = i > 0 && word_as_number(words[i - 1].text) > 0;  // "Six Ft. Under"
    const bool first_of_zone = words[i].qualifies && (i == 0 || words[i - 1].zone != words[i].zone);
    const bool named = (is_one_of(words[i].text, guest_words) && !after_number) ||
                       (first_of_zone && words[i].zone > 0 && is_one_of(words[i].text, with_words));
    if (!named) continue;
    for (std::size_t k = i + 1; k < words.size() && words[k].zone == words[i].zone; ++k)
      if (!is_one_of(words[k].text, no_names)) names.push_back(words[k].text);
  }
  return names;
}

void qualify_suffixes(Words& name) {
  for (std::size_t i = 0; i < name.size(); ++i) {
    Word& word = name[i];
    if (word.in_brackets || word.zone == 0) continue;
    const bool begins = i == 0 || name[i - 1].zone != word.zone;
    word.qualifies = begins ? says_only_marks(name, word.zone) : name[i - 1].qualifies;
  }
}

Words name_words(const Title& name) {
  Words words = words_of_name(name);
  qualify_suffixes(words);
  return words;
}

/// What title, name and album say about one file.
struct Said {
  explicit Said(const TrackRecord& record);
  bool titled() const noexcept { return !tags.title.empty(); }
  TitleSource source() const noexcept { return titled() ? TitleSource::title : TitleSource::name; }

  const Tags& tags;
  Title title, file_name, album;
  Words name;    ///< the words of the file's name that count
  Words called;  ///< the words of the title, or of the name if there is no title
  Words beside;  ///< the qualifiers in a titled file's name, unless the title says the same
};

Said::Said(const TrackRecord& record)
    : tags(record.tags),
      title(record.tags.title),
      file_name(name_as_title(record.path)),
      album(record.tags.album),
      name(name_words(file_name)),
      called(titled() ? title.words : name) {
  if (titled()) beside = set_off_words(name);
  if (same_words(beside, called)) beside.clear();
}

/// True for "Track 05.mp3", and for an untitled file with the same name as the titled one: its title can't be known.
bool says_nothing(const Said& file, const Said& other) {
  if (file.titled()) return false;
  if (other.titled() && same_words(file.name, other.name)) return true;
  std::string rest;
  figures_of(file.called, rest);
  return file.called.empty() || is_one_of(rest, nameless);
}

/// Marks that count in an album title: they change the words or the performance.
constexpr std::string_view album_marks = "clean|explicit|instrumental|karaoke|live";

void add_marks(TitleMarks& all, TitleMarks found, TitleSource source) {
  for (TitleMark& mark : found) {
    if (source == TitleSource::album && !is_one_of(mark.name, album_marks)) continue;
    mark.source = source;
    all.push_back(std::move(mark));
  }
}

bool has(const TitleMarks& list, const std::string& name) {
  return std::any_of(list.begin(), list.end(), [&](const TitleMark& mark) { return mark.name == name; });
}

/// The marks in `with` that the other file has nowhere, each once.
TitleMarks lone_marks(const TitleMarks& with, const TitleMarks& without, const Said& other) {
  TitleMarks lone;
  for (const TitleMark& mark : with)
    if (mark.counts && !has(without, mark.name) && !has(lone, mark.name)) lone.push_back(mark);
  if (lone.empty()) return lone;
  const TitleMarks album = marks_of(other.album.words);
  const TitleMarks artists =
      marks_of(Title(other.tags.artist + " / " + other.tags.album_artist).words);  // "Live - Song.mp3"
  lone.erase(std::remove_if(lone.begin(), lone.end(),
                            [&](const TitleMark& mark) {
                              return has(album, mark.name) ||
                                     (mark.source == TitleSource::name && has(artists, mark.name));
                            }),
             lone.end());
  return lone;
}

/// `"live", "acoustic" only in this one, "clean" only in this one (album)`
std::string marks_text(const TitleMarks& lone, std::string_view side) {
  std::string text;
  for (const TitleSource source : {TitleSource::title, TitleSource::name, TitleSource::album}) {
    std::vector<std::string> names;
    for (const TitleMark& mark : lone)
      if (mark.source == source) names.push_back(mark.name);
    if (names.empty()) continue;
    text += fmt::format("{}\"{}\" only in {}", text.empty() ? "" : ", ", fmt::join(names, "\", \""),
                        with_source(side, source));
  }
  return text;
}

std::string differing_marks(const Said& a, const Said& b, bool albums_alone, const PairSides& names) {
  const bool both_known = !a.tags.album.empty() && !b.tags.album.empty();
  const bool albums_count = both_known && !same_album_title(a.tags.album, b.tags.album);
  const auto all_of = [&](const Said& file, const Said& other) {
    TitleMarks all;
    if (!albums_alone) {
      add_marks(all, marks_of(file.called), file.source());
      add_marks(all, marks_of(file.beside), TitleSource::name);
    }
    Words album = file.album.words;
    set_off_the_rest(album, other.album.words);
    if (albums_count) add_marks(all, marks_of(album), TitleSource::album);
    return all;
  };
  const TitleMarks of_a = all_of(a, b), of_b = all_of(b, a);
  const std::string here = marks_text(lone_marks(of_a, of_b, b), names.a);
  const std::string there = marks_text(lone_marks(of_b, of_a, a), names.b);
  return here + (here.empty() || there.empty() ? "" : ", ") + there;
}

std::string differing_numbers(const Said& a, const Said& b, const PairSides& names) {
  for (const auto& [what, markers] : {std::pair{"part", part_words}, std::pair{"take", take_words}}) {
    const auto of = [&, list = markers](const Said& file) {
      TitleNumbers found = numbered(file.called, list, file.source());
      return found.numbers.empty() ? numbered(file.beside, list, TitleSource::name) : found;
    };
    const TitleNumbers of_a = of(a), of_b = of(b);
    if (!numbered_otherwise(of_a, of_b)) continue;
    const std::string here = with_source(names.a, of_a.source), there = with_source(names.b, of_b.source);
    return numbers_text(what, of_a.numbers, of_b.numbers, {here, there});
  }
  // A bare number in a name is the number of the track or of a copy: "Song 2.mp3".
  return a.titled() && b.titled() ? other_numbers(a.called, b.called, names) : std::string();
}

/// True if one of the names is in the title, the file's name or the artists of the other track.
bool named_there(const std::vector<std::string_view>& names, const Said& file) {
  const Title artists(file.tags.artist + " / " + file.tags.album_artist);
  const auto is_in = [&](const Words& words) {
    return std::any_of(words.begin(), words.end(), [&](const Word& word) {
      return std::find(names.begin(), names.end(), word.text) != names.end();
    });
  };
  return is_in(file.called) || is_in(file.beside) || is_in(artists.words);
}

/// `a guest ("jay z")`; empty if there is none, or the other track names one of these guests.
std::string lone_guest(const Words& words, const Said& other) {
  const auto names = guests_of(words);
  if (names.empty() || named_there(names, other)) return {};
  return fmt::format("a guest (\"{}\")", fmt::join(names, " "));
}

std::string differing_guests(const Said& a, const Said& b, const PairSides& names) {
  OnlyIn guests{lone_guest(a.called, b), lone_guest(b.called, a)};
  TitleSource of_a = a.source(), of_b = b.source();
  const auto or_beside = [](std::string& guest, TitleSource& source, const Said& file, const Said& other) {
    if (!guest.empty()) return;
    guest = lone_guest(file.beside, other);
    if (!guest.empty()) source = TitleSource::name;
  };
  or_beside(guests.here, of_a, a, b);
  or_beside(guests.there, of_b, b, a);
  return only_text(guests, {with_source(names.a, of_a), with_source(names.b, of_b)});
}

/// What differs; empty if nothing does.
std::string difference(const Said& a, const Said& b, const PairSides& names) {
  const bool albums_alone = says_nothing(a, b) || says_nothing(b, a);
  std::string found = differing_marks(a, b, albums_alone, names);
  if (found.empty() && !albums_alone) found = differing_numbers(a, b, names);
  if (found.empty() && !albums_alone) found = differing_guests(a, b, names);
  return found;
}

bool called_alike(const TrackRecord& a, const TrackRecord& b) {
  return a.tags.title == b.tags.title && a.tags.album == b.tags.album &&
         name_as_title(a.path) == name_as_title(b.path);
}

}  // namespace

std::optional<std::string> title_guard(const TrackRecord& a, const TrackRecord& b, const PairSides& names) {
  if (called_alike(a, b)) return std::nullopt;
  Said said_a(a), said_b(b);
  const bool beside = !said_a.beside.empty() || !said_b.beside.empty();
  if (!beside && a.tags.album == b.tags.album && same_words(said_a.called, said_b.called))
    return std::nullopt;
  const Words called_a = said_a.called;
  set_off_the_rest(said_a.called, said_b.called);
  set_off_the_rest(said_b.called, called_a);
  set_off_the_rest(said_a.beside, said_a.title.words);  // "Band - Song Clean.mp3", titled "Song"
  set_off_the_rest(said_b.beside, said_b.title.words);
  const std::string found = difference(said_a, said_b, names);
  if (found.empty()) return std::nullopt;
  return "titles differ: " + found;
}

Judgement with_title_guard(const Judgement& judgement, const TrackRecord& a, const TrackRecord& b) {
  if (judgement.band != Band::automatic || !title_guard(a, b)) return judgement;
  return {judgement.relation, Band::review, guard_of_titles};
}

}  // namespace echofold
