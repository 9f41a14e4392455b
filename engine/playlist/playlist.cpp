// Decodes text of any encoding, passes entries through updated_entry(), and encodes the result the same way.
#include "engine/playlist/playlist.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "engine/playlist/entry_path.h"
#include "engine/playlist/playlist_lines.h"
#include "engine/playlist/utf16.h"
#include "index/base/fs/path.h"
#include "index/base/text/folding.h"

namespace echofold {
namespace {

constexpr std::array<std::pair<std::string_view, PlaylistKind>, 10> kinds = {{{".m3u", PlaylistKind::m3u},
                                                                              {".m3u8", PlaylistKind::m3u},
                                                                              {".pls", PlaylistKind::pls},
                                                                              {".xspf", PlaylistKind::xspf},
                                                                              {".wpl", PlaylistKind::wpl},
                                                                              {".zpl", PlaylistKind::wpl},
                                                                              {".asx", PlaylistKind::asx},
                                                                              {".wax", PlaylistKind::asx},
                                                                              {".wvx", PlaylistKind::asx},
                                                                              {".cue", PlaylistKind::cue}}};

/// Lists each entry once: a playlist may name a file a thousand times.
void add_lost(std::vector<LostEntry>& list, const std::string& entry, std::string why) {
  const bool known =
      std::any_of(list.begin(), list.end(), [&](const LostEntry& lost) { return lost.entry == entry; });
  if (!known) list.push_back({entry, std::move(why)});
}

}  // namespace

std::optional<PlaylistKind> playlist_kind(const std::string& path) {
  const std::string extension = folded(suffix_of(path.substr(path.rfind('/') + 1)));
  for (const auto& [known, kind] : kinds)
    if (extension == known) return kind;
  return std::nullopt;
}

NewPlaylist updated_playlist(const std::string& bytes, PlaylistKind kind, const PlaylistFolders& folders,
                             MovedFiles& moved) {
  NewPlaylist out;
  const auto order = utf16_order(bytes);
  const EntryPlace place{folders.was, folders.is,
                         kind == PlaylistKind::xspf ? EntryText::uri : EntryText::plain, order.has_value(),
                         kind == PlaylistKind::cue};
  const ReplaceEntry replace = [&](const std::string& entry) {
    UpdatedEntry made = updated_entry(entry, place, moved);
    if (kind == PlaylistKind::cue && made.text && made.text->find('"') != std::string::npos)
      made = {std::nullopt, "the new name of its file has a quotation mark, and a cue sheet can't hold one"};
    if (!made.lost.empty()) add_lost(out.lost, entry, std::move(made.lost));
    if (!made.text || *made.text == entry) return entry;
    ++out.entries;
    return *std::move(made.text);
  };
  if (!order) {
    out.bytes = with_new_entries(bytes, kind, replace);
    return out;
  }
  const std::size_t whole = bytes.size() & ~std::size_t{1};
  const std::string text = from_utf16(std::string_view(bytes).substr(0, whole), *order);
  out.bytes = to_utf16(with_new_entries(text, kind, replace), *order) + bytes.substr(whole);
  return out;
}

}  // namespace echofold
