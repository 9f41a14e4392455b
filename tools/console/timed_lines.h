// Adds the time to each line of a stream, for a daemon.
#pragma once

#include <ctime>
#include <functional>
#include <ostream>
#include <streambuf>
#include <string>

namespace echofold {

/// During its lifetime, each line written to `out` is passed on with its time: text gets it in front,
/// "2026-11-30 04:12:33  ", and an object of NDJSON as its last member `at` (Unix time in s). An unfinished line waits
/// for its end. One thread at a time.
class TimedLines : private std::streambuf {
 public:
  using Now = std::function<std::time_t()>;
  TimedLines(
      std::ostream& out, bool ndjson, Now now = [] { return std::time(nullptr); });
  ~TimedLines() override;
  TimedLines(const TimedLines&) = delete;
  TimedLines& operator=(const TimedLines&) = delete;

 private:
  int_type overflow(int_type c) override;
  std::streamsize xsputn(const char* text, std::streamsize count) override;
  int sync() override;
  bool pass_on();

  std::ostream& out_;
  std::streambuf* to_;
  bool ndjson_;
  Now now_;
  std::string line_;
};

}  // namespace echofold
