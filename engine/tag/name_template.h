// The template that names files by their tags: "{albumartist|artist}/[{album}/][{track:2} ]{title}".
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "index/model/record.h"

namespace echofold {

/// Picard's layout: a folder of the album artist, one of the album, then the track's number and title; the disc's number
/// before it where the album has several, the artist where it is not the album's.
inline constexpr std::string_view default_name_template =
    "{albumartist|artist}/[{album}/][[{medium}-]{track:2} ][{trackartist} - ]{title}";

/// What a template is filled with: the tags of one track, and what only its album as a whole can say.
struct NameFields {
  Tags tags;
  std::uint32_t discs = 0;  ///< of the album, as far as the library knows; 0 unknown
};

/// What a template makes of one track: the parts of a path below the library folder, or the field that the track lacks.
struct ExpandedName {
  std::vector<std::string> folders;    ///< each legal (legal_name.h), outermost first
  std::string stem;                    ///< legal by itself, without the extension
  std::optional<std::string> missing;  ///< "title": a field without a value; then there is no name
};

/// A template that was read. Text stands for itself; `/` parts folders; `\` before a character takes its meaning away.
///
///   {title}            the field; a track without it has no name
///   {a|b|"text"}       the first of them that has a value
///   {track:2}          a number with at least so many digits (1 to 9); what is no number stays as it is
///   [ ... ]            left out when a field in it has no value; may stand in another
///
/// Fields: artist, title, album, albumartist, track and tracks, disc and discs (the number before and behind the
/// slash of "3/12"), date, year, medium (the disc's number where the album has more than one, with as many digits
/// as the last disc's), trackartist (the artist where the album has another). No value can add a folder or lead out of the
/// library folder: its slashes become `_`, and each part is made legal. A folder that comes out empty is left out.
class NameTemplate {
 public:
  /// @throws Error  Fault::usage, naming the column (from 1, in bytes), for what can't be read, an unknown
  ///                field, a path that is absolute or has an empty part, or a name that holds no field
  static NameTemplate parse(std::string_view text);

  /// Pure, and the same for the same fields. Of a part that would be no legal name, what remains.
  ExpandedName expand(const NameFields& fields) const;

  struct Node;
  NameTemplate(NameTemplate&&) noexcept;
  NameTemplate& operator=(NameTemplate&&) noexcept;
  ~NameTemplate();

 private:
  explicit NameTemplate(std::vector<Node> nodes);
  std::vector<Node> nodes_;
};

}  // namespace echofold
