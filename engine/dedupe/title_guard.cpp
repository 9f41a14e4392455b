// Titles that speak against the same recording. They only ever make echofold more careful.
//
// A title is plain words and qualifiers: what stands in brackets, after a dash, or behind all the words of the other
// title ("Song Clean" beside "Song"). A mark that is also an everyday word counts in a qualifier alone: "Dirty Diana"
// marks nothing. No mark counts where the other title, or the other album, has it anywhere.
//
// A file without a title is called by its name. The name of a titled one counts where it sets something off: "01 Song
// (Clean).mp3". Of album tags that differ only what changes the words or the performance counts.
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/dedupe/match.h"
#include "engine/dedupe/title_words.h"

namespace echofold {
namespace {

enum class Where : std::uint8_t { anywhere, qualifier };

/// Phrases that mark a recording of its own, and what it is called when the two titles differ in it.
struct Mark {
  std::string_view name;
  std::string_view phrases;  ///< with `|` between them; words as `folded` gives them, one space between two
  Where where = Where::anywhere;
};

constexpr Where qualifier = Where::qualifier;
constexpr Mark marks[] = {
    {"live", "live|en vivo|ao vivo|dal vivo|на концерте"},
    {"live", "en directo|en concert|ライブ|концерт", qualifier},
    {"remix", "remix|rmx|ремикс|リミックス"},
    {"mashup", "mashup|mash up"},
    {"acoustic", "acoustic|akustik|akustisch|acústico|acústica|acoustique|acustico|acustica"},
    {"unplugged", "unplugged"},
    {"demo", "demo"},
    {"rehearsal", "rehearsal"},
    {"outtake", "outtake"},
    {"alternate", "alternate|alternative version|alternative take|alternative mix"},
    {"remaster", "remaster|remastered"},
    {"re-recorded", "re recorded|rerecorded|taylor s version"},
    {"extended", "extended"},
    {"edit", "edit"},
    {"edit", "edited", qualifier},
    {"radio version",
     "radio edit|radio version|radio mix|radio cut|version radio|versión radio|radioversion|radiofassung"},
    {"radio version", "radio", qualifier},
    {"single version", "single version|single edit|single mix"},
    {"TV size", "tv size|tv version|tv edit"},
    {"cover", "cover"},
    {"mono", "mono"},
    {"stereo", "stereo"},
    {"dub", "dub"},
    {"sped up", "sped up|nightcore"},
    {"slowed", "slowed", qualifier},
    {"clean", "clean|censored|bleeped|censurado|censurada|censuré|censurée|censurata|zensiert|zensierte",
     qualifier},
    {"explicit",
     "explicit|explícito|explícita|explicite|esplicito|dirty|uncensored|uncut|unzensiert|unzensierte",
     qualifier},
    {"explicit", "sin censura|sem censura|non censuré|non censurée"},
    {"instrumental",
     "instrumental|instrumentals|instrumentale|instrumentalversion|strumentale|инструментал|"
     "インストゥルメンタル"},
    {"instrumental", "inst|instru", qualifier},
    {"karaoke", "karaoke|karaokê|カラオケ|караоке|sing along|singalong"},
    {"backing track",
     "backing track|backing tracks|backingtrack|backing version|tv track|off vocal|off vocals|オフボーカル"},
    {"backing track", "minus one|minus 1|minusone|минусовка|playback version|playback track"},
    {"backing track", "playback|play back|pista|минус|伴奏", qualifier},
    {"a cappella", "acapella|acappella|capella|cappella"},
    {"commentary",
     "commentary|track by track|kommentar|commentaire|comentario|comentarios|commento|комментарий",
     qualifier},
};

/// A word and what it stands for: "name|word|word".
constexpr std::string_view parts[] = {
    "drums|drum|drums|percussion|schlagzeug|batería|batterie|bateria|batteria",
    "bass|bass",
    "guitar|guitar|guitars|gitarre|guitarra|guitare|chitarra",
    "piano|piano",
    "keys|keys|keyboard|keyboards",
    "strings|strings",
    "vocals|vocal|vocals|voice|voices|gesang|chant|voz|voix|voce",
    "lead|lead",
    "melody|melody",
    "click|click|clicktrack",
};
constexpr std::string_view without_words = "no|without|minus|ohne|sans|sin|sem|senza|без";
constexpr std::string_view only_words = "only|nur|solo|less|free";

/// Any of these is also an everyday word: it counts beside a word for "version", or as all that a qualifier says.
constexpr std::string_view languages[] = {
    // NOLINTNEXTLINE(bugprone-suspicious-missing-comma): one entry on two lines
    "English|english|eng|englisch|englische|anglais|anglaise|inglés|inglese|inglês|английский|英語|英語版|"
    "英语版",
    "German|german|ger|deutsch|deutsche|allemand|allemande|alemán|tedesco|tedesca|ドイツ語",
    "French|french|français|française|francais|francaise|französisch|französische|francés|francese|francês",
    "Spanish|spanish|esp|español|espanol|española|castellano|espagnol|espagnole|spanisch|spanische|spagnolo|"
    "espanhol",
    "Italian|italian|italiano|italiana|italien|italienne|italienisch|italienische",
    "Portuguese|portuguese|português|portugues|portugués|portugiesisch|brazilian",
    "Japanese|japanese|jpn|jap|jp|japonais|japonés|japanisch|日本語|日本語版",
    "Korean|korean|kor|kr|coreano|koreanisch|한국어|韓国語|韓国語版",
    "Chinese|chinese|chn|chino|chinesisch|中文|中文版|中国語|中国語版",
    "Mandarin|mandarin|国语|国语版|國語|國語版",
    "Cantonese|cantonese|粤语|粤语版|粵語|粵語版",
    "Russian|russian|русский|русская|русском|russisch|ruso",
    "Ukrainian|ukrainian|українська|українською",
    "Polish|polish|polska|polsku",
    "Dutch|dutch|nederlands|nederlandse",
    "Swedish|swedish|svenska|schwedisch",
    "Norwegian|norwegian|norsk",
    "Danish|danish|dansk",
    "Finnish|finnish|suomeksi",
    "Icelandic|icelandic|íslenska",
    "Greek|greek|ελληνικά",
    "Turkish|turkish|türkçe",
    "Hebrew|hebrew|עברית",
    "Arabic|arabic|عربي",
    "Persian|persian|farsi",
    "Hindi|hindi",
    "Tamil|tamil",
    "Telugu|telugu",
    "Punjabi|punjabi",
    "Thai|thai",
    "Vietnamese|vietnamese",
    "Malay|malay",
    "Indonesian|indonesian",
    "Tagalog|tagalog|filipino",
    "Czech|czech|česky",
    "Hungarian|hungarian|magyar",
    "Romanian|romanian",
    "Catalan|catalan|català",
    "Basque|basque|euskara",
    "Latin|latin",
    "Welsh|welsh",
    "Irish|irish|gaeilge",
    "Gaelic|gaelic",
    "Spanglish|spanglish",
};
constexpr std::string_view version_words =
    "version|ver|vers|versión|versione|versão|fassung|версия|버전|バージョン|wersja|versie|lyrics|vocal|"
    "vocals";
constexpr std::string_view filler_words =
    "in|en|em|auf|på|po|по|на|sung|the|language|edit|mix|single|album|track|radio|original|gesungen|cantada|"
    "chanté";

constexpr std::string_view part_words = "pt|pts|part|parts|teil|partie|parte|deel|часть|del";
constexpr std::string_view take_words = "take|takes|toma|prise";
constexpr std::string_view joining_words = "and|to|und|bis|et|y|e|n";
constexpr std::string_view guest_words = "feat|ft|featuring";
constexpr std::string_view with_words = "with|mit|avec|con|com|w";
constexpr std::string_view nameless =
    "track |audio track |audiotrack |titel |piste |traccia |pista |faixa |spur ";
constexpr std::string_view no_names = "and|the|und|et|y|e|of|de|dj|mc|la|el|le|x";

/// Takes the next of several texts with `|` between them; nothing when there is none left.
std::optional<std::string_view> next_of(std::string_view& list) noexcept {
  if (list.empty()) return std::nullopt;
  const std::string_view next = list.substr(0, list.find('|'));
  list.remove_prefix(std::min(list.size(), next.size() + 1));
  return next;
}

bool is_one_of(std::string_view word, std::string_view list) noexcept {
  while (const auto known = next_of(list))
    if (*known == word) return true;
  return false;
}

/// The name that a table gives a word; empty if none.
template <std::size_t size>
std::string_view name_in(const std::string_view (&table)[size], std::string_view word) noexcept {
  for (std::string_view row : table) {
    const std::string_view name = *next_of(row);
    if (is_one_of(word, row)) return name;
  }
  return {};
}

/// How many words of `words` from `at` on are the phrase; 0 if they are not.
std::size_t matched(const Words& words, std::size_t at, std::string_view phrase) noexcept {
  std::size_t count = 0;
  while (!phrase.empty()) {
    const std::string_view word = phrase.substr(0, phrase.find(' '));
    if (at + count >= words.size() || words[at + count].text != word) return 0;
    phrase.remove_prefix(std::min(phrase.size(), word.size() + 1));
    ++count;
  }
  return count;
}

/// Where a text about a file stands.
enum class Source : std::uint8_t { title, name, album };

/// A mark that was found.
struct Found {
  std::string name;
  bool counts =
      false;  ///< false: an everyday word among plain ones, which only answers the other title's mark
  Source source = Source::title;
};
using FoundMarks = std::vector<Found>;

void find_listed(const Words& words, FoundMarks& found) {
  for (std::size_t i = 0; i < words.size();) {
    const Mark* best = nullptr;
    std::size_t longest = 0;
    for (const Mark& mark : marks)
      for (std::string_view list = mark.phrases; const auto phrase = next_of(list);)
        if (const std::size_t n = matched(words, i, *phrase); n > longest) {
          best = &mark;
          longest = n;
        }
    if (best != nullptr)
      found.push_back({std::string(best->name), best->where == Where::anywhere || words[i].qualifies});
    i += std::max<std::size_t>(1, longest);
  }
}

void find_parts(const Words& words, FoundMarks& found) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view part = name_in(parts, words[i].text);
    if (!part.empty() && i > 0 && is_one_of(words[i - 1].text, without_words))
      found.push_back({"no " + std::string(part), true});
    if (!part.empty() && i + 1 < words.size() && is_one_of(words[i + 1].text, only_words))
      found.push_back({std::string(part) + " " + std::string(words[i + 1].text), words[i].qualifies});
    if (words[i].text.ends_with("less"))
      if (const auto lacking = name_in(parts, words[i].text.substr(0, words[i].text.size() - 4));
          !lacking.empty())
        found.push_back({"no " + std::string(lacking), true});
  }
}

