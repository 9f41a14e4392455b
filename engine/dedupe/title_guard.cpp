// Titles that speak against the same recording. They only ever make echofold more careful.
#include <algorithm>
#include <string_view>
#include <utility>

#include "engine/dedupe/match.h"

namespace echofold {
namespace {

/// A word that marks a recording of its own, and what it is called when the two titles differ in it.
constexpr std::pair<std::string_view, std::string_view> marks[] = {
    {"live", "live"},           {"remix", "remix"},
    {"rmx", "remix"},           {"instrumental", "instrumental"},
    {"karaoke", "karaoke"},     {"acoustic", "acoustic"},
    {"demo", "demo"},           {"remaster", "remaster"},
    {"remastered", "remaster"}, {"edit", "edit"},
    {"extended", "extended"},   {"unplugged", "unplugged"},
    {"cover", "cover"},         {"mono", "mono"},
    {"stereo", "stereo"},       {"alternate", "alternate"},
    {"outtake", "outtake"},     {"acapella", "a cappella"},
    {"cappella", "a cappella"}, {"dub", "dub"},
    {"rehearsal", "rehearsal"},
};

/// Bytes above 127 are letters of some script: "édit" is not "edit".
bool is_word_byte(unsigned char c) noexcept {
  return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool equal_ignoring_case(std::string_view text, std::string_view lower) noexcept {
  return text.size() == lower.size() &&
         std::equal(text.begin(), text.end(), lower.begin(), [](char x, char y) {
           return (x >= 'A' && x <= 'Z' ? static_cast<char>(x - 'A' + 'a') : x) == y;
         });
}

bool has_word(std::string_view text, std::string_view lower) noexcept {
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && is_word_byte(static_cast<unsigned char>(text[i]))) continue;
    if (equal_ignoring_case(text.substr(begin, i - begin), lower)) return true;
    begin = i + 1;
  }
  return false;
}

bool says(std::string_view text, std::string_view name) noexcept {
  return std::any_of(std::begin(marks), std::end(marks),
                     [&](const auto& mark) { return mark.second == name && has_word(text, mark.first); });
}

/// "Live" in the album's name is as good as in the title, but only as an answer to the other title: a live
/// album is often named so while its titles are not.
bool differ(const Tags& with, const Tags& without, std::string_view name) noexcept {
  return says(with.title, name) && !says(without.title, name) && !says(without.album, name);
}

}  // namespace

std::optional<std::string> title_guard(const TrackRecord& a, const TrackRecord& b) {
  if (a.tags.title.empty() || b.tags.title.empty()) return std::nullopt;  // no title says nothing
  for (const auto& [word, name] : marks)
    if (differ(a.tags, b.tags, name) || differ(b.tags, a.tags, name))
      return "only one of the titles says \"" + std::string(name) + "\"";
  return std::nullopt;
}

}  // namespace echofold
