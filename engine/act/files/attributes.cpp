// Reads and sets extended attributes with flistxattr(2) and the like.
#include "engine/act/files/attributes.h"

#include <sys/xattr.h>

#include <algorithm>
#include <cstring>

#include "engine/act/files/copier.h"
#include "index/base/error.h"
#include "index/base/fs/folder.h"
#include "index/base/fs/path.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

constexpr std::size_t most_journal_bytes = std::size_t{64} << 10;

std::uint64_t device_of_nearest_folder(const std::string& path) {
  std::string folder = split_path(path).folder;
  for (;; folder = split_path(folder).folder)
    if (const auto status = look_at(folder); status || folder == "/") return status ? status->st_dev : 0;
}

Attributes users_attributes_at(const std::string& path) {
  const SplitPath split = split_path(path);
  Attributes attributes = attributes_of(open_to_read(Folder::open(split.folder), split.name).get());
  std::erase_if(attributes, [](const auto& attribute) { return !is_of_user(attribute.first); });
  return attributes;
}

bool has(const Attributes& attributes, const std::string& name) {
  return std::any_of(attributes.begin(), attributes.end(),
                     [&](const auto& attribute) { return attribute.first == name; });
}

}  // namespace

Attributes attributes_of(int fd) {
  Attributes out;
  const ssize_t size = flistxattr(fd, nullptr, 0);
  if (size <= 0) return out;
  std::vector<char> names(static_cast<std::size_t>(size));
  const ssize_t listed = flistxattr(fd, names.data(), names.size());
  std::vector<char> value;
  for (const char* name = names.data(); listed > 0 && name < names.data() + listed;
       name += std::strlen(name) + 1) {
    const ssize_t length = fgetxattr(fd, name, nullptr, 0);
    if (length < 0) continue;
    value.resize(static_cast<std::size_t>(length) + 1);  // never an empty buffer: that asks only for the size
    const ssize_t got = fgetxattr(fd, name, value.data(), value.size());
    if (got >= 0) out.emplace_back(name, std::string(value.data(), static_cast<std::size_t>(got)));
  }
  return out;
}

std::vector<std::string> give_attributes(int target, const Attributes& attributes) {
  std::vector<std::string> refused;
  for (const auto& [name, value] : attributes)
    if (fsetxattr(target, name.c_str(), value.data(), value.size(), 0) != 0) refused.push_back(name);
  return refused;
}

void copy_attributes(int source, int target) { give_attributes(target, attributes_of(source)); }

bool is_of_user(std::string_view name) noexcept {
  return name.starts_with("user.") || name.starts_with("trusted.") || name == "system.posix_acl_access";
}

Attributes attributes_for_journal(const std::string& from, const std::string& to) try {
  const auto file = look_at(from);
  if (!file || file->st_dev == device_of_nearest_folder(to)) return {};
  Attributes attributes = users_attributes_at(from);
  std::size_t bytes = 0;
  for (const auto& [name, value] : attributes) bytes += name.size() + value.size();
  return bytes > most_journal_bytes ? Attributes{} : attributes;
} catch (const Error&) {
  return {};  // the move reports what is wrong
}

std::vector<std::string> missing_attributes(const std::string& path, const Attributes& wanted) {
  Attributes there;
  try {
    there = users_attributes_at(path);
  } catch (const Error&) {
    there.clear();
  }
  std::vector<std::string> missing;
  for (const auto& attribute : wanted)
    if (is_of_user(attribute.first) && std::find(there.begin(), there.end(), attribute) == there.end())
      missing.push_back(attribute.first);
  return missing;
}

Attributes with_others(Attributes attributes, const Attributes& others) {
  for (const auto& attribute : others)
    if (!has(attributes, attribute.first)) attributes.push_back(attribute);
  return attributes;
}

std::string joined_names(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text.append(text.empty() ? "" : ", ").append(printable(name));
  return text;
}

}  // namespace echofold
