// Extended attributes: what a copy keeps, and what the journal stores because the target file system may not hold it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace echofold {

using Attributes = std::vector<std::pair<std::string, std::string>>;  ///< name and value, bytes

/// All that can be read, by name. Never throws.
Attributes attributes_of(int fd);

/// Gives `target` the attributes. @return the names of those that it refused
std::vector<std::string> give_attributes(int target, const Attributes& attributes);

/// Best effort: many file systems have no attributes, and some namespaces are only for root.
void copy_attributes(int source, int target);

/// Whether the attribute belongs to the user: "user.*", "trusted.*" and the access list. All others (security labels,
/// attributes that a file system makes up) have no meaning elsewhere, so dropping them loses nothing.
bool is_of_user(std::string_view name) noexcept;

/// The user's attributes of the file at `from` if `to` is on another file system. Empty if both are on the same one
/// (nothing can be lost), or if they exceed 64 KiB, which is too much for a journal. Never throws.
Attributes attributes_for_journal(const std::string& from, const std::string& to);

/// The names of `wanted` that are the user's and that the file at `path` does not have with their value. Never throws.
std::vector<std::string> missing_attributes(const std::string& path, const Attributes& wanted);

/// The attributes, and those of `others` whose names are not among them.
Attributes with_others(Attributes attributes, const Attributes& others);

/// "user.a, user.b"
std::string joined_names(const std::vector<std::string>& names);

}  // namespace echofold
