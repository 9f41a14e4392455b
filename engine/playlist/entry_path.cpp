// Tries the possible meanings of an entry; the first that leads to a file determines the style.
#include "engine/playlist/entry_path.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <vector>

#include "engine/playlist/code_page.h"
#include "engine/playlist/percent.h"
#include "index/base/error.h"
#include "index/base/fs/path.h"
#include "index/base/text/printable.h"
#include "index/base/text/utf8.h"

namespace echofold {
namespace {

/// How a name is written.
struct Style {
  std::string scheme;  // "file://", "file://localhost" or "file:" as written; empty for a path
  bool percent = false, backslashes = false;
  const char* page = nullptr;  // null: the bytes of the file system
};

/// One possible meaning of an entry.
struct Meaning {
  Style style;
  std::string base;  // the folder it is relative to; empty if it is absolute
  std::string path;  // absolute, not normalised
};

bool starts_with_scheme(const std::string& entry, std::string_view scheme) {
  return entry.size() > scheme.size() &&
         std::equal(scheme.begin(), scheme.end(), entry.begin(), [](char lower, char c) {
           return (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) == lower;
         });
}

/// The part of a file URI before its path, and whether it refers to this machine.
struct Scheme {
  std::string text;
  bool here = true;
};

Scheme scheme_of(const std::string& entry) {
  constexpr std::string_view file = "file:", slashes = "//";
  if (!starts_with_scheme(entry, file)) return {};
  const std::size_t behind = file.size();
  if (entry.compare(behind, slashes.size(), slashes) != 0) return {entry.substr(0, behind)};
  const std::size_t host = behind + slashes.size();
  const std::size_t path = std::min(entry.find('/', host), entry.size());
  const std::string name = entry.substr(host, path - host);
  return {entry.substr(0, path), name.empty() || name == "localhost"};
}

bool is_remote(const std::string& entry) {
  const std::size_t colon = entry.find("://");
  return colon != std::string::npos && colon > 1 && !starts_with_scheme(entry, "file:") &&
         std::all_of(entry.begin(), entry.begin() + static_cast<std::ptrdiff_t>(colon), [](unsigned char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+';
         });
}

class Entry {
 public:
  Entry(const std::string& entry, const EntryPlace& place, MovedFiles& moved)
      : entry_(entry), place_(place), moved_(moved) {
    const Scheme scheme = scheme_of(entry);
    here_ = scheme.here;
    const std::string rest = entry.substr(scheme.text.size());
    if (!scheme.text.empty() || place.text == EntryText::uri)
      read({scheme.text, true}, percent_decoded(rest));
    else
      for (const bool percent : {false, true})
        if (!percent || has_escape(rest)) read({"", percent}, percent ? percent_decoded(rest) : rest);
  }

  UpdatedEntry updated() {
    for (const Meaning& meaning : meanings_) {
      if (!here_) break;
      if (const auto place = moved_.place_of(meaning.path)) return written(*place, meaning);
      if (MovedFiles::is_there(meaning.path)) return unmoved(meaning);
    }
    for (const Meaning& meaning : meanings_) {
      if (!here_) break;
      if (const auto stem = place_.any_extension ? moved_.place_of_stem(meaning.path) : std::nullopt)
        return written(*stem, meaning);
      if (const auto found = moved_.place_of_folded(meaning.path)) return written(*found, meaning);
    }
    return {std::nullopt, guess()};
  }

 private:
  void read(const Style& style, const std::string& bytes) {
    const bool utf8 = is_utf8(bytes);
    if (utf8 || !place_.unicode) add(style, bytes);
    if (utf8 || place_.unicode) return;
    for (const char* page : code_pages())
      if (const auto text = from_code_page(page, bytes)) {
        Style with_page = style;
        with_page.page = page;
        add(with_page, *text);
      }
  }

  void add(Style style, std::string path) {
    if (path.empty() || path.find('\0') != std::string::npos) return;
    add_from_each_base(style, path);
    if (path.find('\\') == std::string::npos) return;
    std::replace(path.begin(), path.end(), '\\', '/');
    style.backslashes = true;
    add_from_each_base(style, path);
  }

  void add_from_each_base(const Style& style, const std::string& path) {
    if (path.front() == '/') return meanings_.push_back({style, "", path});
    meanings_.push_back({style, place_.read_from, place_.read_from + "/" + path});
    const std::string below = "/" + path;
    for (const std::string& root : moved_.roots())
      if (root != place_.read_from) meanings_.push_back({style, root, root + below});
  }

  /// The file was not moved, but the list may have been.
  UpdatedEntry unmoved(const Meaning& meaning) const {
    if (meaning.base != place_.read_from || place_.read_from == place_.written_to) return {};
    return written(normalised(meaning.path), meaning);
  }

  /// A "./" at the start is also part of the style.
  std::string relative(const std::string& target, const std::string& folder) const {
    const std::string path = std::filesystem::path(target).lexically_relative(folder).native();
    const bool dot = entry_.starts_with("./") || entry_.starts_with(".\\");
    return (dot && !path.starts_with("../") ? "./" : "") + path;
  }

  UpdatedEntry written(const std::string& target, const Meaning& meaning) const {
    const Style& style = meaning.style;
    const bool by_root = !meaning.base.empty() && meaning.base != place_.read_from;
    std::string path = target;
    if (by_root && is_same_or_inside(target, meaning.base))
      path = relative(target, meaning.base);
    else if (!meaning.base.empty() && !by_root)
      path = relative(target, place_.written_to);
    if (style.backslashes) std::replace(path.begin(), path.end(), '/', '\\');
    const auto lost = [&](const std::string& why) {
      return UpdatedEntry{std::nullopt, "its file is now " + printable(target) + ", and this path " + why};
    };
    if (place_.unicode && !is_utf8(path)) return lost("is not Unicode");
    if (style.page != nullptr) {
      auto bytes = to_code_page(style.page, path);
      if (!bytes)
        return lost("can't be written in the code page of the entry (" + std::string(style.page) + ")");
      path = *std::move(bytes);
    }
    if (style.percent) {
      const std::string like = entry_.substr(style.scheme.size());
      std::string text = percent_encoded(path, like);
      if (style.scheme.empty() && text.starts_with('#')) text.replace(0, 1, "%23");
      return {style.scheme + text, ""};
    }
    // Names that would not be read back as one line, or would be read as a comment.
    if (path.find_first_of("\r\n") != std::string::npos) return lost("has a line break");
    if (path.starts_with('#')) return lost("would be taken for a comment");
    return {path, ""};
  }

  /// Explains an entry that leads nowhere here, but ends like the path of a moved file.
  std::string guess() const {
    for (const Meaning& meaning : meanings_) {
      if (!meaning.base.empty() && meaning.base != place_.read_from) continue;
      if (const auto* file = moved_.find_by_tail(normalised(meaning.path)))
        return "it names a place that is not on this machine; it seems to mean " + printable(file->first) +
               ", which is now " + printable(file->second);
    }
    return "";
  }

  const std::string& entry_;
  const EntryPlace& place_;
  MovedFiles& moved_;
  std::vector<Meaning> meanings_;
  bool here_ = true;
};

}  // namespace

UpdatedEntry updated_entry(const std::string& entry, const EntryPlace& place, MovedFiles& moved) {
  if (entry.empty() || is_remote(entry)) return {};
  return Entry(entry, place, moved).updated();
}

}  // namespace echofold
