// Finds the new place of a moved file by any path that leads to its old place.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace echofold {

/// Old place -> new place; absolute paths, raw bytes.
using NewPlaces = std::map<std::string, std::string>;

/// Follows links on disk; changes nothing. One thread at a time.
class MovedFiles {
 public:
  /// @param roots  absolute: some players write names relative to the library, not to the playlist
  explicit MovedFiles(NewPlaces places, std::vector<std::string> roots = {});

  const std::vector<std::string>& roots() const noexcept { return roots_; }
  const NewPlaces& places() const noexcept { return places_; }

  /// The new place of the file that was at `path`, also if `path` led there through links. If the new place lies
  /// behind the same link, the result goes through that link too.
  /// @param path  absolute, not normalised: ".." after a link refers to the parent of the link's target
  std::optional<std::string> place_of(const std::string& path);

  /// The new place of the one moved file whose old path equals `path` except for case or normal form.
  std::optional<std::string> place_of_folded(const std::string& path) const;

  /// The new place of the one moved file that had another extension, but with the extension of `path`: cue sheets
  /// name the WAV that was ripped, whatever it was converted to.
  std::optional<std::string> place_of_stem(const std::string& path) const;

  /// The one moved file whose old path ends like this path from another machine: the same name, and the same folder
  /// if the path has one.
  const NewPlaces::value_type* find_by_tail(const std::string& path) const;

  static bool is_there(const std::string& path);

 private:
  std::string resolved(const std::string& path, int links_left);
  const std::string& resolved_folder(const std::string& folder);
  void add_stem(const NewPlaces::value_type& file);
  std::string through_link(const std::string& path, const std::string& place);

  NewPlaces places_;
  std::vector<std::string> roots_;
  // A key shared by several files has a null value.
  std::unordered_map<std::string, const NewPlaces::value_type*> folded_, stems_;
  std::unordered_multimap<std::string, const NewPlaces::value_type*> names_;  // by folded name
  // given path -> path without links
  std::unordered_map<std::string, std::string> folders_;
};

/// `path` without "." and "..", without looking at the disk.
std::string normalised(const std::string& path);

}  // namespace echofold
