// A library of real music in every format whose tags can be written.
#pragma once

#include <map>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "engine/tag/write_tags.h"
#include "tests/engine/act/act_support.h"
#include "tests/engine/audio/clips.h"
#include "tests/support/read_file.h"

namespace echofold::test {

struct MusicFile {
  const char* name;
  const char* options;  ///< of ffmpeg; 2 s of the clip
  bool is_musepack() const { return std::string_view(name).ends_with(".mpc"); }
};

/// ffmpeg can't write Musepack: this uses Musepack's own encoder.
inline bool can_make(const MusicFile& file) { return !file.is_musepack() || have_tool("mpcenc"); }

/// For the names that CTest shows.
inline void PrintTo(const MusicFile& file, std::ostream* out) { *out << file.name; }

inline const std::vector<MusicFile> music_files = {
    {"v23.mp3", "-id3v2_version 3 -write_id3v1 1"},
    {"v24.mp3", "-id3v2_version 4"},
    {"none.mp3", "-write_id3v2 0 -write_id3v1 0 -map_metadata -1"},
    {"a.flac", "-sample_fmt s16"},
    {"a.ogg", "-c:a libvorbis"},
    {"a.opus", "-c:a libopus"},
    {"a.oga", "-c:a flac -sample_fmt s16"},
    {"a.m4a", "-c:a aac"},
    {"fast.m4a", "-c:a aac -movflags +faststart"},
    {"a.wma", "-c:a wmav2"},
    {"a.wv", "-c:a wavpack -sample_fmt s16p"},
    {"a.mpc", ""},
};

/// Stores the file as a scan does.
inline TrackRecord scan_music(Library& library, const std::string& name) {
  const AudioTrack audio = read_track_of(std::filesystem::path(library.path(name)));
  TrackRecord record;
  record.path = library.path(name);
  record.stamp = stamp(record.path);
  record.properties = audio.properties;
  record.tags = audio.tags;
  record.status = audio.status;
  library.store.write([&](Writer& writer) {
    record.id = 0;
    record.id = writer.put_track(record, audio.items);
  });
  return library.record(record.id);
}

/// A picture of 16 x 16 that ffmpeg made, in a file.
inline std::string cover(const Library& library, const std::string& colour = "red") {
  const std::string path = (library.dir / ("cover-" + colour + ".png")).native();
  if (!exists(path) && std::system(("ffmpeg -nostdin -v error -y -f lavfi -i color=" + colour +
                                    ":s=16x16 -frames:v 1 " + test::quoted(path))
                                       .c_str()) != 0)
    throw std::runtime_error("can't make a picture");
  return path;
}

/// A file with an APE tag by its encoder.
inline void make_musepack(const std::filesystem::path& out) {
  const std::filesystem::path wav = out.native() + ".wav";
  make_clip(wav, "-t 2");
  const std::string command =
      "mpcenc --silent --overwrite --artist Nobody --tag Genre=Ambient --tag Comment=mine " + quoted(wav) +
      " " + quoted(out) + " >/dev/null";
  if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
}

/// 2 s of the clip with tags by its encoder, in its folder. Each kind is made once per process.
inline void make_music(const Library& library, const MusicFile& file, const std::string& more = "") {
  static std::map<std::string, std::string> made;
  std::string& bytes = made[std::string(file.name) + file.options + more];
  if (bytes.empty()) {
    const TempDir dir;
    const std::filesystem::path path = dir / std::filesystem::path(file.name).filename().string();
    if (file.is_musepack())
      make_musepack(path);
    else
      make_clip(path, "-t 2 -metadata genre=Ambient -metadata comment=mine " + std::string(file.options) +
                          " " + more);
    bytes = read_file(path);
  }
  library.file(file.name, bytes);
}

}  // namespace echofold::test
