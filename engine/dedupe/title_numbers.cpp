// Small numbers as they appear in titles.
#include "engine/dedupe/title_numbers.h"

#include <algorithm>
#include <array>

#include "engine/dedupe/word_list.h"

namespace echofold {
namespace {

constexpr std::string_view joining_words = "and|to|und|bis|et|y|e|n";

/// Up to 39; 0 if it is none.
int roman_number(std::string_view word) noexcept {
  constexpr std::array<std::string_view, 10> ones = {"",  "i",  "ii",  "iii",  "iv",
                                                     "v", "vi", "vii", "viii", "ix"};
  const std::size_t tens = std::min(word.find_first_not_of('x'), word.size());
  if (tens > 3) return 0;
  const auto one = std::find(ones.begin(), ones.end(), word.substr(tens));
  return one == ones.end() ? 0 : static_cast<int>(10 * tens) + static_cast<int>(one - ones.begin());
}

}  // namespace

int word_as_number(std::string_view word) {
  constexpr std::string_view names[] = {"one",   "two",   "three", "four", "five",   "six",
                                        "seven", "eight", "nine",  "ten",  "eleven", "twelve"};
  if (word.size() <= 4 && std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return std::stoi(std::string(word));
  for (int i = 0; i < 12; ++i)
    if (names[i] == word) return i + 1;
  return roman_number(word);
}

bool is_numeral(std::string_view word) noexcept {
  return word.find_first_not_of("0123456789") == word.npos || word.find_first_not_of("ivx") == word.npos;
}

TitleNumbers numbered(const Words& words, std::string_view markers, TitleSource source) {
  TitleNumbers found;
  found.source = source;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (!is_one_of(words[i].text, markers)) continue;
    for (std::size_t k = i + 1; k < words.size(); ++k) {
      if (words[i].in_brackets && words[k].zone != words[i].zone) break;
      if (const int number = word_as_number(words[k].text); number > 0)
        found.numbers.push_back(number);
      else if (!is_one_of(words[k].text, joining_words))
        break;
    }
    found.counts = found.counts || (!found.numbers.empty() && words[i].qualifies);
  }
  return found;
}

std::vector<int> figures_of(const Words& words, std::string& rest) {
  std::vector<int> figures;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i].text;
    const int number = word_as_number(word);
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

}  // namespace echofold
