// Labels of pairs of files: the lines of a labels file, checked against each other.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace echofold {

enum class Label : std::uint8_t {
  same,
  edit,
  version,
  different,
  altered,  ///< so alike that only listening tells them apart: a muted word, another voice. Never moved unasked
  remaster  ///< one performance in another master: shown for review, never moved unasked
};
inline constexpr std::array all_labels = {Label::same,      Label::edit,    Label::version,
                                          Label::different, Label::altered, Label::remaster};

std::string_view name_of(Label label) noexcept;
std::optional<Label> label_named(std::string_view name) noexcept;

struct LabelledPair {
  std::string a, b;  ///< absolute paths, raw bytes, never the same
  Label label = Label::same;
  std::string treatment;  ///< what was done to b, if the file says so; only shown
  bool operator==(const LabelledPair&) const = default;
};

/// Reads labelled pairs, in the order of the file; a repeated pair counts once.
///
/// NDJSON if the first character is `{`: the fields `a`, `b` (or `a_base64`, `b_base64`) and `label`. Else CSV whose
/// header names the columns `a`, `b` and `label`. `treatment` is optional; other fields and columns are ignored.
/// Relative paths are relative to `folder`.
/// @param name  of the file, for messages
/// @throws Error Fault::usage `<name>:<line>: ...` for a line that can't be read, an unknown label, a file
///               paired with itself, or a pair with two labels
std::vector<LabelledPair> parse_labels(std::string_view text, const std::string& name,
                                       const std::string& folder);

}  // namespace echofold
