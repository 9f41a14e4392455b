// Words in a title, a file name or an album that mark another recording: "live", "clean", "no drums", "German".
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/dedupe/title_words.h"

namespace echofold {

/// Where a text about a file was found.
enum class TitleSource : std::uint8_t { title, name, album };

/// A mark that was found.
struct TitleMark {
  std::string name;  ///< the same in every language
  /// False: an everyday word among plain ones. It only matches a mark of the other title.
  bool counts = false;
  TitleSource source = TitleSource::title;
};
using TitleMarks = std::vector<TitleMark>;

/// The marks in these words, with TitleSource::title. A mark that is also an everyday word only counts in a qualifier:
/// "Dirty Diana" marks nothing.
TitleMarks marks_of(const Words& words);

/// True if every word of the suffix in `zone` belongs to a mark: "Band - Clean Version", not "Band - Come Clean".
bool says_only_marks(const Words& words, int zone);

}  // namespace echofold