bool names_a_language_version(const Words& words, std::size_t i) {
  const auto is_version = [&](std::size_t k) {
    return k < words.size() && is_one_of(words[k].text, version_words);
  };
  if (is_version(i + 1) || (i > 0 && is_version(i - 1))) return true;
  return words[i].qualifies && std::all_of(words.begin(), words.end(), [&](const Word& word) {
           return word.zone != words[i].zone || !name_in(languages, word.text).empty() ||
                  is_one_of(word.text, filler_words) || is_one_of(word.text, version_words);
         });
}

void find_languages(const Words& words, FoundMarks& found) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (const auto name = name_in(languages, words[i].text); !name.empty())
      found.push_back({std::string(name), names_a_language_version(words, i)});
}

FoundMarks marks_of(const Words& words) {
  FoundMarks found;
  find_listed(words, found);
  find_parts(words, found);
  find_languages(words, found);
  return found;
}

/// What only one of the titles says, where it says anything.
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
std::string with_source(std::string_view side, Source source) {
  constexpr std::string_view names[] = {"", " (file name)", " (album)"};
  return fmt::format("{}{}", side, names[static_cast<int>(source)]);
}

/// The number that a word says: digits, Roman numerals up to 39, "one" to "twelve"; 0 if none.
int number_of(std::string_view word) {
  constexpr std::string_view names[] = {"one",   "two",   "three", "four", "five",   "six",
                                        "seven", "eight", "nine",  "ten",  "eleven", "twelve"};
  constexpr std::string_view ones[] = {"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"};
  constexpr std::string_view tens[] = {"", "x", "xx", "xxx"};
  if (word.size() <= 4 && std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return std::stoi(std::string(word));
  for (int i = 0; i < 12; ++i)
    if (names[i] == word) return i + 1;
  for (int ten = 0; ten < 4; ++ten)
    for (int one = 0; one < 10; ++one)
      if (word == std::string(tens[ten]) + std::string(ones[one])) return 10 * ten + one;
  return 0;
}

/// The numbers behind "part", "take" and their like: "Parts 1 & 2", "Pt. II".
struct Numbered {
  std::vector<int> numbers;
  bool counts = false;  ///< in a qualifier
  Source source = Source::title;
};

Numbered numbered(const Words& words, std::string_view markers, Source source) {
  Numbered found;
  found.source = source;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (!is_one_of(words[i].text, markers)) continue;
    for (std::size_t k = i + 1; k < words.size(); ++k) {
      if (words[i].in_brackets && words[k].zone != words[i].zone) break;
      if (const int number = number_of(words[k].text); number > 0)
        found.numbers.push_back(number);
      else if (!is_one_of(words[k].text, joining_words))
        break;
    }
    found.counts = found.counts || (!found.numbers.empty() && words[i].qualifies);
  }
  return found;
}

