// See web_assets.h.
#include "tools/review/web_assets.h"

#include <array>
#include <string>
#include <utility>

#include "index/base/fs/path.h"
#include "index/base/hash.h"

namespace echofold {
namespace {

constexpr std::string_view page = "/index.html";

/// For a route: no character of a file name stands for others.
std::string escaped(std::string_view path) {
  std::string out;
  for (const char c : path) {
    if (c == '.') out += '\\';
    out += c;
  }
  return out;
}

std::string tag_of(std::string_view bytes) {
  StreamHash hash;
  hash.add(bytes);
  return '"' + hex_of(hash.digest()) + '"';
}

WebHandler handler_of(const WebAsset& asset) {
  return [&asset, tag = tag_of(asset.bytes)](const WebRequest& request, const PathParts&) -> WebReply {
    WebReply reply{
        200, std::string(type_of_asset(asset.path)), "", {{"ETag", tag}, {"Cache-Control", "no-cache"}}};
    if (request.head.header("if-none-match") == tag)
      reply.status = 304;
    else
      reply.body = asset.bytes;
    return reply;
  };
}

}  // namespace

std::string_view type_of_asset(std::string_view path) noexcept {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> types = {
      {{".html", "text/html; charset=utf-8"},
       {".css", "text/css; charset=utf-8"},
       {".js", "text/javascript; charset=utf-8"},
       {".svg", "image/svg+xml"},
       {".png", "image/png"},
       {".json", "application/json"}}};
  const std::string_view suffix = suffix_of(file_name_of(path));
  for (const auto& [known, type] : types)
    if (suffix == known) return type;
  return "application/octet-stream";
}

void add_asset_routes(WebRouter& router) {
  for (const WebAsset& asset : web_assets()) {
    router.get(escaped(asset.path), handler_of(asset));
    if (asset.path == page) router.get("/", handler_of(asset));
  }
}

}  // namespace echofold
