// See layout.h.
#include "engine/report/layout.h"

#include <algorithm>

#include "index/base/text/printable.h"

namespace echofold {

std::string wrapped(std::string_view text, std::size_t used, std::size_t indent, std::size_t columns) {
  std::string out;
  bool first_word = true;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    const std::size_t width = columns_of(word);
    if (!first_word && used + 1 + width > columns) {
      out += '\n' + std::string(indent, ' ');
      used = indent;
    } else if (!first_word) {
      out += ' ';
      ++used;
    }
    out += word;
    used += width;
    first_word = false;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string shortened(std::string_view path, std::size_t columns) {
  if (columns_of(path) <= columns) return std::string(path);
  const std::size_t front = columns / 3;
  const std::string end = fitted(path, columns - front, true);
  return front == 0 ? end : std::string(path.substr(0, bytes_within(path, front))) + end;
}

std::string common_folder(const std::vector<std::string_view>& paths) {
  if (paths.empty()) return {};
  std::string_view common = paths.front().substr(0, paths.front().rfind('/') + 1);
  for (const std::string_view path : paths) {
    const auto differs = std::mismatch(common.begin(), common.end(), path.begin(), path.end()).first;
    common = common.substr(0, static_cast<std::size_t>(differs - common.begin()));
    common = common.substr(0, common.rfind('/') + 1);
  }
  return common.size() > 1 ? std::string(common) : std::string();
}

}  // namespace echofold
