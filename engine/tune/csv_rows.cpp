// See csv_rows.h.
#include "engine/tune/csv_rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "index/base/error.h"

namespace echofold {
namespace {

class Parser {
 public:
  Parser(std::string_view text, const std::string& name) : text_(text), name_(name) {
    if (text_.starts_with("\xef\xbb\xbf")) at_ = 3;
  }

  std::vector<CsvRow> rows() {
    std::vector<CsvRow> rows;
    while (at_ < text_.size())
      if (CsvRow row = read_row(); row.cells.size() > 1 || !row.cells.front().empty())
        rows.push_back(std::move(row));
    return rows;
  }

 private:
  CsvRow read_row() {
    CsvRow row;
    row.line = line_;
    do row.cells.push_back(at_ < text_.size() && text_[at_] == '"' ? quoted_cell() : plain_cell());
    while (take(','));
    take('\r');
    if (at_ < text_.size() && !take('\n')) refuse(line_, "there is something behind a closing quote");
    ++line_;
    return row;
  }

  std::string plain_cell() {
    const std::size_t end = std::min(text_.find_first_of(",\n", at_), text_.size());
    std::string_view cell = text_.substr(at_, end - at_);
    if (cell.ends_with('\r') && (end == text_.size() || text_[end] == '\n')) cell.remove_suffix(1);
    if (cell.find('"') != std::string_view::npos)
      refuse(line_, "a quote stands inside a cell without quotes");
    at_ += cell.size();
    return std::string(cell);
  }

  std::string quoted_cell() {
    const std::uint64_t first_line = line_;
    std::string cell;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '"') {
        ++at_;
        if (at_ == text_.size() || text_[at_] != '"') return cell;
      }
      if (text_[at_] == '\n') ++line_;
      cell += text_[at_];
    }
    refuse(first_line, "a quote is never closed");
  }

  bool take(char c) noexcept {
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  [[noreturn]] void refuse(std::uint64_t line, const char* what) const {
    throw Error(Fault::usage, fmt::format("{}:{}: {}", name_, line, what));
  }

  std::string_view text_;
  const std::string& name_;
  std::size_t at_ = 0;
  std::uint64_t line_ = 1;
};

}  // namespace

std::vector<CsvRow> parse_csv(std::string_view text, const std::string& name) {
  return Parser(text, name).rows();
}

std::optional<std::size_t> column_of(const CsvRow& header, std::string_view column) {
  const auto found = std::find(header.cells.begin(), header.cells.end(), column);
  if (found == header.cells.end()) return std::nullopt;
  return static_cast<std::size_t>(found - header.cells.begin());
}

}  // namespace echofold