bool numbered_otherwise(const Numbered& a, const Numbered& b) {
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

bool is_numeral(std::string_view word) noexcept {
  return word.find_first_not_of("0123456789") == word.npos || word.find_first_not_of("ivx") == word.npos;
}

/// The figures and Roman numerals of a title, without years and a track's number in front. A lone letter is one at the end
/// alone: "Rocky V", not "I Feel Good". `rest` is what stands between them.
std::vector<int> figures_of(const Words& words, std::string& rest) {
  std::vector<int> figures;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i].text;
    const int number = number_of(word);
    const bool last = i + 1 == words.size();
    const bool is_figure = number > 0 && is_numeral(word) && (word[0] <= '9' || word.size() > 1 || last);
    const bool is_year = is_figure && number >= 1900 && number < 2100;
    if (is_figure && !is_year && i > 0)
      figures.push_back(number);
    else if (!is_figure)
      rest += std::string(word) + " ";
  }
  return figures;
}

/// "Interlude 1" beside "Interlude 2": the same words, other numbers. Empty if it is not so.
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
    const bool after_number = i > 0 && number_of(words[i - 1].text) > 0;  // "Six Ft. Under"
    const bool first_of_zone = words[i].qualifies && (i == 0 || words[i - 1].zone != words[i].zone);
    const bool named = (is_one_of(words[i].text, guest_words) && !after_number) ||
                       (first_of_zone && words[i].zone > 0 && is_one_of(words[i].text, with_words));
    if (!named) continue;
    for (std::size_t k = i + 1; k < words.size() && words[k].zone == words[i].zone; ++k)
      if (!is_one_of(words[k].text, no_names)) names.push_back(words[k].text);
  }
  return names;
}

