// Pieces of tags in every version and form, also as old and odd programs write them, to be put around and into real
// audio.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/engine/audio/tags_around.h"

namespace echofold::test {

/// A frame of ID3v2.2, 2.3 or 2.4. @param name  of the version's length
inline std::string frame(int version, const std::string& name, const std::string& content) {
  if (version == 2) return name + big_endian(content.size(), 3) + content;
  return name + (version == 3 ? big_endian(content.size(), 4) : synchsafe(content.size())) +
         std::string(2, '\0') + content;
}

inline std::string unsynchronised(std::string_view bytes) {
  std::string safe;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    safe += bytes[i];
    const auto next = static_cast<unsigned char>(i + 1 < bytes.size() ? bytes[i + 1] : '\xff');
    if (bytes[i] == '\xff' && (next == 0 || next >= 0xe0)) safe += '\0';
  }
  return safe;
}

/// @param flags  of its header; 0x80 unsynchronises the body of 2.2 and 2.3
inline std::string id3v2_tag(int version, const std::vector<std::string>& frames, unsigned flags = 0,
                             std::size_t padding = 0) {
  std::string body;
  for (const std::string& one : frames) body += one;
  if (version < 4 && (flags & 0x80) != 0) body = unsynchronised(body);
  body += std::string(padding, '\0');
  const std::string rest =
      std::string{static_cast<char>(version), '\0', static_cast<char>(flags)} + synchsafe(body.size());
  return "ID3" + rest + body + ((flags & 0x10) != 0 ? "3DI" + rest : "");
}

/// Frames of many kinds except the title: with only another language or description, other encodings, text after a NUL,
/// repeated and unknown ones.
inline std::vector<std::string> rich_frames(int version) {
  using namespace std::literals;
  if (version == 2)
    return {frame(2, "TP1", "\0Bj\xf6rk\0"s),
            frame(2, "TAL",
                  "\1\xff\xfe"
                  "A\0l\0\0\0"s),
            frame(2, "COM", "\0engone\0first"s),
            frame(2, "COM", "\0deutwo\0zweiter"s),
            frame(2, "ULT", "\0eng\0la la"s),
            frame(2, "TXX", "\0Mine\0yes"s),
            frame(2, "PIC", "\0PNG\3\0\x89PNG...."s),
            frame(2, "TCO", "\0(17)Rock"s),
            frame(2, "WXX", "\0a\0http://a"s),
            frame(2, "XYZ", "unknown"s)};
  std::vector<std::string> frames = {
      frame(version, "TPE1", "\0Bj\xf6rk\0"s),
      frame(version, "TALB", "\1\xfe\xff\0A\0l\0\0"s),
      frame(version, "TPE3", "\0one\0behind a NUL"s),
      frame(version, "TCON", "\0(17)Rock"s),
      frame(version, "COMM", "\0engone\0first"s),
      frame(version, "COMM", "\0engtwo\0second"s),
      frame(version, "COMM", "\0deuone\0erster"s),
      frame(version, "USLT", "\0eng\0la la"s),
      frame(version, "USLT", "\0deu\0tra la"s),
      frame(version, "WXXX", "\0a\0http://a"s),
      frame(version, "WXXX", "\0b\0http://b"s),
      frame(version, "WOAR", "http://one"s),
      frame(version, "TXXX", "\0Mine\0yes"s),
      frame(version, "TXXX", "\0mine\0no"s),
      frame(version, "TXXX", "\0Empty\0"s),
      frame(version, "UFID", "http://other.org\0id"s),
      frame(version, "PRIV", "owner\0\xff\xfe\xff\0bytes"s),
      frame(version, "GEOB", "\0a/b\0file\0what\0bytes"s),
      frame(version, "APIC", "\0image/png\0\3\0\x89PNG...."s),
      frame(version, "APIC", "\0image/png\0\4back\0\x89PNG----"s),
      frame(version, "POPM", "me\0\xff\0\0\0\1"s),
      frame(version, "PCNT", "\0\0\0\7"s),
      frame(version, "CHAP",
            "c1\0\0\0\0\0\0\0\1\xf4\xff\xff\xff\xff\xff\xff\xff\xff"s + frame(version, "TIT2", "\0One"s)),
      frame(version, "CTOC", "toc\0\3\1c1\0"s),
      frame(version, "XABC", "unknown"s),
      frame(version, "TIT3", ""s),
  };
  if (version == 4) frames.push_back(frame(4, "TPE2", "\3One\0Two"s));
  if (version == 3) frames.push_back(frame(3, "IPLS", "\0producer\0Somebody\0"s));
  return frames;
}

