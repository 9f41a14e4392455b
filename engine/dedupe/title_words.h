// A title as words, and which of them qualify it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace echofold {

struct Word {
  std::string_view text;  ///< folded
  int zone = 0;  ///< 0: a plain word; else the bracket or suffix that it stands in, each its own number
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

/// What `title` says behind all the plain words of `other` is a qualifier, too: "Clean" in "Song Clean" beside "Song".
void set_off_the_rest(Words& title, const Words& other);

}  // namespace echofold
