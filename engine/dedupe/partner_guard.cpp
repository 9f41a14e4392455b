// Reads the folders of each group once.
#include "engine/dedupe/partner_guard.h"

#include <sys/stat.h>

#include <algorithm>
#include <set>

namespace echofold {
namespace {

bool is_there(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0;
}

bool has_inside(const TrackRecord& keep, PartnerKind kind) noexcept {
  if (kind == PartnerKind::lyrics || kind == PartnerKind::subtitles) return keep.contents.lyrics;
  if (kind == PartnerKind::cue_sheet) return keep.contents.cue_sheet;
  return kind == PartnerKind::correction && keep.properties.lossless;
}

class Guard {
 public:
  Guard() : partners_(disk_) {}

  void look_at(Plan& plan) {
    std::set<std::string> going;  // in any group: two losers may share a partner file
    for (const PlanGroup& group : plan.groups)
      for (const PlanDrop& drop : group.drops)
        if (drop.action != Action::none) going.insert(drop.file.track.path);
    for (PlanGroup& group : plan.groups)
      for (PlanDrop& drop : group.drops)
        if (drop.action != Action::none && !drop.chosen) look_at(group.keep.track, drop, going);
  }

 private:
  void look_at(const TrackRecord& keep, PlanDrop& drop, const std::set<std::string>& going) {
    for (const Partner* partner : partners_.of(drop.file.track.path)) {
      const bool matters = is_part_of_the_music(partner->kind) || partner->kind == PartnerKind::correction;
      if (!matters || stays(*partner, going) || has_it(keep, partner->kind)) continue;
      const std::string name = partner->path.substr(partner->path.rfind('/') + 1);
      drop.why += (drop.action == Action::move ? "; to review: has " : "; it has ") +
                  std::string(name_of(partner->kind)) + " beside it that the other lacks: " + name;
      drop.action = Action::review;
      return;
    }
  }

  /// True if music that stays needs it, too.
  static bool stays(const Partner& partner, const std::set<std::string>& going) {
    return std::any_of(partner.music.begin(), partner.music.end(),
                       [&](const std::string& music) { return !going.contains(music) && is_there(music); });
  }

  bool has_it(const TrackRecord& keep, PartnerKind kind) {
    if (has_inside(keep, kind)) return true;
    const auto beside = partners_.of(keep.path);
    return std::any_of(beside.begin(), beside.end(),
                       [&](const Partner* partner) { return partner->kind == kind; });
  }

  DiskNames disk_;
  Partners partners_;
};

}  // namespace

void ask_about_partners(Plan& plan) { Guard().look_at(plan); }

void note_correction(TrackRecord& track, Partners& partners) {
  AudioProperties& properties = track.properties;
  if (properties.codec == "wavpack" && !properties.lossless && partners.has_correction(track.path))
    properties.lossless = true;
}

}  // namespace echofold
