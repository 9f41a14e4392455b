// Parses no format: a name is the text between bytes that no name can contain.
#include "engine/playlist/other_lists.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "engine/playlist/percent.h"
#include "engine/playlist/utf16.h"

namespace echofold {
namespace {

constexpr std::string_view ends_of_names("\0\x01\x02\x03\x04\x05\x06\x07\x08\t\n\x0b\x0c\r\"*:<>?|", 21);

class Search {
 public:
  explicit Search(const MovedFiles& moved) : moved_(moved) {}

  void look_at(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find_first_of(ends_of_names), text.size());
      look_at_path(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

  std::vector<const NewPlaces::value_type*> found() const { return {found_.begin(), found_.end()}; }

 private:
  struct ByPlace {
    bool operator()(const NewPlaces::value_type* a, const NewPlaces::value_type* b) const {
      return a->first < b->first;
    }
  };

  void look_at_path(std::string_view text) {
    constexpr std::size_t longest = 4096;
    if (text.empty() || text.size() > longest) return;
    std::string path = percent_decoded(text);
    std::replace(path.begin(), path.end(), '\\', '/');
    if (path.find('\0') != std::string::npos) return;
    if (const auto* file = moved_.find_by_tail(path)) found_.insert(file);
  }

  const MovedFiles& moved_;
  std::set<const NewPlaces::value_type*, ByPlace> found_;
};

}  // namespace

const std::vector<std::string>& other_list_extensions() {
  static const std::vector<std::string> extensions = {"fpl", "aimppl", "aimppl4", "mpcpl", "dpl",
                                                      "pla", "kpl",    "jspf",    "b4s",   "plc"};
  return extensions;
}

std::vector<const NewPlaces::value_type*> files_named_in(const std::string& bytes, const MovedFiles& moved) {
  Search search(moved);
  search.look_at(bytes);
  // Half of the bytes of a list in UTF-16 are zero.
  const auto zeros = static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), '\0'));
  if (zeros * 4 > bytes.size())
    for (const ByteOrder order : {ByteOrder::little, ByteOrder::big})
      search.look_at(from_utf16(bytes, order));
  return search.found();
}

}  // namespace echofold
