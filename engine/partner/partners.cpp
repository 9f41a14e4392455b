// Maps the names in a folder to their owners.
#include "engine/partner/partners.h"

#include <unistd.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "engine/partner/cue_files.h"
#include "engine/partner/stem.h"
#include "index/base/error.h"
#include "index/base/fs/input_file.h"
#include "index/base/fs/path.h"
#include "index/base/text/folding.h"

namespace echofold {
namespace {

/// The music in one folder, by the folded names that partners may use for it.
class MusicOfFolder {
 public:
  explicit MusicOfFolder(const std::vector<DiskName>& names) {
    for (const DiskName& there : names) {
      if (!there.is_file || !is_music_extension(suffix_of(there.name))) continue;
      by_name_[folded(there.name)].push_back(there.name);
      by_stem_[folded(stem_of(there.name))].push_back(there.name);
    }
  }

  std::vector<std::string> named(const std::string& name) const { return in(by_name_, name); }
  std::vector<std::string> of_stem(const std::string& stem) const { return in(by_stem_, stem); }

 private:
  using Names = std::map<std::string, std::vector<std::string>>;
  static std::vector<std::string> in(const Names& names, const std::string& key) {
    const auto found = names.find(folded(key));
    return found == names.end() ? std::vector<std::string>{} : found->second;
  }
  Names by_name_, by_stem_;
};

struct Owners {
  std::vector<std::string> names;
  Partner::Naming naming = Partner::Naming::stem;
  std::string ending;
};

/// What comes between stem and extension: "song.en.srt", "song.info.json".
std::string inner_ending(const std::string& base) {
  constexpr std::size_t longest = 6;
  const std::size_t dot = base.rfind('.');
  return dot == std::string::npos || dot == 0 || base.size() - dot > longest ? "" : base.substr(dot);
}

Owners by_name(const MusicOfFolder& music, const std::string& name) {
  const std::string extension(suffix_of(name));
  const std::string base = stem_of(name);
  Owners owners{music.named(base), Partner::Naming::full_name, extension};
  if (owners.names.empty()) owners = {music.of_stem(base), Partner::Naming::stem, extension};
  if (const std::string inner = inner_ending(base); owners.names.empty() && !inner.empty())
    owners = {music.of_stem(base.substr(0, base.size() - inner.size())), Partner::Naming::stem,
              inner + extension};
  std::erase_if(owners.names,
                [&](const std::string& owner) { return !may_belong(extension, suffix_of(owner)); });
  return owners;
}

/// The music that one FILE line refers to.
std::vector<std::string> meant_by(const std::vector<std::string>& meanings, const MusicOfFolder& music) {
  for (const std::string& name : meanings)
    if (auto found = music.named(name); !found.empty()) return found;
  for (const std::string& name : meanings)
    if (auto found = music.of_stem(stem_of(name)); !found.empty()) return found;
  return {};
}

Owners of_cue_sheet(const MusicOfFolder& music, const std::string& folder, const std::string& name) {
  Owners own = by_name(music, name);
  std::set<std::string> named;
  for (const auto& meanings : files_of_cue_sheet(join_path(folder, name)))
    for (std::string& file : meant_by(meanings, music)) named.insert(std::move(file));
  if (named.empty()) return own;
  std::vector<std::string> all(named.begin(), named.end());
  std::sort(own.names.begin(), own.names.end());
  // A sheet named like its music keeps that naming.
  if (std::includes(own.names.begin(), own.names.end(), all.begin(), all.end())) {
    own.names = std::move(all);
    return own;
  }
  return {std::move(all), Partner::Naming::own, std::string(suffix_of(name))};
}

/// Also false if the file can't be read.
bool begins_with(const std::string& path, std::string_view start) {
  try {
    const Fd file = open_regular(path);
    std::string bytes(start.size(), '\0');
    return uninterrupted([&] { return ::read(file.get(), bytes.data(), bytes.size()); }) ==
               static_cast<ssize_t>(bytes.size()) &&
           bytes == start;
  } catch (const Error&) {
    return false;
  }
}

std::optional<Partner> partner_of(const MusicOfFolder& music, const std::string& folder,
                                  const DiskName& there) {
  const auto kind = there.is_file ? partner_kind(suffix_of(there.name)) : std::nullopt;
  if (!kind) return std::nullopt;
  Owners owners =
      *kind == PartnerKind::cue_sheet ? of_cue_sheet(music, folder, there.name) : by_name(music, there.name);
  if (owners.names.empty()) return std::nullopt;
  Partner partner{join_path(folder, there.name), *kind, {}, owners.naming, std::move(owners.ending)};
  for (const std::string& owner : owners.names) partner.music.push_back(join_path(folder, owner));
  std::sort(partner.music.begin(), partner.music.end());
  return partner;
}

}  // namespace

const std::vector<Partner>& Partners::in(const std::string& folder) {
  const auto [at, added] = folders_.try_emplace(folder);
  if (!added) return at->second;
  const std::vector<DiskName>& names = disk_.in(folder);
  const MusicOfFolder music(names);
  for (const DiskName& there : names)
    if (auto partner = partner_of(music, folder, there)) at->second.push_back(*std::move(partner));
  return at->second;
}

std::vector<const Partner*> Partners::of(const std::string& music) {
  const std::size_t slash = music.rfind('/');
  if (slash == std::string::npos) return {};
  std::vector<const Partner*> found;
  for (const Partner& partner : in(slash == 0 ? "/" : music.substr(0, slash)))
    if (std::binary_search(partner.music.begin(), partner.music.end(), music)) found.push_back(&partner);
  return found;
}

bool Partners::has_correction(const std::string& music) {
  constexpr std::string_view wavpack = "wvpk";
  for (const Partner* partner : of(music)) {
    if (partner->kind != PartnerKind::correction) continue;
    if (begins_with(partner->path, wavpack)) return true;
  }
  return false;
}

}  // namespace echofold
