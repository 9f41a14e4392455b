// See html.h.
#include "engine/report/html.h"

#include "index/base/text/printable.h"

namespace echofold {

std::string html_text(std::string_view bytes) {
  std::string text;
  for (const char c : printable(bytes)) switch (c) {
      case '&':
        text += "&amp;";
        break;
      case '<':
        text += "&lt;";
        break;
      case '>':
        text += "&gt;";
        break;
      case '"':
        text += "&quot;";
        break;
      case '\'':
        text += "&#39;";
        break;
      default:
        text += c;
    }
  return text;
}

std::string html_sentence(std::string_view sentence) {
  std::string text;
  bool is_code = false;
  for (const char c : html_text(sentence)) {
    if (c != '`') {
      text += c;
      continue;
    }
    text += is_code ? "</code>" : "<code>";
    is_code = !is_code;
  }
  return text + (is_code ? "</code>" : "");
}

}  // namespace echofold
