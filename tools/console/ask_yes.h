// A question that is answered with yes or no.
#pragma once

#include <string>

namespace echofold {

/// True when there is somebody to ask: stdin and stdout are a terminal.
bool can_ask() noexcept;

/// Asks on stdout until the answer is y or n. Plain Enter means `by_default`; the end of the input means no.
bool ask_yes(const std::string& question, bool by_default);

}  // namespace echofold
