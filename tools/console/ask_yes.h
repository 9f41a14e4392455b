// A question that is answered with yes or no.
#pragma once

#include <stop_token>
#include <string>

namespace echofold {

/// True when there is somebody to ask: stdin and stdout are a terminal.
bool can_ask() noexcept;

/// Asks on stdout until the answer is y or n. Plain Enter means `by_default`; the end of the input means no.
/// @throws Error Fault::interrupted when a stop is requested before
bool ask_yes(const std::string& question, bool by_default, const std::stop_token& stop);

}  // namespace echofold
