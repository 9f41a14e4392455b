// Two small scanners that do not recurse.
#include "index/base/nesting.h"

#include <algorithm>
#include <string>
#include <vector>

#include "index/base/error.h"

namespace echofold {
namespace {

void require_level(std::size_t level) {
  if (level <= most_levels) return;
  throw Error(Fault::usage,
              "it is nested more than " + std::to_string(most_levels) +
                  " levels deep, and nothing that echofold reads is: check where it comes from");
}

/// The place after the string whose opening quote is at `at`.
std::size_t json_string_end(std::string_view text, std::size_t at) noexcept {
  for (++at; at < text.size() && text[at] != '"'; ++at)
    if (text[at] == '\\') ++at;
  return at + 1;
}

/// One pass over a TOML text. `at_` is the next character.
class TomlScan {
 public:
  explicit TomlScan(std::string_view text) : text_(text) {}

  void run() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"' || c == '\'') {
        begin_key();
        skip_string(c);
        continue;
      }
      ++at_;
      take(c);
      require_level(header_ + around_ + parts_);
    }
  }

 private:
  void take(char c) {
    if (c == ' ' || c == '\t' || c == '\r') return;
    if (c == '#') return skip_comment();
    if (c == '\n') return end_line();
    if (c == '[' && open_.empty() && in_key_ && blank_) return begin_header();
    begin_key();
    if (c == '[' || c == '{') return open(c);
    if (c == ']' || c == '}') return close();
    if (c == ',') return begin_entry(!open_.empty() && open_.back().bracket == '{');
    if (c == '=') in_key_ = false;
    if (c == '.' && in_key_) ++parts_;
  }

  void skip_comment() noexcept { at_ = std::min(text_.find('\n', at_), text_.size()); }

  /// A statement ends at the end of a line outside all brackets.
  void end_line() {
    if (!open_.empty()) return;
    if (in_header_) header_ = parts_;
    in_header_ = false;
    in_key_ = blank_ = true;
    parts_ = 0;
  }

  /// To be called for the first letter of a statement.
  void begin_key() noexcept {
    if (blank_) parts_ = 1;
    blank_ = false;
  }

  /// The name in "[a.b]" is a key whose parts enclose all statements that follow.
  void begin_header() {
    in_header_ = true;
    header_ = 0;
    begin_key();
    if (!text_.substr(at_).starts_with('[')) return;
    ++at_;  // "[[" begins the header of an array of tables
    ++parts_;
  }

  void begin_entry(bool with_key) noexcept {
    in_key_ = with_key;
    parts_ = with_key ? 1 : 0;
  }

  void open(char bracket) {
    open_.push_back({bracket, parts_ + 1});
    around_ += parts_ + 1;
    begin_entry(bracket == '{');
  }

  void close() {
    if (open_.empty()) return;  // the end of a header
    around_ -= open_.back().levels;
    open_.pop_back();
    in_key_ = false;
    parts_ = 0;
  }

  void skip_string(char quote) noexcept {
    const std::string three(3, quote);
    const bool long_one = text_.substr(at_).starts_with(three);
    at_ += long_one ? 3 : 1;
    for (; at_ < text_.size(); ++at_) {
      if (quote == '"' && text_[at_] == '\\') {
        ++at_;
      } else if (!long_one && (text_[at_] == quote || text_[at_] == '\n')) {
        if (text_[at_] == quote) ++at_;
        return;
      } else if (long_one && text_.substr(at_).starts_with(three)) {
        for (at_ += 3; at_ < text_.size() && text_[at_] == quote;
             ++at_) {  // the string itself may end with up to two quotes
        }
        return;
      }
    }
  }

  struct Open {
    char bracket;
    std::size_t levels;  ///< of the bracket and of the key before it
  };

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Open> open_;  // the open brackets
  std::size_t around_ = 0;  // the sum of their levels
  std::size_t header_ = 0;  // the levels of the last header
  std::size_t parts_ = 0;   // the parts of the current key
  bool in_key_ = true, in_header_ = false;
  bool blank_ = true;  // the statement has no characters yet
};

}  // namespace

void require_shallow_json(std::string_view text) {
  std::size_t level = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') {
      at = json_string_end(text, at) - 1;
    } else if (c == '[' || c == '{') {
      require_level(++level);
    } else if ((c == ']' || c == '}') && level > 0) {
      --level;
    }
  }
}

void require_shallow_toml(std::string_view text) { TomlScan(text).run(); }

}  // namespace echofold
