// A title as words, and which of them qualify it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace echofold {

struct Word {
  std::string_view text;  ///< folded
  int zone = 0;           ///< 0: up to the first dash; else the number of the bracket or suffix that it is in
  bool in_brackets = false;  ///< of any kind
  bool qualifies = false;    ///< false: one of the plain words
};
using Words = std::vector<Word>;

/// The words of a tag. Brackets of every script and " - " separate qualifiers from the plain words.
struct Title {
  explicit Title(const std::string& tag);
  Title(const Title&) = delete;
  Title& operator=(const Title&) = delete;

  std::string text;  ///< folded; the words view into it
  Words words;
};

/// The last part of a path as a title: without its extension, `_` as a space.
std::string name_as_title(std::string_view path);

/// The words of a file name without what only numbers it: numbers at the start, "(1)", "- Copy", "copy 2". No word
/// outside of brackets qualifies: in a file name a dash also separates the title from the artist.
Words words_of_name(const Title& name);

/// The words of a name that are in brackets or after its last " - ".
Words set_off_words(const Words& name);

/// Words of `title` after all the plain words of `other` become qualifiers, too: "Clean" in "Song Clean" beside "Song".
/// Each part of a name between two dashes is compared by itself.
void set_off_the_rest(Words& title, const Words& other);

bool same_words(const Words& a, const Words& b);

}  // namespace echofold
