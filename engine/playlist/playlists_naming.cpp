// Each file gets a stand-in as its new place. The entry that updated_entry() would write for it then has the number of
// the file at its end, in whatever style the playlist is written.
#include "engine/playlist/playlists_naming.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <utility>

#include "engine/playlist/entry_path.h"
#include "engine/playlist/playlist.h"
#include "engine/playlist/playlist_files.h"
#include "engine/playlist/playlist_lines.h"
#include "engine/playlist/utf16.h"
#include "index/base/error.h"
#include "index/base/fs/path.h"

namespace echofold {
namespace {

constexpr std::string_view stand_in = "echofold-file-";

NewPlaces stand_ins(const std::vector<std::string>& files) {
  NewPlaces places;
  for (std::size_t i = 0; i < files.size(); ++i) {
    std::string place(1, '/');
    place += stand_in;
    place += std::to_string(i);
    places.emplace(files[i], std::move(place));
  }
  return places;
}

std::optional<std::size_t> number_in(std::string_view entry) {
  const std::size_t at = entry.rfind(stand_in);
  if (at == std::string_view::npos) return std::nullopt;
  entry.remove_prefix(at + stand_in.size());
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(entry.data(), entry.data() + entry.size(), number);
  return error == std::errc{} ? std::optional(number) : std::nullopt;
}

std::set<std::size_t> numbers_in(const std::string& bytes, PlaylistKind kind, const std::string& folder,
                                 MovedFiles& moved) {
  const auto order = utf16_order(bytes);
  const EntryPlace place{folder, folder, kind == PlaylistKind::xspf ? EntryText::uri : EntryText::plain,
                         order.has_value(), false};
  std::set<std::size_t> numbers;
  const ReplaceEntry look = [&](const std::string& entry) {
    if (const UpdatedEntry made = updated_entry(entry, place, moved); made.text)
      if (const auto number = number_in(*made.text)) numbers.insert(*number);
    return entry;
  };
  const std::size_t whole = bytes.size() & ~std::size_t{1};
  with_new_entries(order ? from_utf16(std::string_view(bytes).substr(0, whole), *order) : bytes, kind, look);
  return numbers;
}

}  // namespace

std::map<std::string, std::vector<std::string>> playlists_naming(const std::vector<std::string>& files,
                                                                 const std::vector<std::string>& roots,
                                                                 const std::stop_token& stop) {
  std::map<std::string, std::vector<std::string>> naming;
  if (files.empty()) return naming;
  MovedFiles moved(stand_ins(files), roots);
  for (const FoundFile& found : lists_under(roots, true)) {
    if (stop.stop_requested()) throw Error(Fault::interrupted, "interrupted");
    const auto kind = playlist_kind(found.path);
    if (!kind || *kind == PlaylistKind::cue) continue;
    try {
      for (const std::size_t number :
           numbers_in(bytes_of_list(found.path), *kind, std::string(folder_of(found.path)), moved))
        if (number < files.size()) naming[files[number]].push_back(found.path);
    } catch (const Error&) {  // it is gone, or can't be read
    }
  }
  for (auto& [file, playlists] : naming) std::sort(playlists.begin(), playlists.end());
  return naming;
}

}  // namespace echofold
