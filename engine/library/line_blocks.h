// Splits a stream into blocks of whole lines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <istream>
#include <string>

namespace echofold {

struct LineBlock {
  std::uint64_t first_line = 0;  ///< from 1
  std::string text;              ///< whole lines with their newlines; the stream's last line may lack it
  bool too_long = false;         ///< the block is one line that exceeds the limit; `text` is empty
};

/// Drops a byte order mark at the start. One thread at a time.
class LineBlocks {
 public:
  explicit LineBlocks(std::istream& in, std::size_t block_bytes = std::size_t{1} << 20,
                      std::size_t longest_line = std::size_t{64} << 20);

  /// @return false at the end of the stream. @throws Error Fault::io on a read error
  bool next(LineBlock& block);

 private:
  bool read_more(std::string& text);
  void skip_line();

  std::istream& in_;
  std::size_t block_bytes_, longest_line_;
  std::string rest_;  ///< the beginning of the next block's first line
  std::uint64_t line_ = 1;
};

}  // namespace echofold
