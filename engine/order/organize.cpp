// Wanted names -> given names -> the turns in which files are renamed.
#include "engine/order/organize.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <unordered_set>

#include "engine/order/claims.h"
#include "engine/order/named_tracks.h"
#include "engine/order/rename_order.h"
#include "engine/order/sidecars.h"
#include "engine/partner/disk_names.h"
#include "index/base/error.h"
#include "index/base/fs/own_names.h"
#include "index/base/fs/path.h"
#include "index/base/text/folding.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

/// Which file gets a name first: the one that has it, then one that has it in other case or normal form, then those
/// that have it with a number, lowest first.
unsigned turn_of(const NamedFile& file) {
  const SplitPath from = split_path(file.from);
  if (from.folder == file.folder && from.name == file.name) return 0;
  if (folded(file.from) == folded(join_path(file.folder, file.name))) return 1;
  const unsigned number = from.folder == file.folder ? number_in(from.name, file.name) : 0;
  constexpr unsigned last = ~0U;
  return number > 0 ? number : last;
}

void give_names(std::vector<NamedFile>& files, Claims& claims) {
  std::vector<std::pair<unsigned, std::size_t>> turns;
  for (std::size_t i = 0; i < files.size(); ++i) turns.emplace_back(turn_of(files[i]), i);
  std::sort(turns.begin(), turns.end());
  // If names differ only by case, only the first file keeps its name: if all did, each would block the others.
  std::unordered_set<std::string> kept;
  for (const auto& [turn, i] : turns)
    if (turn > 1 || !kept.insert(folded(files[i].from)).second) claims.leaves(files[i].from);
  for (const auto& [turn, i] : turns)
    files[i].to = claims.give(files[i].folder, files[i].name, files[i].from);
}

void require_findable(const std::string& into, const std::vector<Root>& roots) {
  bool hidden = into.find(std::string("/") + set_aside_folder_name) != std::string::npos;
  for (const Root& root : roots)
    hidden = hidden ||
             (is_same_or_inside(into, root.path) && into.find("/.", root.path.size()) != std::string::npos);
  if (hidden)
    throw Error(Fault::usage,
                printable(into) + ": is in a hidden folder, where a scan would not find the files");
}

void add_renames(const std::vector<NamedFile>& files, OrganizePlan& plan) {
  for (const NamedFile& file : files) {
    if (file.to == file.from)
      plan.well_named += file.track == 0 ? 0 : 1;
    else
      plan.renames.push_back({file.track, file.from, file.to, file.root, file.stamp, file.with});
  }
}

/// By old path, but with partner files just before their music, which only follows if they could be renamed.
bool comes_first(const Rename& a, const Rename& b) {
  const auto key = [](const Rename& rename) {
    return std::tuple(std::string_view(rename.with.empty() ? rename.from : rename.with), rename.with.empty(),
                      std::string_view(rename.from));
  };
  return key(a) < key(b);
}

/// One attempt. @param partings  gets the tracks that have to stay after all
OrganizePlan attempt(const Snapshot& snapshot, const NameTemplate& name_template,
                     const OrganizeSettings& settings, const std::map<std::string, std::string>& stay,
                     std::vector<Parting>& partings) {
  OrganizePlan plan;
  DiskNames disk;
  Claims claims(disk);
  for (const auto& [music, why] : stay) claims.take_stem(music);
  std::vector<NamedFile> tracks = named_tracks(snapshot, name_template, settings, disk, claims, stay, plan);
  give_names(tracks, claims);
  std::vector<NamedFile> along = sidecars(tracks, disk, partings);
  if (!partings.empty()) return plan;
  give_names(along, claims);
  add_renames(tracks, plan);
  add_renames(along, plan);
  std::sort(plan.renames.begin(), plan.renames.end(), comes_first);
  plan.turns = order_of(plan.renames, [&](const std::string& path) { return claims.give_unused(path); });
  return plan;
}

}  // namespace

OrganizePlan plan_names(const Snapshot& snapshot, const NameTemplate& name_template,
                        const OrganizeSettings& settings) {
  require_findable(settings.into, snapshot.roots());
  std::map<std::string, std::string> stay;
  for (;;) {
    std::vector<Parting> partings;
    OrganizePlan plan = attempt(snapshot, name_template, settings, stay, partings);
    if (partings.empty()) return plan;
    for (const Parting& parting : partings)
      stay.emplace(parting.track, "it shares " + printable(parting.partner) +
                                      " with another file of that name, and their new names differ");
  }
}

}  // namespace echofold
