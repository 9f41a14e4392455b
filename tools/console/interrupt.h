// Ctrl-C once asks every stage to stop cleanly; twice ends the program at once.
#pragma once

#include <stop_token>

namespace echofold {

/// Catches SIGINT and SIGTERM from now on. Call once, before any thread starts; it is safe to fork once this is back.
/// @return the token that all stages get; requested at the first signal
std::stop_token stop_on_signals();

/// The first signal that came; 0 before.
int stop_signal() noexcept;

}  // namespace echofold
