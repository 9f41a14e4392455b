// What is known about the pairs of some files: the labels, and in a labelled library also all other pairs.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "engine/tune/labels.h"

namespace echofold {

/// `manifest.csv` of a labelled library (datasets/README.md): which originals can be heard in which file.
class Manifest {
 public:
  /// Reads the columns `file` (relative to `folder`) and `track` (names joined by `+`).
  /// @return nothing if the header lacks one of them: then the file is of another kind
  /// @throws Error Fault::usage `<name>:<line>: ...`
  static std::optional<Manifest> parse(std::string_view text, const std::string& name,
                                       const std::string& folder);

  bool has(const std::string& path) const { return sets_.contains(path); }
  /// The number of a file's set of originals: files with the same originals have the same number.
  /// @param path  of a file that the manifest has
  std::size_t set_of(const std::string& path) const { return sets_.at(path); }
  /// Whether two files share no original, and so must not match.
  bool strangers(std::size_t set_a, std::size_t set_b) const;
  /// How many pairs without a common original there are among files of these sets, one set per file.
  std::uint64_t stranger_pairs(const std::vector<std::size_t>& sets_of_files) const;
  std::vector<std::string> paths() const;  ///< sorted

 private:
  std::vector<std::vector<std::string>> names_;  ///< each set of originals once, sorted inside
  std::map<std::string, std::size_t> sets_;      ///< path -> in names_
};

struct LabelledSet {
  std::string source;  ///< for messages: the file, or "the verdicts of the library"
  std::vector<LabelledPair> pairs;
  std::optional<Manifest> manifest;  ///< without a label, pairs that share no original are different

  std::vector<std::string> paths() const;  ///< of all files in it, sorted, each once
};

/// Reads a labels file, or `labels.csv` of a folder, and the `manifest.csv` beside it.
/// @throws Error Fault::usage, naming file and line, if it can't be opened or read, contradicts itself, has no pair, or
///               names a file that the manifest beside it does not have
LabelledSet read_labelled_set(const std::string& path, const std::stop_token& stop = {});

}  // namespace echofold