inline std::string title_frame(int version) {
  return frame(version, version == 2 ? "TT2" : "TIT2", std::string("\0Old title\0", 11));
}

/// An item of an APE tag with its flags.
inline std::string ape_item(const std::string& name, const std::string& value, std::uint32_t flags = 0) {
  return little_endian(value.size(), 4) + little_endian(flags, 4) + name + '\0' + value;
}

inline std::string ape_of(const std::vector<std::string>& items, bool header = true) {
  std::string body;
  for (const std::string& item : items) body += item;
  const auto end = [&](std::uint32_t flags) {
    return "APETAGEX" + little_endian(2000, 4) + little_endian(body.size() + 32, 4) +
           little_endian(items.size(), 4) + little_endian(flags, 4) + std::string(8, '\0');
  };
  return (header ? end(0xA000'0000) : "") + body + end(header ? 0x8000'0000 : 0);
}

inline std::vector<std::string> rich_ape_items() {
  return {ape_item("Artist", std::string("One\0Two", 7)),
          ape_item("Related", "http://a", 4),
          ape_item("Cover Art (Back)", std::string("b.png\0\x89PNG", 10), 2),
          ape_item("Lyrics", "read only", 1),
          ape_item("mY oWN", "x"),
          ape_item("Empty", "")};
}

/// Lyrics3 version 2, without the ID3v1 tag after it. A file of Monkey's Audio 3.99: 16 bits, stereo, 44.1 kHz, two
/// frames of 1.67 s. There is no free encoder, but frames of silence are flags alone. Layout: APEDescriptor,
/// APEHeader, seek table, frames.
inline std::string silent_monkeys_audio() {
  constexpr std::uint32_t descriptor_bytes = 52, header_bytes = 24, seek_bytes = 8, frame_bytes = 16;
  constexpr std::uint32_t blocks = 73728, first_frame = descriptor_bytes + header_bytes + seek_bytes;
  std::string bytes = "MAC " + little_endian(3990, 2) + little_endian(0, 2) +
                      little_endian(descriptor_bytes, 4) + little_endian(header_bytes, 4) +
                      little_endian(seek_bytes, 4) + little_endian(0, 4) + little_endian(2 * frame_bytes, 4) +
                      std::string(8 + 16, '\0');
  constexpr std::uint32_t no_wav_header = 32;
  bytes += little_endian(2000, 2) + little_endian(no_wav_header, 2) + little_endian(blocks, 4) +
           little_endian(blocks, 4) + little_endian(2, 4) + little_endian(16, 2) + little_endian(2, 2) +
           little_endian(44100, 4);
  bytes += little_endian(first_frame, 4) + little_endian(first_frame + frame_bytes, 4);
  // Of each frame: half the CRC-32 of its samples with a mark that flags follow, the flags, what the decoder skips.
  constexpr std::uint32_t flags_follow = 0x80000000, crc_of_silence = 0x0d1c628c, both_channels_silent = 3;
  for (int i = 0; i < 2; ++i)
    bytes += little_endian(flags_follow | crc_of_silence, 4) + little_endian(both_channels_silent, 4) +
             std::string(8, '\0');
  return bytes;
}

inline std::string lyrics3_v2() {
  const std::string body = "LYRICSBEGININD0000210LYR00018[00:01]la la la la";
  return body + "000047LYRICS200";
}

inline std::string lyrics3_v1() { return "LYRICSBEGINla la la\r\nLYRICSEND"; }

/// Comments of Vorbis: Latin-1, a key in lower case, repeated, empty, without "=", with NUL, a picture.
inline std::vector<std::string> rich_comments() {
  return {"artist=Bj\xf6rk",
          "ARTIST=Second",
          "Album=Al",
          "DESCRIPTION=",
          "no equals sign",
          std::string("COMMENT=text\0behind", 19),
          "genre=Folk",
          "GENRE=Rock",
          "GENRE=Folk",
          "R128_TRACK_GAIN=-512",
          "CHAPTER001=00:00:00.500",
          "CHAPTER001NAME=One",
          "METADATA_BLOCK_PICTURE=AAAAAwAAAAlpbWFnZS9wbmcAAAAAAAAAAQAAAAEAAAAYAAAAAAAAAASJUE5H"};
}

inline std::string comment_body(const std::vector<std::string>& comments,
                                const std::string& vendor = "odd vendor") {
  std::string body = little_endian(vendor.size(), 4) + vendor + little_endian(comments.size(), 4);
  for (const std::string& comment : comments) body += little_endian(comment.size(), 4) + comment;
  return body;
}

inline std::string flac_block(int kind, const std::string& body) {
  return static_cast<char>(kind) + big_endian(body.size(), 3) + body;
}

/// The FLAC with other blocks after its STREAMINFO.
inline std::string flac_with(const std::string& flac, const std::vector<std::string>& blocks) {
  std::size_t at = 4;
  for (bool last = false; !last;) {
    last = (flac[at] & 0x80) != 0;
    at += 4 + (static_cast<unsigned char>(flac[at + 1]) << 16 |
               static_cast<unsigned char>(flac[at + 2]) << 8 | static_cast<unsigned char>(flac[at + 3]));
  }
  std::string all = flac.substr(0, 4 + 4 + 34);
  all[4] = '\0';
  std::size_t last_block = 4;
  for (const std::string& block : blocks) {
    last_block = all.size();
    all += block;
  }
  all[last_block] = static_cast<char>(all[last_block] | 0x80);
  return all + flac.substr(at);
}

inline std::uint32_t ogg_checksum(std::string_view page) {
  std::uint32_t sum = 0;
  for (const char c : page) {
    sum ^= static_cast<std::uint32_t>(static_cast<unsigned char>(c)) << 24;
    for (int bit = 0; bit < 8; ++bit) sum = (sum & 0x8000'0000U) != 0 ? sum << 1 ^ 0x04c1'1db7U : sum << 1;
  }
  return sum;
}

/// The Ogg file with another comment packet, the first on its second page.
inline std::string ogg_with(const std::string& ogg, const std::string& packet) {
  const auto page_bytes = [&](std::size_t at) {
    std::size_t bytes = 27 + static_cast<unsigned char>(ogg[at + 26]);
    for (int i = 0; i < static_cast<unsigned char>(ogg[at + 26]); ++i)
      bytes += static_cast<unsigned char>(ogg[at + 27 + i]);
    return bytes;
  };
  const std::size_t second = page_bytes(0);
  const std::size_t third = second + page_bytes(second);
  std::string sizes = ogg.substr(second + 27, static_cast<unsigned char>(ogg[second + 26]));
  std::string body = ogg.substr(second + 27 + sizes.size(), third - second - 27 - sizes.size());
  std::size_t old_bytes = 0;
  std::size_t segments = 0;
  for (bool more = true; more; ++segments) {
    old_bytes += static_cast<unsigned char>(sizes[segments]);
    more = sizes[segments] == '\xff';
  }
  std::string laced(packet.size() / 255, '\xff');
  laced += static_cast<char>(packet.size() % 255);
  sizes = laced + sizes.substr(segments);
  body = packet + body.substr(old_bytes);
  std::string page = ogg.substr(second, 26) + static_cast<char>(sizes.size()) + sizes + body;
  page.replace(22, 4, 4, '\0');
  page.replace(22, 4, little_endian(ogg_checksum(page), 4));
  return ogg.substr(0, second) + page + ogg.substr(third);
}

inline std::string atom(const std::string& name, const std::string& body) {
  return big_endian(body.size() + 8, 4) + name + body;
}

inline std::string mp4_item(const std::string& name, int type, const std::string& value) {
  return atom(name, atom("data", big_endian(static_cast<unsigned>(type), 4) + std::string(4, '\0') + value));
}

inline std::string mp4_free_item(const std::string& name, const std::string& value, int type = 1,
                                 const std::string& mean = "com.apple.iTunes") {
  const std::string nothing(4, '\0');
  return atom("----", atom("mean", nothing + mean) + atom("name", nothing + name) +
                          atom("data", big_endian(static_cast<unsigned>(type), 4) + nothing + value));
}

inline std::size_t atom_bytes(std::string_view file, std::size_t at) {
  std::size_t size = 0;
  for (std::size_t i = 0; i < 4; ++i) size = size << 8 | static_cast<unsigned char>(file[at + i]);
  return size;
}

/// The position of the next atom with this name from `at` on.
inline std::size_t find_atom(std::string_view file, std::size_t at, std::string_view name) {
  while (file.substr(at + 4, 4) != name) at += atom_bytes(file, at);
  return at;
}

/// The MP4, whose `moov` is its last atom, with these items instead of its own, and further atoms in `udta`.
inline std::string mp4_with(std::string file, const std::string& items, const std::string& in_udta = "") {
  const std::size_t moov = find_atom(file, 0, "moov");
  const std::size_t udta = find_atom(file, moov + 8, "udta");
  const std::size_t meta = find_atom(file, udta + 8, "meta");
  const std::size_t ilst = find_atom(file, meta + 12, "ilst");
  const std::size_t own = atom_bytes(file, ilst) - 8;
  const auto grow = [&](std::size_t at, std::size_t by) {
    file.replace(at, 4, big_endian(atom_bytes(file, at) + by, 4));
  };
  const std::size_t udta_end = udta + atom_bytes(file, udta);
  for (const std::size_t at : {moov, udta}) grow(at, items.size() - own + in_udta.size());
  for (const std::size_t at : {meta, ilst}) grow(at, items.size() - own);
  file.insert(udta_end, in_udta);
  file.replace(ilst + 8, own, items);
  return file;
}

/// The MP4, whose `moov` comes before `mdat`, with a compressed `moov`: by zlib, in stored blocks.
inline std::string mp4_compressed(const std::string& file) {
  const std::size_t at = find_atom(file, 0, "moov");
  std::string moov = file.substr(at, atom_bytes(file, at));
  const auto packed = [](const std::string& plain) {
    std::uint32_t a = 1;
    std::uint32_t b = 0;
    for (const char c : plain) {
      a = (a + static_cast<unsigned char>(c)) % 65521;
      b = (b + a) % 65521;
    }
    std::string all("\x78\x01", 2);
    for (std::size_t from = 0; from < plain.size(); from += 60'000) {
      const std::string part = plain.substr(from, 60'000);
      all += static_cast<char>(from + part.size() == plain.size());
      all += little_endian(part.size(), 2) + little_endian(~part.size() & 0xffff, 2) + part;
    }
    return all + big_endian(b << 16 | a, 4);
  };
  const auto wrapped = [&](const std::string& plain) {
    return atom("moov", atom("cmov", atom("dcom", "zlib") +
                                         atom("cmvd", big_endian(plain.size(), 4) + packed(plain))));
  };
  // Stored blocks make it longer. That moves the media data, and the offset of every chunk.
  const std::size_t longer = wrapped(moov).size() - moov.size();
  for (std::size_t stco = moov.find("stco"); stco != std::string::npos; stco = moov.find("stco", stco + 4))
    for (std::size_t i = 0, count = atom_bytes(moov, stco + 8); i < count; ++i) {
      const std::size_t entry = stco + 12 + 4 * i;
      moov.replace(entry, 4, big_endian(atom_bytes(moov, entry) + longer, 4));
    }
  return file.substr(0, at) + wrapped(moov) + file.substr(at + moov.size());
}

/// A text record of ASF's metadata library.
inline std::string asf_record(const std::string& name, int language, int stream, const std::string& value) {
  const auto wide = [](const std::string& text) {
    std::string bytes;
    for (const char c : text) bytes += std::string{c, '\0'};
    return bytes + std::string(2, '\0');
  };
  return little_endian(static_cast<unsigned>(language), 2) + little_endian(static_cast<unsigned>(stream), 2) +
         little_endian(wide(name).size(), 2) + little_endian(0, 2) + little_endian(wide(value).size(), 4) +
         wide(name) + wide(value);
}

/// The ASF with a further object in its header, and a metadata library in the header's extension.
inline std::string asf_with(std::string file, const std::string& object,
                            const std::vector<std::string>& records = {}) {
  const auto number = [&](std::size_t at, std::size_t bytes) {
    std::size_t value = 0;
    for (std::size_t i = bytes; i-- > 0;) value = value << 8 | static_cast<unsigned char>(file[at + i]);
    return value;
  };
  const auto grow = [&](std::size_t at, int bytes, std::size_t by) {
    const auto width = static_cast<std::size_t>(bytes);
    file.replace(at, width, little_endian(number(at, width) + by, bytes));
  };
  std::string library;
  if (!records.empty()) {
    std::string body = little_endian(records.size(), 2);
    for (const std::string& record : records) body += record;
    library = "\x94\x1c\x23\x44\x98\x94\xd1\x49\xa1\x41\x1d\x13\x4e\x45\x70\x54" +
              little_endian(body.size() + 24, 8) + body;
    const std::size_t extension =
        file.find(std::string("\xb5\x03\xbf\x5f\x2e\xa9\xcf\x11\x8e\xe3\x00\xc0\x0c\x20\x53\x65", 16));
    const std::size_t end = extension + number(extension + 16, 8);
    grow(extension + 16, 8, library.size());
    grow(extension + 42, 4, library.size());
    file.insert(end, library);
  }
  const std::size_t header = number(16, 8) + library.size();
  if (!object.empty()) grow(24, 4, 1);
  grow(16, 8, library.size() + object.size());
  file.insert(header, object);
  return file;
}

}  // namespace echofold::test
