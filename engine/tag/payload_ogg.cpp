// Ogg: splits pages into packets, because new comments move what shares a page with them.
#include "engine/tag/payload_ogg.h"

#include <string>

#include "index/base/error.h"

namespace echofold {
namespace {

constexpr std::uint64_t page_head_bytes = 27;
constexpr std::uint64_t comment_packet = 1;
constexpr std::uint64_t no_packet_ends = ~std::uint64_t{0};

class Packets {
 public:
  explicit Packets(StreamHash& hash) : hash_(hash) {}

  /// @param segments  their lengths: a packet ends with the first shorter than 255
  void take(const std::string& segments, std::string_view body, bool continued, std::uint64_t granule) {
    if (continued != !packet_.empty())
      throw Error(Fault::damaged, "a packet of its stream is cut between two pages");
    for (const char c : segments) {
      const auto length = static_cast<unsigned char>(c);
      packet_.append(body.substr(0, length));
      body.remove_prefix(length);
      if (length < 255) end_packet();
    }
    // The time of a page is that of the last packet that ends on it; headers have none.
    if (granule != no_packet_ends && granule != 0) add_numbers(granule);
  }

  const std::string& comments() const { return comments_; }

  void finish() const {
    if (!packet_.empty()) throw Error(Fault::damaged, "its last packet is cut");
    if (count_ <= comment_packet) throw Error(Fault::damaged, "its stream has no audio");
  }

 private:
  void end_packet() {
    if (count_ != comment_packet) {
      hash_.add(std::to_string(packet_.size()) + ":");
      hash_.add(packet_);
    } else {
      comments_ = packet_;
    }
    packet_.clear();
    ++count_;
  }

  void add_numbers(std::uint64_t granule) {
    hash_.add(std::to_string(count_) + "@" + std::to_string(granule) + ";");
  }

  StreamHash& hash_;
  std::string packet_, comments_;
  std::uint64_t count_ = 0;
};

}  // namespace

std::string add_ogg_payload(StreamHash& hash, const FileBytes& file) {
  Packets packets(hash);
  const std::uint64_t serial = file.little(14, 4);
  for (std::uint64_t offset = 0; offset < file.size();) {
    if (!file.has(offset, std::string_view("OggS\0", 5)))
      throw Error(Fault::damaged, "its pages do not follow each other");
    const std::string head = file.at(offset, page_head_bytes);
    const auto flags = static_cast<unsigned char>(head[5]);
    if (little_endian(head.substr(14, 4)) != serial || ((flags & 2u) != 0) != (offset == 0))
      throw Error(Fault::unsupported, "it holds more than one stream");
    const std::string segments = file.at(offset + page_head_bytes, static_cast<unsigned char>(head[26]));
    std::uint64_t body = 0;
    for (const char c : segments) body += static_cast<unsigned char>(c);
    offset += page_head_bytes + segments.size();
    packets.take(segments, file.at(offset, body), (flags & 1u) != 0, little_endian(head.substr(6, 8)));
    offset += body;
  }
  packets.finish();
  return packets.comments();
}

}  // namespace echofold
