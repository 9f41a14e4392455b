// Files that have a new place, found by whatever path leads to their old one.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace echofold {

/// Old place -> new place; absolute paths, raw bytes.
using NewPlaces = std::map<std::string, std::string>;

/// Looks at the disk to follow links; changes nothing. One thread at a time.
class MovedFiles {
 public:
  /// @param roots  absolute: some players write names relative to the library, not to the playlist
  explicit MovedFiles(NewPlaces places, std::vector<std::string> roots = {});

  const std::vector<std::string>& roots() const noexcept { return roots_; }
  const NewPlaces& places() const noexcept { return places_; }

  /// The new place of the file that was at `path`, also when that leads there through links. Where the new place lies
  /// behind the same link, the answer leads through it, too.
  /// @param path  absolute, not put in order: ".." behind a link leads out of what the link leads to
  std::optional<std::string> place_of(const std::string& path);

  /// That of the one moved file whose old path is `path` but for case or normal form.
  std::optional<std::string> place_of_twin(const std::string& path) const;

  /// That of the one moved file that had another extension, with the extension of `path`: cue sheets name the WAV that was
  /// ripped, whatever became of it.
  std::optional<std::string> place_of_stem(const std::string& path) const;

  /// The one moved file whose old path ends like this path of another machine: the name, and the folder where there is one.
  const NewPlaces::value_type* find_by_tail(const std::string& path) const;

  static bool is_there(const std::string& path);

 private:
  std::string resolved(const std::string& path, int links_left);
  const std::string& resolved_folder(const std::string& folder);
  void add_stem(const NewPlaces::value_type& file);
  std::string through_link(const std::string& path, const std::string& place);

  NewPlaces places_;
  std::vector<std::string> roots_;
  // A key of several files has no value.
  std::unordered_map<std::string, const NewPlaces::value_type*> twins_, stems_;
  std::unordered_multimap<std::string, const NewPlaces::value_type*> names_;  // by folded name
  std::unordered_map<std::string, std::string> folders_;                      // as given -> without links
};

/// `path` without "." and "..", by its bytes alone.
std::string in_order(const std::string& path);

/// `path` without its extension, which is at most 16 bytes.
std::string without_extension(const std::string& path);

}  // namespace echofold
