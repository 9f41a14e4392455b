// See web_head.h.
#include "tools/review/web_head.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace echofold {
namespace {

constexpr std::size_t most_headers = 64, longest_path = 256, longest_query = 256;

bool is_alphanumeric(char c) noexcept {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool has_only(std::string_view text, std::string_view also) noexcept {
  return std::all_of(text.begin(), text.end(),
                     [&](char c) { return is_alphanumeric(c) || also.find(c) != std::string_view::npos; });
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::string_view trimmed(std::string_view text) noexcept {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// The text up to `end`, which is removed with it. @throws WebError 400 where there is no `end`
std::string_view take_until(std::string_view& text, std::string_view end) {
  const std::size_t at = text.find(end);
  if (at == std::string_view::npos) throw WebError(400, "this is not an HTTP request");
  const std::string_view part = text.substr(0, at);
  text.remove_prefix(at + end.size());
  return part;
}

/// No dots at the start of a name, no empty names, nothing escaped: what is left can't leave a folder.
bool is_plain_path(std::string_view path) noexcept {
  return path.size() <= longest_path && path.starts_with('/') && has_only(path, "/_.-") &&
         path.find("//") == std::string_view::npos && path.find("/.") == std::string_view::npos;
}

void read_request_line(std::string_view line, WebHead& head) {
  head.method = take_until(line, " ");
  std::string_view target = take_until(line, " ");
  if (line != "HTTP/1.1" && line != "HTTP/1.0") throw WebError(400, "only HTTP/1.1 is spoken here");
  if (head.method != "GET" && head.method != "POST")
    throw WebError(405, "only GET and POST are answered here");
  const std::size_t mark = std::min(target.find('?'), target.size());
  head.path = target.substr(0, mark);
  head.query = target.substr(std::min(mark + 1, target.size()));
  if (!is_plain_path(head.path) || head.query.size() > longest_query || !has_only(head.query, "=&._-"))
    throw WebError(404, "there is nothing at this address");
}

/// @throws WebError 416 unless it is "bytes=FROM-[TO]" or "bytes=-LAST", with FROM <= TO
void check_range(std::string_view range) {
  const auto number = [](std::string_view text, std::uint64_t& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size();
  };
  constexpr std::string_view unit = "bytes=";
  const std::size_t dash = range.find('-');
  std::uint64_t from = 0, to = 0;
  if (range.starts_with(unit) && dash != std::string_view::npos && dash >= unit.size()) {
    const std::string_view first = range.substr(unit.size(), dash - unit.size()),
                           last = range.substr(dash + 1);
    const bool has_first = !first.empty(), has_last = !last.empty();
    if ((has_first || has_last) && (!has_first || number(first, from)) && (!has_last || number(last, to)) &&
        (!has_first || !has_last || from <= to))
      return;
  }
  throw WebError(416, "this is not a range of bytes");
}

void read_length(WebHead& head) {
  if (!head.header("transfer-encoding").empty()) throw WebError(411, "a request needs a Content-Length");
  const std::string& text = head.header("content-length");
  if (text.empty()) {
    if (head.method == "POST") throw WebError(411, "a request needs a Content-Length");
    return;
  }
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), head.body_bytes);
  if (error == std::errc::result_out_of_range) throw WebError(413, "a request may have 64 KiB");
  if (error != std::errc{} || end != text.data() + text.size())
    throw WebError(400, "the Content-Length is not a number");
  if (head.body_bytes > longest_body_bytes) throw WebError(413, "a request may have 64 KiB");
  if (head.method == "GET" && head.body_bytes > 0) throw WebError(400, "a GET has no body");
}

}  // namespace

WebHead parse_head(std::string_view text) {
  WebHead head;
  read_request_line(take_until(text, "\r\n"), head);
  while (!text.starts_with("\r\n")) {
    const std::string_view line = take_until(text, "\r\n");
    const std::size_t colon = line.find(':');
    if (colon == 0 || colon == std::string_view::npos || !has_only(line.substr(0, colon), "-_"))
      throw WebError(400, "a header of the request is not well-formed");
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (std::any_of(value.begin(), value.end(),
                    [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; }))
      throw WebError(400, "a header of the request has a control character");
    // A header that comes twice could mean one thing to this check and another one later.
    if (!head.headers.emplace(lower(line.substr(0, colon)), value).second)
      throw WebError(400, "a header of the request comes twice");
    if (head.headers.size() > most_headers) throw WebError(400, "the request has too many headers");
  }
  if (text.size() != 2) throw WebError(400, "this is not an HTTP request");
  read_length(head);
  if (const std::string& range = head.header("range"); !range.empty()) check_range(range);
  return head;
}

std::string_view query_value(std::string_view query, std::string_view name) noexcept {
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view field = query.substr(0, end);
    if (field.size() > name.size() && field.starts_with(name) && field[name.size()] == '=')
      return field.substr(name.size() + 1);
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return {};
}

}  // namespace echofold
