// The files of the review page, which are part of the program.
#pragma once

#include <string_view>
#include <vector>

#include "tools/review/web_http.h"

namespace echofold {

struct WebAsset {
  std::string_view path;  ///< "/index.html"
  std::string_view bytes;
};

/// Those of tools/review/web/files.txt. Made by tools/review/embed_assets.cmake.
const std::vector<WebAsset>& web_assets();

/// The content type by the extension; "application/octet-stream" for one that the page does not use.
std::string_view type_of_asset(std::string_view path) noexcept;

/// One route for each, and "/" for the page. With an ETag: the browser asks each time whether they have changed.
void add_asset_routes(WebRouter& router);

}  // namespace echofold
