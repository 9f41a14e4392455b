// Writes paths as JSON strings or base64, writes objects as one line, and parses untrusted text.
#include "index/base/json.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "index/base/error.h"
#include "index/base/nesting.h"
#include "index/base/text/utf8.h"

namespace echofold {
namespace {

constexpr std::string_view base64_letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t no_letter = 0xff;

constexpr std::array<std::uint8_t, 256> base64_values() {
  std::array<std::uint8_t, 256> values{};
  for (auto& value : values) value = no_letter;
  for (std::size_t i = 0; i < base64_letters.size(); ++i)
    values[static_cast<unsigned char>(base64_letters[i])] = static_cast<std::uint8_t>(i);
  return values;
}

/// Removes the start of nlohmann's messages, such as "[json.exception.parse_error.101]", which means nothing to users.
std::string plain_message(std::string_view message) {
  if (const auto end = message.find("] "); end != std::string_view::npos) message.remove_prefix(end + 2);
  constexpr std::size_t longest = 200;  // it quotes the text read so far, which may be megabytes
  std::string plain(message.substr(0, longest));
  if (message.size() > longest) plain += "...";
  return plain;
}

}  // namespace

std::string to_base64(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k)
      group = group << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u);
    const std::size_t letters = std::min<std::size_t>(bytes.size() - i, 3) + 1;
    for (std::size_t k = 0; k < 4; ++k)
      text += k < letters ? base64_letters[group >> (18 - 6 * k) & 63] : '=';
  }
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  static constexpr auto values = base64_values();
  for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
  if (text.size() % 4 == 1) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t bits = 0;
  int bit_count = 0;
  for (const char letter : text) {
    const std::uint8_t value = values[static_cast<unsigned char>(letter)];
    if (value == no_letter) return std::nullopt;
    bits = bits << 6 | value;
    bit_count += 6;
    if (bit_count < 8) continue;
    bit_count -= 8;
    bytes += static_cast<char>(bits >> bit_count & 0xff);
  }
  return bytes;
}

void put_path(Json& object, const std::string& name, std::string_view path) {
  if (is_utf8(path))
    object[name] = path;
  else
    object[name + "_base64"] = to_base64(path);
}

std::string get_path(const Json& object, const std::string& name) {
  const auto take = [&](const std::string& field) -> const std::string* {
    const auto found = object.find(field);
    if (found == object.end()) return nullptr;
    if (!found->is_string()) throw Error(Fault::usage, "\"" + field + "\" is not a string");
    return found->get_ptr<const std::string*>();
  };
  std::string path;
  if (const std::string* plain = take(name)) {
    path = *plain;
  } else if (const std::string* encoded = take(name + "_base64")) {
    auto bytes = from_base64(*encoded);
    if (!bytes) throw Error(Fault::usage, "\"" + name + "_base64\" is not base64");
    path = *std::move(bytes);
  } else {
    throw Error(Fault::usage, "there is no \"" + name + "\"");
  }
  // The system would take the bytes before the NUL for the whole path.
  if (path.find('\0') != std::string::npos) throw Error(Fault::usage, "\"" + name + "\" holds a NUL byte");
  return path;
}

std::string to_line(const Json& object) {
  return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json parse_object(std::string_view text) {
  require_shallow_json(text);
  Json value;
  try {
    value = Json::parse(text.begin(), text.end());
  } catch (const Json::exception& e) {
    throw Error(Fault::usage, "not JSON: " + plain_message(e.what()));
  }
  if (!value.is_object()) throw Error(Fault::usage, "not a JSON object");
  return value;
}

}  // namespace echofold
