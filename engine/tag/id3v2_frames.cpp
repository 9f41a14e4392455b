// Parses headers and sizes, and undoes unsynchronisation.
#include "engine/tag/id3v2_frames.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/tag/file_bytes.h"
#include "index/base/error.h"

namespace echofold {
namespace {

constexpr unsigned unsynchronised = 0x80, extended = 0x40, with_footer = 0x10;
constexpr std::size_t head_bytes = 10;
constexpr std::size_t new_padding_bytes = 1024;

/// The names in 2.2 of frames of later versions.
constexpr std::pair<std::string_view, std::string_view> old_names[] = {
    {"TT2", "TIT2"}, {"TP1", "TPE1"}, {"TAL", "TALB"}, {"TP2", "TPE2"}, {"TRK", "TRCK"}, {"TPA", "TPOS"},
    {"TYE", "TYER"}, {"TDA", "TDAT"}, {"TIM", "TIME"}, {"TXX", "TXXX"}, {"UFI", "UFID"}, {"TCO", "TCON"},
    {"TCM", "TCOM"}, {"TXT", "TEXT"}, {"TP3", "TPE3"}, {"TP4", "TPE4"}, {"TBP", "TBPM"}, {"TKE", "TKEY"},
    {"TRC", "TSRC"}, {"TPB", "TPUB"}, {"TMT", "TMED"}, {"TCR", "TCOP"}, {"TLA", "TLAN"}, {"TSA", "TSOA"},
    {"TSP", "TSOP"}, {"TST", "TSOT"}, {"TS2", "TSO2"}, {"TCP", "TCMP"}, {"TOR", "TORY"}, {"TT1", "TIT1"},
    {"TT3", "TIT3"}, {"COM", "COMM"}, {"ULT", "USLT"}, {"PIC", "APIC"}, {"IPL", "IPLS"},
};

std::string synchsafe(std::uint64_t value) {
  std::string bytes;
  for (int shift = 21; shift >= 0; shift -= 7) bytes += static_cast<char>(value >> shift & 0x7f);
  return bytes;
}

std::string without_unsynchronisation(std::string_view bytes) {
  std::string plain;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    plain += bytes[i];
    if (bytes[i] == '\xff' && i + 1 < bytes.size() && bytes[i + 1] == '\0') ++i;
  }
  return plain;
}

std::string with_unsynchronisation(std::string_view bytes) {
  std::string safe;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    safe += bytes[i];
    if (bytes[i] != '\xff') continue;
    const auto next = static_cast<unsigned char>(i + 1 < bytes.size() ? bytes[i + 1] : '\xff');
    if (next == 0 || next >= 0xe0) safe += '\0';
  }
  return safe;
}

bool is_name(std::string_view name) {
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

/// A text up to its NUL (of one or two bytes) as ASCII. What is not ASCII is shown as its bytes.
std::string short_text(std::string_view content, bool wide) {
  if (!wide) return std::string(content.substr(0, content.find('\0')));
  std::string text;
  const bool big_ended = content.starts_with("\xfe\xff");
  for (std::size_t i = content.starts_with("\xff\xfe") || big_ended ? 2 : 0; i + 1 < content.size(); i += 2) {
    const char high = content[big_ended ? i : i + 1];
    const char low = content[big_ended ? i + 1 : i];
    if (high == 0 && low == 0) break;
    if (high != 0) text += high;
    text += low;
  }
  return text;
}

/// The frame's name with what distinguishes it from others.
std::string full_name(std::string_view name, std::string_view content) {
  const bool wide = !content.empty() && (content[0] == 1 || content[0] == 2);
  if (name == "TXXX" && !content.empty()) return fmt::format("TXXX:{}", short_text(content.substr(1), wide));
  if (name == "UFID") return fmt::format("UFID:{}", short_text(content, false));
  constexpr std::size_t before_description = 4;  // encoding, language
  if ((name == "COMM" || name == "USLT") && content.size() >= before_description) {
    return fmt::format("{}:{}:{}", name, content.substr(1, 3),
                       short_text(content.substr(before_description), wide));
  }
  return std::string(name);
}

class Frames {
 public:
  Frames(Id3v2Frames& tag, std::string_view rest)
      : tag_(tag),
        rest_(rest),
        name_bytes_(tag.version == 2 ? 3 : 4),
        head_bytes_(tag.version == 2 ? 6 : 10) {}

  void take_all() {
    while (!rest_.empty() && rest_.front() != '\0') take_one();
    if (rest_.find_first_not_of('\0') != std::string_view::npos)
      throw Error(Fault::unsupported, "its ID3v2 tag has something behind its frames");
  }

 private:
  void take_one() {
    if (rest_.size() < head_bytes_) throw_off();
    const std::string_view name = rest_.substr(0, name_bytes_);
    const std::uint64_t size = size_of(rest_.substr(name_bytes_, name_bytes_));
    if (!is_name(name) || size > rest_.size() - head_bytes_) throw_off();
    const std::string_view content = rest_.substr(head_bytes_, size);
    std::string_view known = name;
    for (const auto& [old_name, new_name] : old_names)
      if (name == old_name) known = new_name;
    const std::string full = full_name(known, content);
    tag_.frames.push_back({"ID3v2", full, property_of_part(TagKind::id3v2, full),
                           std::string(rest_.substr(0, head_bytes_ + size))});
    rest_.remove_prefix(head_bytes_ + size);
  }

  std::uint64_t size_of(std::string_view bytes) const {
    if (tag_.version < 4) return big_endian(bytes);
    std::uint64_t size = 0;
    for (const char c : bytes) {
      if (static_cast<unsigned char>(c) >= 0x80) throw_off();
      size = size << 7 | static_cast<unsigned char>(c);
    }
    return size;
  }

  [[noreturn]] static void throw_off() {
    throw Error(Fault::unsupported, "the frames of its ID3v2 tag do not follow each other");
  }

  Id3v2Frames& tag_;
  std::string_view rest_;
  std::size_t name_bytes_, head_bytes_;
};

}  // namespace

