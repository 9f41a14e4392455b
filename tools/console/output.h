// Data on stdout, messages on stderr; a full disk or a closed pipe behind stdout is noticed.
#pragma once

#include <ostream>
#include <string_view>

#include "engine/report/table.h"
#include "tools/options.h"

namespace echofold {

/// Where data goes. Buffered; ends with flush_output().
std::ostream& data_out();

/// Everything written to data_out() is handed over. @throws Error Fault::io or full when it can't be
void flush_output();

/// Colour and width for the tables on stdout.
TableStyle table_style(const Options& options);

/// Says at the end of a table what the user can do next; nothing with --quiet or in other formats.
/// @param step  a sentence, without newline
void say_next(const Options& options, std::string_view step);

/// The logger of stderr, by verbosity. Messages are single lines; control characters must be escaped before.
void set_up_log(const Options& options);

}  // namespace echofold
