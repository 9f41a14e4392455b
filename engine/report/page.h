// The frame of the pages: reports as one HTML file that needs no other one and no network.
#pragma once

#include <string>
#include <string_view>

namespace echofold {

struct PageFrame {
  std::string_view title;             ///< of the window; escaped already
  std::string_view style = {};        ///< rules beside those of all pages
  std::string_view script_hash = {};  ///< "sha256-..." of the only script that may run; empty: none may
};

/// Where every page begins. @param verb  shows which report a file is
std::string page_begin(std::string_view verb);

/// The head of the page. Its policy lets nothing be loaded from anywhere, and no script run but that one.
std::string page_head(const PageFrame& frame);

/// A figure with its meaning above it and a remark below it. All are escaped already.
std::string card(std::string_view what, std::string_view figure, std::string_view remark);

/// A key of colours: a square of the class `kind` and what it means.
std::string colour_key(std::string_view kind, std::string_view means);

}  // namespace echofold
