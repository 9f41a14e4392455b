// See page.h.
#include "engine/report/page.h"

#include <fmt/format.h>

#include "engine/report/page_style.h"

namespace echofold {

std::string page_begin(std::string_view verb) {
  return fmt::format("<!doctype html>\n<html lang=\"en\"><!-- echofold {} -->", verb);
}

std::string page_head(const PageFrame& frame) {
  const std::string scripts =
      frame.script_hash.empty() ? "" : fmt::format(" script-src &#39;{}&#39;;", frame.script_hash);
  return fmt::format(
      "<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, "
      "initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; style-src "
      "&#39;unsafe-inline&#39;;{} base-uri &#39;none&#39;; form-action &#39;none&#39;\">\n"
      "<title>{}</title>\n<style>{}{}</style></head>\n",
      scripts, frame.title, page_style, frame.style);
}

std::string card(std::string_view what, std::string_view figure, std::string_view remark) {
  return fmt::format("<div class=\"card\">{}<b>{}</b><span class=\"soft\">{}</span></div>\n", what, figure,
                     remark);
}

std::string colour_key(std::string_view kind, std::string_view means) {
  return fmt::format(" <span class=\"key\"><i class=\"{}\"></i>{}</span>", kind, means);
}

}  // namespace echofold
