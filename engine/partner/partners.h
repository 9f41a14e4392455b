// Files that belong to single pieces of music in their folder: lyrics, cue sheets, correction files and the like.
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
  /// paths of the music it belongs to, in its own folder; sorted, never empty
  std::vector<std::string> music;
  /// How its name follows from the name of its music. Set only if there is one name: one `music`, or several with one
  /// stem.
  enum class Naming : std::uint8_t {
    stem,       ///< "song.lrc" of "song.mp3"
    full_name,  ///< "song.mp3.lrc"
    own         ///< a cue sheet that names its music
  } naming = Naming::stem;
  std::string ending;  ///< what follows the stem or full name: ".lrc", ".en.srt"
};

/// Finds what belongs to what, by the names in a folder and the FILE lines of its cue sheets. Reads each folder once,
/// on first use; considers regular files only. One thread at a time.
///
/// A file belongs to the music whose full name precedes its extension, otherwise to all music with its stem; case and
/// Unicode normal form are ignored. A cue sheet belongs to the music in its folder that its FILE lines name: by the
/// full name, or by the stem if no file has that name. Only a cue sheet that names nothing there is matched by its
/// own name.
class Partners {
 public:
  /// @param disk  must outlive this
  explicit Partners(DiskNames& disk) : disk_(disk) {}

  /// All partners in a folder, by path.
  const std::vector<Partner>& in(const std::string& folder);

  /// The partners of this file, by path.
  std::vector<const Partner*> of(const std::string& music);

  /// Whether a hybrid WavPack file has the file that makes it lossless: the same stem, ending in .wvc, with the start
  /// of such a file.
  bool has_correction(const std::string& music);

 private:
  DiskNames& disk_;
  std::map<std::string, std::vector<Partner>> folders_;
};

}  // namespace echofold
