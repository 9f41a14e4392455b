// Asks a question with the answers yes and no.
#pragma once

#include <stop_token>
#include <string>

namespace echofold {

/// Whether stdin and stdout are a terminal, where a user can be asked.
bool can_ask() noexcept;

/// Asks on stdout until the answer is y or n. Plain Enter means `by_default`; the end of the input means no.
/// @throws Error Fault::interrupted when a stop is requested before the answer
bool ask_yes(const std::string& question, bool by_default, const std::stop_token& stop);

}  // namespace echofold
