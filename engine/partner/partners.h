// Files that belong to single pieces of music in their folder: lyrics, cue sheets, correction files and their kin.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/partner/disk_names.h"
#include "engine/partner/partner_kinds.h"

namespace echofold {

struct Partner {
  std::string path;
  PartnerKind kind = PartnerKind::notes;
  std::vector<std::string> music;  ///< paths of what it belongs to, in its own folder; sorted, never empty
  /// How its name is made from that of its music; only with one name, that is one `music` or several of one stem.
  enum class Naming : std::uint8_t {
    stem,       ///< "song.lrc" of "song.mp3"
    full_name,  ///< "song.mp3.lrc"
    own         ///< a cue sheet that names its music
  } naming = Naming::stem;
  std::string ending;  ///< what stands behind the stem or full name: ".lrc", ".en.srt"
};

/// What belongs to what, by the names in a folder and the FILE lines of its cue sheets. Reads each folder once, when it is
/// first asked for; sees regular files only. One thread at a time.
///
/// A file belongs to the music whose full name stands in front of its extension, else to all music of its stem, case and
/// normal form apart. A cue sheet belongs to the music of its folder that its FILE lines name, by the name, or by the stem where
/// there is no file of that name; only one that names nothing there goes by its own name.
class Partners {
 public:
  /// @param disk  has to outlive this
  explicit Partners(DiskNames& disk) : disk_(disk) {}

  /// All of a folder, by path.
  const std::vector<Partner>& in(const std::string& folder);

  /// Those that belong to this file, by path.
  std::vector<const Partner*> of(const std::string& music);

  /// A hybrid WavPack file and what makes it lossless: a file of the same stem with the ending .wvc that begins as one.
  bool has_correction(const std::string& music);

 private:
  DiskNames& disk_;
  std::map<std::string, std::vector<Partner>> folders_;
};

}  // namespace echofold
