// Folds a title, and finds its brackets and dashes.
#include "engine/dedupe/title_words.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "engine/tag/legal_name.h"

namespace echofold {
namespace {

/// Punctuation beyond ASCII as the ASCII that means the same.
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

/// `folded` leaves alone what is no UTF-8.
std::string lower_case(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

/// Bytes above 127 are letters of some script: "édit" is not "edit".
bool is_word_byte(unsigned char c) noexcept {
  return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// A dash that sets off what follows: with a space on one side at least, and not the first thing of all.
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
      words.push_back({text.substr(begin, i - begin), open.empty() ? suffix : open.back()});
      continue;
    }
    if (c == '(' || c == '[' || c == '{') open.push_back(++zones);
    if ((c == ')' || c == ']' || c == '}') && !open.empty()) open.pop_back();
    if (open.empty() && !words.empty() && is_setting_off(text, i)) suffix = ++zones;
    ++i;
  }
  return words;
}

Words plain_words(const Words& words) {
  Words plain;
  std::copy_if(words.begin(), words.end(), std::back_inserter(plain),
               [](const Word& w) { return w.zone == 0; });
  return plain;
}

}  // namespace

Title::Title(const std::string& tag) : text(lower_case(with_plain_marks(folded(tag)))), words(split(text)) {}

void set_off_the_rest(Words& title, const Words& other) {
  constexpr int rest_zone = -1;
  const Words start = plain_words(other);
  const Words whole = plain_words(title);
  if (start.empty() || whole.size() <= start.size()) return;
  const auto same_word = [](const Word& x, const Word& y) { return x.text == y.text; };
  if (!std::equal(start.begin(), start.end(), whole.begin(), same_word)) return;
  std::size_t seen = 0;
  for (Word& word : title)
    if (word.zone == 0 && ++seen > start.size()) word.zone = rest_zone;
}

}  // namespace echofold