/// Every word of the suffix in `zone` belongs to a mark: "Band - Clean Version", not "Band - Come Clean".
bool says_only_marks(const Words& words, int zone) {
  const auto is_of_a_phrase = [](std::string_view word) {
    for (const Mark& mark : marks)
      for (std::string_view list = mark.phrases; auto phrase = next_of(list);)
        while (!phrase->empty()) {
          const std::string_view part = phrase->substr(0, phrase->find(' '));
          if (part == word) return true;
          phrase->remove_prefix(std::min(phrase->size(), part.size() + 1));
        }
    return false;
  };
  return std::all_of(words.begin(), words.end(), [&](const Word& word) {
    return word.zone != zone || is_numeral(word.text) || is_one_of(word.text, version_words) ||
           is_one_of(word.text, filler_words) || is_one_of(word.text, part_words) ||
           is_one_of(word.text, take_words) || is_one_of(word.text, without_words) ||
           is_one_of(word.text, only_words) || !name_in(parts, word.text).empty() ||
           !name_in(languages, word.text).empty() || is_of_a_phrase(word.text);
  });
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

/// What is said about one file.
struct Said {
  explicit Said(const TrackRecord& record);
  bool titled() const noexcept { return !tags.title.empty(); }
  Source source() const noexcept { return titled() ? Source::title : Source::name; }

  const Tags& tags;
  Title title, file_name, album;
  Words name;    ///< all that counts of the file's name
  Words called;  ///< the title's words, or the name's where there is no title
  Words beside;  ///< what a titled file's name sets off, unless the title says the same
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

/// "Track 05.mp3", or an untitled file of the same name as the titled one: it can't be known what it would be titled.
bool says_nothing(const Said& file, const Said& other) {
  if (file.titled()) return false;
  if (other.titled() && same_words(file.name, other.name)) return true;
  std::string rest;
  figures_of(file.called, rest);
  return file.called.empty() || is_one_of(rest, nameless);
}

/// Marks of an album that change the words or the performance.
constexpr std::string_view album_marks = "clean|explicit|instrumental|karaoke|live";

void add_marks(FoundMarks& all, FoundMarks found, Source source) {
  for (Found& mark : found) {
    if (source == Source::album && !is_one_of(mark.name, album_marks)) continue;
    mark.source = source;
    all.push_back(std::move(mark));
  }
}

bool has(const FoundMarks& list, const std::string& name) {
  return std::any_of(list.begin(), list.end(), [&](const Found& mark) { return mark.name == name; });
}

/// The marks of `with` that the other file has nowhere, each once.
FoundMarks lone_marks(const FoundMarks& with, const FoundMarks& without, const Said& other) {
  FoundMarks lone;
  for (const Found& mark : with)
    if (mark.counts && !has(without, mark.name) && !has(lone, mark.name)) lone.push_back(mark);
  if (lone.empty()) return lone;
  const FoundMarks album = marks_of(other.album.words);
  const FoundMarks artists =
      marks_of(Title(other.tags.artist + " / " + other.tags.album_artist).words);  // "Live - Song.mp3"
  lone.erase(std::remove_if(lone.begin(), lone.end(),
                            [&](const Found& mark) {
                              return has(album, mark.name) ||
                                     (mark.source == Source::name && has(artists, mark.name));
                            }),
             lone.end());
  return lone;
}

/// `"live", "acoustic" only in this one, "clean" only in this one (album)`
std::string marks_text(const FoundMarks& lone, std::string_view side) {
  std::string text;
  for (const Source source : {Source::title, Source::name, Source::album}) {
    std::vector<std::string> names;
    for (const Found& mark : lone)
      if (mark.source == source) names.push_back(mark.name);
    if (names.empty()) continue;
    text += fmt::format("{}\"{}\" only in {}", text.empty() ? "" : ", ", fmt::join(names, "\", \""),
                        with_source(side, source));
  }
  return text;
}

std::string differing_marks(const Said& a, const Said& b, bool albums_alone, const PairSides& names) {
  const bool albums_count = !a.tags.album.empty() && !b.tags.album.empty() && a.tags.album != b.tags.album;
  const auto all_of = [&](const Said& file, const Said& other) {
    FoundMarks all;
    if (!albums_alone) {
      add_marks(all, marks_of(file.called), file.source());
      add_marks(all, marks_of(file.beside), Source::name);
    }
    Words album = file.album.words;
    set_off_the_rest(album, other.album.words);
    if (albums_count) add_marks(all, marks_of(album), Source::album);
    return all;
  };
  const FoundMarks of_a = all_of(a, b), of_b = all_of(b, a);
  const std::string here = marks_text(lone_marks(of_a, of_b, b), names.a);
  const std::string there = marks_text(lone_marks(of_b, of_a, a), names.b);
  return here + (here.empty() || there.empty() ? "" : ", ") + there;
}

std::string differing_numbers(const Said& a, const Said& b, const PairSides& names) {
  for (const auto& [what, markers] : {std::pair{"part", part_words}, std::pair{"take", take_words}}) {
    const auto of = [&, list = markers](const Said& file) {
      Numbered found = numbered(file.called, list, file.source());
      return found.numbers.empty() ? numbered(file.beside, list, Source::name) : found;
    };
    const Numbered of_a = of(a), of_b = of(b);
    if (!numbered_otherwise(of_a, of_b)) continue;
    const std::string here = with_source(names.a, of_a.source), there = with_source(names.b, of_b.source);
    return numbers_text(what, of_a.numbers, of_b.numbers, {here, there});
  }
  // A bare number in a name is the track's place, or a copy's: "Song 2.mp3".
  return a.titled() && b.titled() ? other_numbers(a.called, b.called, names) : std::string();
}

/// One of the names is in the title, in the file's name or among the artists of the other track.
bool named_there(const std::vector<std::string_view>& names, const Said& file) {
  const Title artists(file.tags.artist + " / " + file.tags.album_artist);
  const auto is_in = [&](const Words& words) {
    return std::any_of(words.begin(), words.end(), [&](const Word& word) {
      return std::find(names.begin(), names.end(), word.text) != names.end();
    });
  };
  return is_in(file.called) || is_in(file.beside) || is_in(artists.words);
}

/// `a guest ("jay z")`; empty where the other one names a guest of these, or there is none.
std::string lone_guest(const Words& words, const Said& other) {
  const auto names = guests_of(words);
  if (names.empty() || named_there(names, other)) return {};
  return fmt::format("a guest (\"{}\")", fmt::join(names, " "));
}

std::string differing_guests(const Said& a, const Said& b, const PairSides& names) {
  OnlyIn guests{lone_guest(a.called, b), lone_guest(b.called, a)};
  Source of_a = a.source(), of_b = b.source();
  const auto or_beside = [](std::string& guest, Source& source, const Said& file, const Said& other) {
    if (!guest.empty()) return;
    guest = lone_guest(file.beside, other);
    if (!guest.empty()) source = Source::name;
  };
  or_beside(guests.here, of_a, a, b);
  or_beside(guests.there, of_b, b, a);
  return only_text(guests, {with_source(names.a, of_a), with_source(names.b, of_b)});
}

/// What differs; empty for nothing.
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

}  // namespace echofold
