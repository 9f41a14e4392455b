// What the streams are connected to, and what may be shown there.
#pragma once

#include <cstddef>

#include "tools/options/shared.h"

namespace echofold {

bool stdin_is_terminal() noexcept;
bool stdout_is_terminal() noexcept;
bool stderr_is_terminal() noexcept;

/// Columns of the terminal behind stderr; 80 when unknown.
std::size_t terminal_columns() noexcept;

/// Colour on stdout: as the option says, else on a terminal unless NO_COLOR is set or TERM is "dumb".
bool color_on_stdout(const GlobalOptions& options) noexcept;

/// Progress on stderr: as the option says, else on a terminal unless --quiet is given.
bool progress_on_stderr(const GlobalOptions& options) noexcept;

}  // namespace echofold
