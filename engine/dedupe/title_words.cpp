// Folds a title and splits it at brackets and dashes.
#include "engine/dedupe/title_words.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "index/base/fs/path.h"
#include "index/base/text/folding.h"

namespace echofold {
namespace {

/// Replaces punctuation beyond ASCII by ASCII that means the same.
std::string with_plain_marks(std::string text) {
  constexpr std::pair<std::string_view, std::string_view> known[] = {
      {"（", "("}, {"）", ")"}, {"［", "["}, {"］", "]"},     {"【", "["}, {"】", "]"},
      {"「", "["}, {"」", "]"}, {"『", "["}, {"』", "]"},     {"–", "-"},  {"—", "-"},
      {"―", "-"},  {"〜", "-"}, {"～", "-"}, {"’", "'"},      {"‘", "'"},  {"“", "\""},
      {"”", "\""}, {"・", " "}, {"　", " "}, {"\u00a0", " "}, {"、", ","}, {"…", " "}};
  for (const auto& [from, to] : known)
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
      text.replace(at, from.size(), to);
  return text;
}

/// Needed because `folded` does not change text that is not UTF-8.
std::string lower_case(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

/// Bytes above 127 are letters of some script: "édit" is not "edit".
bool is_word_byte(unsigned char c) noexcept {
  return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// True for a dash that separates what follows: it has a space on at least one side and is not at the start.
bool is_setting_off(std::string_view text, std::size_t at) noexcept {
  if (text[at] != '-' && text[at] != '~') return false;
  return at > 0 && (text[at - 1] == ' ' || (at + 1 < text.size() && text[at + 1] == ' '));
}

Words split(std::string_view text) {
  Words words;
  int zones = 0, suffix = 0;
  std::vector<int> open;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (is_word_byte(static_cast<unsigned char>(c))) {
      const std::size_t begin = i;
      while (i < text.size() && is_word_byte(static_cast<unsigned char>(text[i]))) ++i;
      const int zone = open.empty() ? suffix : open.back();
      words.push_back({text.substr(begin, i - begin), zone, !open.empty(), zone != 0});
      continue;
    }
    if (c == '(' || c == '[' || c == '{') open.push_back(++zones);
    if ((c == ')' || c == ']' || c == '}') && !open.empty()) open.pop_back();
    if (open.empty() && !words.empty() && is_setting_off(text, i)) suffix = ++zones;
    ++i;
  }
  return words;
}

/// The indices of the plain words, grouped by zone.
std::vector<std::vector<std::size_t>> plain_stretches(const Words& words) {
  std::map<int, std::vector<std::size_t>> by_zone;
  for (std::size_t i = 0; i < words.size(); ++i)
    if (!words[i].qualifies) by_zone[words[i].zone].push_back(i);
  std::vector<std::vector<std::size_t>> stretches;
  stretches.reserve(by_zone.size());
  for (auto& [zone, places] : by_zone) stretches.push_back(std::move(places));
  return stretches;
}

bool is_number(std::string_view word) noexcept { return word.find_first_not_of("0123456789") == word.npos; }

/// True for "(1)", the only word in its bracket, but not for "(1999)".
bool is_count(const Words& words, std::size_t i) {
  const auto elsewhere = [&](std::size_t k) { return k >= words.size() || words[k].zone != words[i].zone; };
  return words[i].in_brackets && words[i].text.size() <= 2 && is_number(words[i].text) && elsewhere(i + 1) &&
         (i == 0 || elsewhere(i - 1));
}

bool is_copy_word(const Word& word) noexcept {
  return word.text == "copy" || word.text == "kopie" || word.text == "copie" || word.text == "copia";
}

void drop_copy_words(Words& words) {
  if (words.size() > 2 && is_number(words.back().text) && is_copy_word(words[words.size() - 2]))
    words.pop_back();
  while (words.size() > 1 && is_copy_word(words.back())) words.pop_back();
}

}  // namespace

Title::Title(const std::string& tag) : text(lower_case(with_plain_marks(folded(tag)))), words(split(text)) {}

std::string name_as_title(std::string_view path) {
  std::string_view name = path.substr(path.rfind('/') + 1);  // npos + 1 is 0: the whole path
  const std::string_view extension = suffix_of(name);
  if (extension.find(' ') == extension.npos)
    name.remove_suffix(extension.size());  // "07. Song title" has none
  std::string title(name);
  std::replace(title.begin(), title.end(), '_', ' ');
  return title;
}

Words words_of_name(const Title& name) {
  Words words;
  std::set<int> begun;
  for (std::size_t i = 0; i < name.words.size(); ++i) {
    Word word = name.words[i];
    if (is_count(name.words, i)) continue;
    if (!word.in_brackets && is_number(word.text) && begun.count(word.zone) == 0) continue;
    begun.insert(word.zone);
    word.qualifies = word.in_brackets;
    words.push_back(word);
  }
  drop_copy_words(words);
  return words;
}

Words set_off_words(const Words& name) {
  int last = 0;
  for (const Word& word : name)
    if (!word.in_brackets) last = word.zone;
  Words words;
  std::copy_if(name.begin(), name.end(), std::back_inserter(words),
               [&](const Word& word) { return word.in_brackets || (last != 0 && word.zone == last); });
  return words;
}

void set_off_the_rest(Words& title, const Words& other) {
  const auto starts = plain_stretches(other);
  for (const auto& whole : plain_stretches(title))
    for (const auto& start : starts) {
      const auto same_word = [&](std::size_t x, std::size_t y) { return other[x].text == title[y].text; };
      if (whole.size() <= start.size()) continue;
      if (!std::equal(start.begin(), start.end(), whole.begin(), same_word)) continue;
      const int rest_zone = -1 - title[whole.back()].zone;
      for (std::size_t i = start.size(); i < whole.size(); ++i) {
        title[whole[i]].zone = rest_zone;
        title[whole[i]].qualifies = true;
      }
      break;
    }
}

bool same_words(const Words& a, const Words& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Word& x, const Word& y) { return x.text == y.text; });
}

}  // namespace echofold
