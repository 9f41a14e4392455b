// Assembles keys from the bytes of the terminal.
#include "tools/console/keys.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "tools/console/raw_terminal.h"

namespace echofold {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr milliseconds stop_interval = 100ms;
constexpr milliseconds sequence_gap = 30ms;  ///< the bytes of one key follow each other faster
constexpr char escape = '\x1b', end_of_input = '\x04';

bool has_input(milliseconds longest) {
  pollfd input{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
  return poll(&input, 1, static_cast<int>(longest.count())) > 0;
}

/// Nothing at the end of the input.
std::optional<char> read_byte() {
  char byte = 0;
  ssize_t count = 0;
  do {
    count = read(STDIN_FILENO, &byte, 1);
  } while (count < 0 && errno == EINTR);
  return count == 1 ? std::optional(byte) : std::nullopt;
}

std::size_t length_of_character(char first) {
  const auto byte = static_cast<unsigned char>(first);
  return byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
}

/// Whether a sequence that begins with an escape is complete: ESC x, ESC O x, or ESC [ and more up to a letter or ~.
bool is_whole_sequence(const std::string& key) {
  if (key.size() < 2) return false;
  if (key[1] == 'O') return key.size() == 3;
  return key[1] != '[' || (key.size() > 2 && key.back() >= '@');
}

std::optional<std::string> read_key() {
  const auto first = read_byte();
  if (!first || *first == end_of_input) return std::nullopt;
  if (*first == '\n' || *first == '\r') return std::string();
  std::string key(1, *first);
  const auto is_whole = [&] {
    return key.front() == escape ? is_whole_sequence(key) : key.size() >= length_of_character(key.front());
  };
  while (!is_whole() && has_input(sequence_gap)) {
    const auto byte = read_byte();
    if (!byte) break;
    key += *byte;
  }
  return key;
}

}  // namespace

std::optional<std::string> next_key(const std::stop_token& stop) {
  const RawTerminal raw;
  while (!stop.stop_requested()) {
    if (take_resumed()) return redraw_key;
    if (has_input(stop_interval)) return read_key();
  }
  return std::nullopt;
}

std::optional<std::string> key_within(const std::stop_token& stop, milliseconds longest) {
  const RawTerminal raw;
  for (; longest > 0ms && !stop.stop_requested(); longest -= stop_interval)
    if (has_input(std::min(longest, stop_interval))) return read_key().value_or("");
  return stop.stop_requested() ? std::optional<std::string>("") : std::nullopt;
}

}  // namespace echofold