Id3v2Frames parse_id3v2(std::string_view tag) {
  Id3v2Frames parsed;
  if (tag.size() < head_bytes) throw Error(Fault::damaged, "its ID3v2 tag is cut");
  parsed.version = static_cast<unsigned char>(tag[3]);
  parsed.revision = static_cast<unsigned char>(tag[4]);
  parsed.flags = static_cast<unsigned char>(tag[5]);
  if (parsed.version < 2 || parsed.version > 4)
    throw Error(Fault::unsupported, "the version of its ID3v2 tag is not known");
  if ((parsed.flags & extended) != 0)
    throw Error(Fault::unsupported,
                parsed.version == 2 ? "its ID3v2 tag is compressed" : "its ID3v2 tag has an extended header");
  std::string_view body = tag.substr(head_bytes);
  if (parsed.version == 4 && (parsed.flags & with_footer) != 0) {
    if (body.size() < head_bytes) throw Error(Fault::damaged, "its ID3v2 tag is cut");
    body.remove_suffix(head_bytes);
  }
  const bool whole_tag = parsed.version < 4 && (parsed.flags & unsynchronised) != 0;
  const std::string plain = whole_tag ? without_unsynchronisation(body) : std::string(body);
  if (whole_tag && with_unsynchronisation(plain) != body)
    throw Error(Fault::unsupported, "the unsynchronisation of its ID3v2 tag is off");
  Frames(parsed, plain).take_all();
  return parsed;
}

std::string render_id3v2(const Id3v2Frames& tag, std::uint64_t whole_bytes) {
  std::string body;
  for (const TagPart& frame : tag.frames) body += frame.bytes;
  if (tag.version < 4 && (tag.flags & unsynchronised) != 0) body = with_unsynchronisation(body);
  const bool footer = tag.version == 4 && (tag.flags & with_footer) != 0;
  const bool fits = head_bytes + body.size() <= whole_bytes;
  if (!footer) body.resize(fits ? whole_bytes - head_bytes : body.size() + new_padding_bytes, '\0');
  if (body.size() >= std::size_t{1} << 28)
    throw Error(Fault::unsupported, "its ID3v2 tag would get too large");
  std::string rest{static_cast<char>(tag.version), static_cast<char>(tag.revision),
                   static_cast<char>(tag.flags)};
  rest += synchsafe(body.size());
  return fmt::format("ID3{}{}{}{}", rest, body, footer ? "3DI" : "", footer ? rest : "");
}

TagPart as_id3v22(const TagPart& frame) {
  const std::string_view bytes = frame.bytes;
  const std::string_view name = bytes.substr(0, 4);
  const std::string_view content = bytes.substr(head_bytes);
  for (const auto& [old_name, new_name] : old_names) {
    if (name != new_name || name == "APIC") continue;  // in 2.2 a picture has other fields
    TagPart old = frame;
    old.bytes = std::string(old_name) + big_endian_bytes(content.size(), 3) + std::string(content);
    return old;
  }
  throw Error(Fault::unsupported, "its ID3v2.2 tag can't hold " + frame.name);
}

}  // namespace echofold
