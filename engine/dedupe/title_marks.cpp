// The marks in several languages, and where they count.
#include "engine/dedupe/title_marks.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string_view>

#include "engine/dedupe/title_numbers.h"
#include "engine/dedupe/word_list.h"

namespace echofold {
namespace {

enum class Where : std::uint8_t { anywhere, qualifier };

/// Phrases that mark another recording, and the name of the mark in messages.
struct Mark {
  std::string_view name;
  std::string_view phrases;  ///< separated by `|`; folded words, with one space between two
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

/// Words and the name of what they mean: "name|word|word".
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

/// All of these are also everyday words: they only count beside a word for "version", or as the whole of a qualifier.
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

/// The first word of each row is the name of the others.
class WordNames {
 public:
  explicit WordNames(std::span<const std::string_view> rows) {
    for (std::string_view row : rows) {
      const std::string_view name = *next_of(row);
      while (const auto word = next_of(row)) names_.emplace(*word, name);
    }
  }
  /// Empty if none.
  std::string_view of(std::string_view word) const {
    const auto found = names_.find(word);
    return found == names_.end() ? std::string_view() : found->second;
  }

 private:
  std::map<std::string_view, std::string_view> names_;
};

const WordNames& part_names() {
  static const WordNames names(parts);
  return names;
}

const WordNames& language_names() {
  static const WordNames names(languages);
  return names;
}

/// The phrases of all marks by their first word, because hundreds of thousands of titles are compared.
struct PhraseTable {
  struct Phrase {
    std::string_view text;
    const Mark* mark;
  };

  PhraseTable() {
    for (const Mark& mark : marks)
      for (std::string_view list = mark.phrases; const auto phrase = next_of(list);) {
        by_first_word.emplace(phrase->substr(0, phrase->find(' ')), Phrase{*phrase, &mark});
        for (std::string_view rest = *phrase; !rest.empty();) {
          const std::string_view word = rest.substr(0, rest.find(' '));
          words.insert(word);
          rest.remove_prefix(std::min(rest.size(), word.size() + 1));
        }
      }
  }

  std::multimap<std::string_view, Phrase> by_first_word;
  std::set<std::string_view> words;
};

const PhraseTable& phrase_table() {
  static const PhraseTable table;
  return table;
}

/// The number of words of the phrase if it is in `words` at `at`; else 0.
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

void find_listed(const Words& words, TitleMarks& found) {
  const PhraseTable& table = phrase_table();
  for (std::size_t i = 0; i < words.size();) {
    const Mark* best = nullptr;
    std::size_t longest = 0;
    const auto [begin, end] = table.by_first_word.equal_range(words[i].text);
    for (auto at = begin; at != end; ++at)
      if (const std::size_t n = matched(words, i, at->second.text); n > longest) {
        best = at->second.mark;
        longest = n;
      }
    if (best != nullptr)
      found.push_back({std::string(best->name), best->where == Where::anywhere || words[i].qualifies});
    i += std::max<std::size_t>(1, longest);
  }
}

void find_parts(const Words& words, TitleMarks& found) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view part = part_names().of(words[i].text);
    if (!part.empty() && i > 0 && is_one_of(words[i - 1].text, without_words))
      found.push_back({"no " + std::string(part), true});
    if (!part.empty() && i + 1 < words.size() && is_one_of(words[i + 1].text, only_words))
      found.push_back({std::string(part) + " " + std::string(words[i + 1].text), words[i].qualifies});
    if (words[i].text.ends_with("less"))
      if (const auto lacking = part_names().of(words[i].text.substr(0, words[i].text.size() - 4));
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
           return word.zone != words[i].zone || !language_names().of(word.text).empty() ||
                  is_one_of(word.text, filler_words) || is_one_of(word.text, version_words);
         });
}

void find_languages(const Words& words, TitleMarks& found) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (const auto name = language_names().of(words[i].text); !name.empty())
      found.push_back({std::string(name), names_a_language_version(words, i)});
}

}  // namespace

TitleMarks marks_of(const Words& words) {
  TitleMarks found;
  find_listed(words, found);
  find_parts(words, found);
  find_languages(words, found);
  return found;
}

bool says_only_marks(const Words& words, int zone) {
  const std::set<std::string_view>& of_phrases = phrase_table().words;
  return std::all_of(words.begin(), words.end(), [&](const Word& word) {
    return word.zone != zone || is_numeral(word.text) || is_one_of(word.text, version_words) ||
           is_one_of(word.text, filler_words) || is_one_of(word.text, part_words) ||
           is_one_of(word.text, take_words) || is_one_of(word.text, without_words) ||
           is_one_of(word.text, only_words) || !part_names().of(word.text).empty() ||
           !language_names().of(word.text).empty() || of_phrases.contains(word.text);
  });
}

}  // namespace echofold
