// Looks for the name.
#include "engine/act/keep_path.h"

#include "engine/act/folder.h"
#include "engine/act/names_on_disk.h"
#include "engine/act/places.h"
#include "engine/tag/legal_name.h"
#include "index/error.h"

namespace echofold {
namespace {

std::string reason_to_stay(const TrackRecord& keeper, const std::vector<std::string>& protected_folders) {
  for (const std::string& folder : protected_folders)
    if (is_under(keeper.path, folder))
      return "it is in the protected folder " + shown(folder) + " and stays there";
  return keeper.link_paths.empty() ? "" : "the file has several names in the library and keeps them";
}

std::string free_name(const std::string& folder, const std::string& wanted) {
  std::string name = wanted;
  for (unsigned number = 2; has_twin(folder, name); ++number) name = numbered_name(wanted, number);
  return folder == "/" ? "/" + name : folder + "/" + name;
}

}  // namespace

std::optional<Move> move_to_place(const TrackRecord& keeper, const std::string& loser,
                                  const std::vector<std::string>& protected_folders, std::string& why) try {
  const SplitPath from = split_path(keeper.path);
  const SplitPath place = split_path(loser);
  const std::string stem = place.name.substr(0, place.name.size() - extension_of(place.name).size());
  const std::string wanted = stem + std::string(extension_of(from.name));
  if (from.folder == place.folder && folded(from.name) == folded(wanted)) return std::nullopt;
  why = reason_to_stay(keeper, protected_folders);
  if (!why.empty()) return std::nullopt;
  const auto now = look_at(keeper.path);
  if (!now) throw Error(Fault::missing, shown(keeper.path) + ": gone since the plan was made");
  Move move;
  move.track = keeper.id;
  move.purpose = MovePurpose::rename;
  move.from = keeper.path;
  move.to = free_name(place.folder, wanted);
  move.stamp = keeper.stamp;
  move.mode = now->st_mode;
  move.uid = now->st_uid;
  move.gid = now->st_gid;
  move.keeper = keeper.path;
  return move;
} catch (const Error& e) {
  why = e.what();
  return std::nullopt;
}

}  // namespace echofold
