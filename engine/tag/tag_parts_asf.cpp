// ASF: each descriptor of its four kinds of tags, and every other object of the header.
#include "engine/tag/tag_parts_asf.h"

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "index/base/error.h"

namespace echofold {
namespace {

using namespace std::literals;

constexpr std::size_t head_bytes = 24;  // GUID and size
constexpr auto file_properties = "\xa1\xdc\xab\x8c\x47\xa9\xcf\x11\x8e\xe4\x00\xc0\x0c\x20\x53\x65"sv;
constexpr auto description = "\x33\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c"sv;
constexpr auto extended = "\x40\xa4\xd0\xd2\x07\xe3\xd2\x11\x97\xf0\x00\xa0\xc9\x5e\xa8\x50"sv;
constexpr auto extension = "\xb5\x03\xbf\x5f\x2e\xa9\xcf\x11\x8e\xe3\x00\xc0\x0c\x20\x53\x65"sv;
constexpr auto metadata = "\xea\xcb\xf8\xc5\xaf\x5b\x77\x48\x84\x67\xaa\x8c\x44\xfa\x4c\xca"sv;
constexpr auto library = "\x94\x1c\x23\x44\x98\x94\xd1\x49\xa1\x41\x1d\x13\x4e\x45\x70\x54"sv;
constexpr auto padding = "\x74\xd4\x06\x18\xdf\xca\x09\x45\xa4\xba\x9a\xab\xcb\x96\xaa\xe8"sv;

class Reader {
 public:
  explicit Reader(std::string_view rest) : rest_(rest) {}
  std::string_view take(std::uint64_t count) {
    if (count > rest_.size()) throw Error(Fault::damaged, "an object of its header is cut");
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }
  std::uint64_t number(unsigned bytes) { return little_endian(take(bytes)); }
  bool empty() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

/// UTF-16 up to its NUL, as far as it is ASCII.
std::string name_of(std::string_view wide) {
  std::string name;
  for (std::size_t i = 0; i + 1 < wide.size() && (wide[i] != 0 || wide[i + 1] != 0); i += 2)
    name += wide[i + 1] == 0 ? wide[i] : '?';
  return name;
}

class Parts {
 public:
  explicit Parts(std::vector<TagPart>& parts) : parts_(parts) {}

  void add_objects(std::string_view bytes) {
    for (Reader objects(bytes); !objects.empty();) {
      const std::string_view guid = objects.take(16);
      const std::uint64_t size = objects.number(8);
      if (size < head_bytes) throw Error(Fault::damaged, "an object of its header is cut");
      add_object(guid, objects.take(size - head_bytes));
    }
  }

 private:
  void add_object(std::string_view guid, std::string_view body) {
    if (guid == description) return add_description(Reader(body));
    if (guid == extended) return add_descriptors(Reader(body));
    if (guid == metadata || guid == library)
      return add_records(Reader(body), guid == metadata ? "ASF metadata" : "ASF metadata library");
    if (guid == extension) return add_extension(Reader(body));
    if (guid == padding) return;
    std::string bytes(body);
    constexpr std::size_t size_at = 16, size_bytes = 8;  // of the file: it depends on the tags
    if (guid == file_properties && bytes.size() >= size_at + size_bytes)
      bytes.replace(size_at, size_bytes, size_bytes, '\0');
    parts_.push_back({"ASF", "object of its header", "", std::string(guid) + bytes});
  }

  void add_description(Reader body) {
    constexpr const char* names[] = {"Title", "Author", "Copyright", "Description", "Rating"};
    std::uint64_t sizes[5];
    for (std::uint64_t& size : sizes) size = body.number(2);
    for (std::size_t i = 0; i < 5; ++i)
      // The NUL at the end is optional; a NUL alone is not a text.
      if (const std::string_view text = without_nul(body.take(sizes[i])); !text.empty())
        add("ASF", names[i], std::string(text));
  }

  static std::string_view without_nul(std::string_view text) {
    if (text.size() >= 2 && text.size() % 2 == 0 && text.ends_with("\0\0"sv)) text.remove_suffix(2);
    return text;
  }

  void add_descriptors(Reader body) {
    for (std::uint64_t left = body.number(2); left > 0; --left) {
      const std::string name = name_of(body.take(body.number(2)));
      const std::uint64_t type = body.number(2);
      add("ASF", name, value_of(type, body.take(body.number(2))));
    }
  }

  void add_records(Reader body, const char* place) {
    for (std::uint64_t left = body.number(2); left > 0; --left) {
      std::string head(body.take(4));  // language, stream
      const std::uint64_t name_bytes = body.number(2);
      const std::uint64_t type = body.number(2);
      const std::uint64_t size = body.number(4);
      const std::string name = name_of(body.take(name_bytes));
      add(place, name, head + value_of(type, body.take(size)));
    }
  }

  static std::string value_of(std::uint64_t type, std::string_view value) {
    constexpr std::uint64_t text = 0;
    return fmt::format("{}:{}", type, type == text ? without_nul(value) : value);
  }

  void add_extension(Reader body) {
    body.take(18);  // always the same
    const std::uint64_t size = body.number(4);
    add_objects(body.take(size));
    if (!body.empty()) throw Error(Fault::damaged, "the extension of its header is off");
  }

  void add(const char* place, const std::string& name, std::string bytes) {
    parts_.push_back({place, name, property_of_part(TagKind::asf, name), std::move(bytes)});
  }

  std::vector<TagPart>& parts_;
};

}  // namespace

void add_asf_parts(std::vector<TagPart>& parts, const FileBytes& file) {
  constexpr std::uint64_t first_object = 30;
  const std::uint64_t end = file.little(16, 8);
  if (end < first_object || end > file.size())
    throw Error(Fault::damaged, "its header is longer than the file");
  Parts(parts).add_objects(file.at(first_object, end - first_object));
}

}  // namespace echofold
