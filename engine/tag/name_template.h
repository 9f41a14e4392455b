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

/// Picard's layout: a folder for the album artist, one for the album, then the track's number and title; with the
/// disc's number before it if the album has several discs, and the artist if it is not the album's.
inline constexpr std::string_view default_name_template =
    "{albumartist|artist}/[{album}/][[{medium}-]{track:2} ][{trackartist} - ]{title}";

/// What a template is filled with: the tags of one track, and what only its album as a whole shows.
struct NameFields {
  Tags tags;
  std::uint32_t discs = 0;  ///< of the album, as far as the library knows; 0: unknown
};

/// What a template makes of one track: the parts of a path below the library folder, or the field that the track lacks.
struct ExpandedName {
  std::vector<std::string> folders;    ///< each legal (legal_name.h), outermost first
  std::string stem;                    ///< legal by itself, without the extension
  std::optional<std::string> missing;  ///< "title": a field without a value; then there is no name
};

/// A parsed template. Text stands for itself; `/` separates folders; `\` before a character removes its meaning.
///
///   {title}            the field; a track without it has no name
///   {a|b|"text"}       the first of them that has a value
///   {track:2}          a number with at least so many digits (1 to 9); what is not a number stays as it is
///   [ ... ]            left out if a field in it has no value; may be nested
///
/// Fields: artist, title, album, albumartist, track and tracks, disc and discs (the number before and after the slash
/// of "3/12"), date, year, medium (the disc's number if the album has several discs, with as many digits as the last
/// disc's), trackartist (the artist if the album has another one). No value can add a folder or lead out of the
/// library folder: its slashes become `_`, and each part is made legal. A folder whose name is empty is left out.
class NameTemplate {
 public:
  /// @throws Error  Fault::usage, naming the column (from 1, in bytes), for a syntax error, an unknown field, a path
  ///                that is absolute or has an empty part, or a file name without a field
  static NameTemplate parse(std::string_view text);

  /// Pure and deterministic. Each part is made legal (legal_name.h).
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
