// Words of a title, a file name or an album that mark a recording of its own: "live", "clean", "no drums", "German".
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/dedupe/title_words.h"

namespace echofold {

/// Where a text about a file stands.
enum class TitleSource : std::uint8_t { title, name, album };

/// A mark that was found.
struct TitleMark {
  std::string name;  ///< what it is called in every language
  /// False: an everyday word among plain ones, which only answers the other title's mark.
  bool counts = false;
  TitleSource source = TitleSource::title;
};
using TitleMarks = std::vector<TitleMark>;

/// The marks in these words, with TitleSource::title. A mark that is also an everyday word counts in a qualifier alone:
/// "Dirty Diana" marks nothing.
TitleMarks marks_of(const Words& words);

/// Every word of the suffix in `zone` belongs to a mark: "Band - Clean Version", not "Band - Come Clean".
bool says_only_marks(const Words& words, int zone);

}  // namespace echofold
