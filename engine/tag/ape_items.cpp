// Items between an optional header and a footer.
#include "engine/tag/ape_items.h"

#include "engine/tag/file_bytes.h"
#include "index/base/error.h"

namespace echofold {
namespace {

constexpr std::size_t end_bytes = 32, size_at = 12, count_at = 16;

TagPart take_item(std::string_view& rest) {
  constexpr std::size_t head = 8;
  const std::size_t name_end = rest.size() > head ? rest.find('\0', head) : std::string_view::npos;
  if (name_end == std::string_view::npos)
    throw Error(Fault::unsupported, "the items of its APE tag do not follow each other");
  const std::uint64_t size = little_endian(rest.substr(0, 4));
  if (size > rest.size() - name_end - 1) throw Error(Fault::unsupported, "an item of its APE tag is cut");
  const std::string name = upper_ascii(rest.substr(head, name_end - head));
  const std::size_t whole = name_end + 1 + size;
  TagPart item{"APE", name, property_of_part(TagKind::ape, name), std::string(rest.substr(0, whole))};
  rest.remove_prefix(whole);
  return item;
}

void put_number(std::string& end, std::size_t at, std::size_t value) {
  for (std::size_t i = 0; i < 4; ++i) end[at + i] = static_cast<char>(value >> (8 * i) & 0xff);
}

}  // namespace

ApeItems parse_ape(std::string_view tag) {
  ApeItems parsed;
  if (tag.size() < end_bytes) throw Error(Fault::damaged, "its APE tag is cut");
  parsed.footer = tag.substr(tag.size() - end_bytes);
  tag.remove_suffix(end_bytes);
  if ((little_endian(std::string_view(parsed.footer).substr(20, 4)) >> 31) != 0) {
    if (!tag.starts_with("APETAGEX")) throw Error(Fault::unsupported, "its APE tag lacks its header");
    parsed.header = tag.substr(0, end_bytes);
    tag.remove_prefix(end_bytes);
  }
  while (!tag.empty()) parsed.items.push_back(take_item(tag));
  if (little_endian(std::string_view(parsed.footer).substr(count_at, 4)) != parsed.items.size())
    throw Error(Fault::unsupported, "its APE tag has not as many items as it says");
  return parsed;
}

std::string render_ape(const ApeItems& tag) {
  std::string body;
  for (const TagPart& item : tag.items) body += item.bytes;
  std::string header = tag.header;
  std::string footer = tag.footer;
  for (std::string* end : {&header, &footer}) {
    if (end->empty()) continue;
    put_number(*end, size_at, body.size() + end_bytes);
    put_number(*end, count_at, tag.items.size());
  }
  return header + body + footer;
}

}  // namespace echofold
