// See timed_lines.h.
#include "tools/console/timed_lines.h"

#include <algorithm>
#include <utility>

#include "engine/report/figures.h"

namespace echofold {

TimedLines::TimedLines(std::ostream& out, bool ndjson, Now now)
    : out_(out), to_(out.rdbuf()), ndjson_(ndjson), now_(std::move(now)) {
  out_.rdbuf(this);
}

TimedLines::~TimedLines() {
  if (!line_.empty()) pass_on();
  out_.rdbuf(to_);
}

TimedLines::int_type TimedLines::overflow(int_type c) {
  if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
  const char letter = traits_type::to_char_type(c);
  return xsputn(&letter, 1) == 1 ? c : traits_type::eof();
}

std::streamsize TimedLines::xsputn(const char* text, std::streamsize count) {
  for (const char* at = text; at != text + count;) {
    const char* end = std::find(at, text + count, '\n');
    line_.append(at, end);
    if (end == text + count) break;
    line_ += '\n';
    if (!pass_on()) return at - text;
    at = end + 1;
  }
  return count;
}

int TimedLines::sync() { return to_->pubsync(); }

bool TimedLines::pass_on() {
  const std::time_t now = now_();
  if (ndjson_ && line_.ends_with("}\n"))
    line_.replace(line_.size() - 2, 2, ",\"at\":" + std::to_string(now) + "}\n");
  else if (!ndjson_ && line_ != "\n")
    line_.insert(0, local_time_text(now, true) + "  ");
  const auto size = static_cast<std::streamsize>(line_.size());
  const bool all = to_->sputn(line_.data(), size) == size;
  line_.clear();
  return all;
}

}  // namespace echofold
