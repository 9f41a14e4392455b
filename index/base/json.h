// The rules of all JSON in echofold: paths are bytes, an object is one line, numbers are in range.
#pragma once

#include <concepts>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "index/base/error.h"

namespace echofold {

using Json = nlohmann::ordered_json;

/// Stores a path under `name`, or its base64 under `<name>_base64` when it is not UTF-8.
void put_path(Json& object, const std::string& name, std::string_view path);

/// Reads a path that put_path stored.
/// @throws Error Fault::usage when there is no path, or it is not a string, not base64 or contains a NUL byte
std::string get_path(const Json& object, const std::string& name);

/// A whole number that `T` can hold; `name` is for the message. nlohmann's own get() truncates fractions, wraps numbers
/// that are out of range, and is undefined for floats that are.
/// @throws Error Fault::usage when `value` is anything else
template <std::integral T>
T whole_number(const Json& value, std::string_view name) {
  if (value.is_number_unsigned()) {
    if (const auto n = value.get<std::uint64_t>(); std::in_range<T>(n)) return static_cast<T>(n);
  } else if (value.is_number_integer()) {
    if (const auto n = value.get<std::int64_t>(); std::in_range<T>(n)) return static_cast<T>(n);
  }
  throw Error(Fault::usage, "\"" + std::string(name) + "\" is not a whole number in its range");
}

/// The whole number that `object` has under `name`.
/// @throws Error Fault::usage, also when there is none
template <std::integral T>
T get_whole(const Json& object, const std::string& name) {
  const auto found = object.find(name);
  if (found == object.end()) throw Error(Fault::usage, "there is no \"" + name + "\"");
  return whole_number<T>(*found, name);
}

/// One line without a newline inside or at the end. Replaces bytes that are not UTF-8.
std::string to_line(const Json& object);

/// @throws Error Fault::usage, with the reason, when `text` is not one JSON object or is nested too deep (nesting.h)
Json parse_object(std::string_view text);

/// RFC 4648 with padding.
std::string to_base64(std::string_view bytes);
/// The bytes, or nothing when `text` is not base64. Padding may be missing.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace echofold
