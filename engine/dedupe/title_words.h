// A title as words, and which of them qualify it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace echofold {

struct Word {
  std::string_view text;  ///< folded
  int zone =
      0;  ///< 0: up to the first dash; else the bracket or suffix that it stands in, each its own number
  bool in_brackets = false;  ///< of any kind
  bool qualifies = false;    ///< not one of the plain words
};
using Words = std::vector<Word>;

/// A tag's words. Brackets of every script and " - " set words off from the plain ones.
struct Title {
  explicit Title(const std::string& tag);
  Title(const Title&) = delete;
  Title& operator=(const Title&) = delete;

  std::string text;  ///< folded; the words view into it
  Words words;
};

/// The last part of a path as a title: without its extension, `_` as a space.
std::string name_as_title(std::string_view path);

/// The words of a file's name without what only counts: numbers in front, "(1)", "- Copy", "copy 2". None that stands
/// outside brackets qualifies: a dash in a name also sets a title off from its artist.
Words words_of_name(const Title& name);

/// Of a name's words those in brackets and those behind its last " - ".
Words set_off_words(const Words& name);

/// What `title` says behind all the plain words of `other` is a qualifier, too: "Clean" in "Song Clean" beside "Song".
/// Of a name what stands between two dashes is compared on its own.
void set_off_the_rest(Words& title, const Words& other);

bool same_words(const Words& a, const Words& b);

}  // namespace echofold
