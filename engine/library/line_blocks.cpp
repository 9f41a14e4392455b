// Reads in large pieces. A line cut off at the end of a piece is kept for the next block.
#include "engine/library/line_blocks.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "index/base/error.h"

namespace echofold {

LineBlocks::LineBlocks(std::istream& in, std::size_t block_bytes, std::size_t longest_line)
    : in_(in), block_bytes_(block_bytes), longest_line_(longest_line) {
  read_more(rest_);
  if (rest_.starts_with("\xef\xbb\xbf")) rest_.erase(0, 3);
}

/// @return false if there was nothing more
bool LineBlocks::read_more(std::string& text) {
  if (in_.eof()) return false;  // a previous read reached it
  const std::size_t before = text.size();
  text.resize(before + block_bytes_);
  in_.read(text.data() + before, static_cast<std::streamsize>(block_bytes_));
  if (in_.bad() || (in_.fail() && !in_.eof()))
    throw Error(Fault::io, "the lines to import can't be read any further");
  text.resize(before + static_cast<std::size_t>(in_.gcount()));
  return text.size() > before;
}

void LineBlocks::skip_line() {
  do {
    if (const auto newline = rest_.find('\n'); newline != std::string::npos) {
      rest_.erase(0, newline + 1);
      return;
    }
    rest_.clear();
  } while (read_more(rest_));
}

bool LineBlocks::next(LineBlock& block) {
  block = {};
  block.first_line = line_;
  std::string text = std::exchange(rest_, {});
  std::size_t end = text.rfind('\n');
  while (end == std::string::npos && text.size() <= longest_line_) {
    const std::size_t before = text.size();
    if (!read_more(text)) break;
    const auto newline = std::string_view(text).substr(before).rfind('\n');
    if (newline != std::string_view::npos) end = before + newline;
  }
  if (text.empty()) return false;
  const std::size_t first_end = std::min(text.find('\n'), text.size());
  if (first_end > longest_line_) {
    rest_ = std::move(text);
    skip_line();
    ++line_;
    block.too_long = true;
    return true;
  }
  if (end == std::string::npos) end = text.size() - 1;  // the stream's last line, without a newline
  rest_.assign(text, end + 1);
  text.resize(end + 1);
  line_ += static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
  block.text = std::move(text);
  return true;
}

}  // namespace echofold
