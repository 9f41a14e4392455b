// Numbers in titles: "Part 2", "Takes 1 & 3", "Interlude IV".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/dedupe/title_marks.h"
#include "engine/dedupe/title_words.h"

namespace echofold {

inline constexpr std::string_view part_words = "pt|pts|part|parts|teil|partie|parte|deel|часть|del";
inline constexpr std::string_view take_words = "take|takes|toma|prise";

/// The number that a word means: digits, Roman numerals up to 39, "one" to "twelve"; 0 if none.
int word_as_number(std::string_view word);

/// True for digits and for letters of Roman numerals, whether they make a number or not.
bool is_numeral(std::string_view word) noexcept;

/// The numbers after "part", "take" and similar words: "Parts 1 & 2", "Pt. II".
struct TitleNumbers {
  std::vector<int> numbers;
  bool counts = false;  ///< in a qualifier
  TitleSource source = TitleSource::title;
};

/// @param markers  a list of words (word_list.h)
TitleNumbers numbered(const Words& words, std::string_view markers, TitleSource source);

/// The figures and Roman numerals of a title, without years and a track's number at the start. A single letter only
/// counts at the end: "Rocky V", not "I Feel Good". `rest` gets the other words.
std::vector<int> figures_of(const Words& words, std::string& rest);

}  // namespace echofold
