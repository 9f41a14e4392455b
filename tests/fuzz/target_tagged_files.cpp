// Parsers used when tags and playlists are rewritten: the structure of music files, and playlists.
#include <fcntl.h>

#include "engine/playlist/other_lists.h"
#include "engine/playlist/playlist.h"
#include "engine/tag/payload.h"
#include "engine/tag/tag_parts.h"
#include "index/base/error.h"
#include "index/base/fd.h"
#include "tests/fuzz/target.h"

namespace echofold::fuzz {
namespace {

constexpr TagFormat formats[] = {TagFormat::mpeg, TagFormat::flac, TagFormat::ogg_vorbis, TagFormat::mp4,
                                 TagFormat::asf};

void run_payload(std::string_view bytes) {
  const MemoryFile file(bytes);
  const Fd fd(open(file.path().c_str(), O_RDONLY | O_CLOEXEC));
  for (const TagFormat format : formats) try {
      const std::string hash = payload_hash(fd.get(), format);
      require(payload_hash(fd.get(), format) == hash, "the same bytes have the same hash");
      require(tag_parts(fd.get(), format) == tag_parts(fd.get(), format),
              "the same bytes have the same parts");
    } catch (const Error&) {
    }
}

std::string big(unsigned long number, unsigned count) {
  std::string bytes;
  while (count-- > 0) bytes += static_cast<char>(number >> (8 * count) & 0xff);
  return bytes;
}

std::string atom(const std::string& name, const std::string& body) {
  return big(body.size() + 8, 4) + name + body;
}

std::string ogg_page(char flags, char granule, const std::string& body) {
  std::string page("OggS\0", 5);
  page += flags;
  page += granule;
  page += std::string(19, '\0');
  page += '\1';
  page += static_cast<char>(body.size());
  return page + body;
}

std::vector<std::string> payload_seeds() {
  const std::string audio = "\xff\xfb\x90\x64 some frames";
  std::string ape("APETAGEX");
  ape += std::string("\xd0\x07\0\0\x20\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 24);
  std::string asf = "\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9";
  asf += std::string("\0\xaa\0\x62\xce\x6c\x36\0\0\0\0\0\0\0\1\0\0\0\1\2", 20);
  asf += "\x91\x07\xdc\xb7\xb7\xa9\xcf\x11\x8e\xe6";
  asf += std::string("\0\xc0\x0c\x20\x53\x65\x18\0\0\0\0\0\0\0 data", 19);
  const std::string chunks = atom("stco", big(0, 4) + big(1, 4) + big(80, 4));
  const std::string moov = atom("moov", atom("trak", atom("mdia", atom("minf", atom("stbl", chunks)))));
  return {std::string("ID3\4\0\0\0\0\0\2..", 12) + audio + ape + "TAG" + std::string(125, ' '),
          std::string("fLaC\0\0\0\4info\x84\0\0\2..audio", 24),
          ogg_page(2, 0, "head") + ogg_page(0, 0, "comments") + ogg_page(4, 9, "audio"),
          moov + atom("mdat", "media data"), asf};
}

void run_playlist(std::string_view bytes) {
  const NewPlaces places = {{"/m/b/a.mp3", "/m/a b&.flac"}, {"/m/\xc3\xa4.mp3", "/m/\xc3\xa4.flac"}};
  MovedFiles moved(places);
  const PlaylistFolders folders{"/m/b", "/m/b"};
  for (const PlaylistKind kind : {PlaylistKind::m3u, PlaylistKind::pls, PlaylistKind::xspf, PlaylistKind::wpl,
                                  PlaylistKind::asx, PlaylistKind::cue}) {
    const auto now = updated_playlist(std::string(bytes), kind, folders, moved);
    require((now.entries > 0) == (now.bytes != bytes), "a new playlist has a new entry");
    require(updated_playlist(now.bytes, kind, folders, moved).entries == 0,
            "what leads to the new place stays");
  }
  files_named_in(std::string(bytes), moved);
}

std::vector<std::string> playlist_seeds() {
  return {"#EXTM3U\r\na.mp3\r\n../\xe4.mp3\r\n..\\b\\a.mp3\n",
          "[playlist]\nFile1=file:///m/b/a.mp3\nTitle1=x\n",
          "<track><location>a.mp3</location></track><location>../%C3%A4.mp3&#38;</location>",
          "<media src=\"a.mp3\"/><ref href = '..\\&#xe4;.mp3'>",
          "FILE \"a.wav\" WAVE\r\n  FILE a.mp3 MP3\n",
          std::string("\xff\xfe"
                      "a\0.\0m\0p\0"
                      "3\0\r\0\n\0\0\xd8",
                      16)};
}

}  // namespace

const Target payload{"payload", run_payload, payload_seeds};
const Target playlist{"playlist", run_playlist, playlist_seeds};

}  // namespace echofold::fuzz
