// See shown_path.h.
#include "tools/review/shown_path.h"

#include <cstdlib>

#include "index/base/fs/path.h"
#include "index/base/text/utf8.h"

namespace echofold {

std::string shown_text(const std::string& text) {
  std::string out = with_replacements(text);
  for (std::size_t i = 0; i < out.size(); ++i)
    if (static_cast<unsigned char>(out[i]) < ' ' || out[i] == '\x7f') out.replace(i, 1, "\xEF\xBF\xBD");
  return out;
}

std::string shown_path(const std::string& path) {
  static const std::string home = [] {
    const char* folder = std::getenv("HOME");
    return folder == nullptr || *folder != '/' ? std::string() : absolute_path(folder);
  }();
  if (home.size() > 1 && path == home) return "~";
  if (home.size() > 1 && is_inside(path, home)) return shown_text(std::string("~").append(path, home.size()));
  return shown_text(path);
}

}  // namespace echofold
