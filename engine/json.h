// The few rules that all JSON of echofold keeps: paths are bytes, output is one line.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace echofold {

using Json = nlohmann::ordered_json;

/// Puts a path under `name`, or its base64 under `<name>_base64` when it is not UTF-8.
void put_path(Json& object, const std::string& name, std::string_view path);

/// Takes a path put by put_path.
/// @throws Error Fault::usage when there is none, or it is not a string, no base64 or holds a NUL byte
std::string get_path(const Json& object, const std::string& name);

/// One line, no newline inside or at the end; never throws on strings that are not UTF-8 (they are replaced).
std::string to_line(const Json& object);

/// @throws Error Fault::usage, with what is wrong, when `text` is not one JSON object
Json parse_object(std::string_view text);

/// Well-formed by RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view bytes) noexcept;

/// RFC 4648 with padding.
std::string to_base64(std::string_view bytes);
/// Padding may be missing; anything else that is off gives nothing.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace echofold
