// Ctrl-C once asks every stage to stop cleanly; twice ends the program at once.
#pragma once

#include <stop_token>

namespace echofold {

/// Catches SIGINT and SIGTERM from now on. Call once, before any thread starts; after it returns it is safe to fork.
/// @return the token for all stages; its stop is requested at the first signal
std::stop_token stop_on_signals();

/// The first signal that arrived; 0 before.
int stop_signal() noexcept;

}  // namespace echofold
