// See ask_yes.h.
#include "tools/console/ask_yes.h"

#include <optional>

#include "index/base/error.h"
#include "index/base/fs/input_stream.h"
#include "tools/console/output.h"
#include "tools/console/terminal.h"

namespace echofold {
namespace {

std::optional<bool> meaning_of(const std::string& line, bool by_default) {
  const std::size_t first = line.find_first_not_of(" \t\r");
  if (first == std::string::npos) return by_default;
  const std::string word = line.substr(first, line.find_last_not_of(" \t\r") + 1 - first);
  if (word == "y" || word == "Y" || word == "yes" || word == "Yes") return true;
  if (word == "n" || word == "N" || word == "no" || word == "No") return false;
  return std::nullopt;
}

}  // namespace

bool can_ask() noexcept { return stdin_is_terminal() && stdout_is_terminal(); }

bool ask_yes(const std::string& question, bool by_default, const std::stop_token& stop) {
  InputStream in("-", stop);
  for (std::string line;;) {
    data_out() << question << (by_default ? " [Y/n] " : " [y/N] ") << std::flush;
    if (!std::getline(in, line)) {
      data_out() << '\n' << std::flush;
      if (stop.stop_requested()) throw Error(Fault::interrupted, "interrupted");
      return false;
    }
    if (const auto answer = meaning_of(line, by_default)) return *answer;
    data_out() << "Please answer y or n.\n";
  }
}

}  // namespace echofold
