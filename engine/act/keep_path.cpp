// Chooses the new names of the keeper and its partner files.
#include "engine/act/keep_path.h"

#include <utility>

#include "engine/act/files/names_on_disk.h"
#include "engine/act/files/places.h"
#include "engine/act/journal/move_step.h"
#include "engine/partner/stem.h"
#include "index/base/error.h"
#include "index/base/fs/folder.h"
#include "index/base/fs/path.h"
#include "index/base/fs/stamp.h"
#include "index/base/text/folding.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

void require_may_move(const TrackRecord& keeper, const std::vector<std::string>& protected_folders) {
  for (const std::string& folder : protected_folders)
    if (is_same_or_inside(keeper.path, folder))
      throw Error(Fault::guard, "it is in the protected folder " + printable(folder) + " and stays there");
  if (!keeper.link_paths.empty())
    throw Error(Fault::guard, "the file has several names in the library and keeps them");
}

std::string free_name(const std::string& folder, const std::string& wanted) {
  std::string name = wanted;
  for (unsigned number = 2; has_equivalent_name(folder, name); ++number) name = numbered_name(wanted, number);
  return join_path(folder, name);
}

Move rename_of(const std::string& from, std::string to) {
  const auto now = look_at(from);
  if (!now) throw Error(Fault::missing, printable(from) + ": gone since the plan was made");
  Move move;
  move.purpose = MovePurpose::rename;
  move.from = from;
  move.to = std::move(to);
  move.stamp = stamp_of(*now);
  move.mode = now->st_mode;
  move.uid = now->st_uid;
  move.gid = now->st_gid;
  move.far_mtime = far_mtime_of(*now);
  return move;
}

/// @param music  the new path of the music that it belongs to
Move rename_of_partner(const Partner& partner, const std::string& music) {
  const SplitPath place = split_path(music);
  std::string name = split_path(partner.path).name;
  if (partner.naming == Partner::Naming::stem) name = stem_of(place.name) + partner.ending;
  if (partner.naming == Partner::Naming::full_name) name = place.name + partner.ending;
  if (has_equivalent_name(place.folder, name))
    throw Error(Fault::usage,
                "the name of what belongs to it is taken there: " + printable(join_path(place.folder, name)));
  return rename_of(partner.path, join_path(place.folder, name));
}

}  // namespace

std::vector<Move> moves_to_place(const TrackRecord& keeper, const std::vector<Along>& along,
                                 const std::string& loser,
                                 const std::vector<std::string>& protected_folders) {
  const SplitPath from = split_path(keeper.path);
  const SplitPath place = split_path(loser);
  const std::string wanted = stem_of(place.name) + std::string(suffix_of(from.name));
  if (from.folder == place.folder && folded(from.name) == folded(wanted)) return {};
  require_may_move(keeper, protected_folders);
  Move move = rename_of(keeper.path, free_name(place.folder, wanted));
  move.track = keeper.id;
  move.stamp = keeper.stamp;
  move.keeper = keeper.path;
  std::vector<Move> moves;
  for (const Along& one : along) {
    moves.push_back(rename_of_partner(*one.partner, move.to));
    moves.back().goes_with = keeper.path;
  }
  moves.push_back(std::move(move));
  return moves;
}

}  // namespace echofold
