// Data on stdout, messages on stderr; a full disk or a closed pipe behind stdout is noticed.
#pragma once

#include <ostream>
#include <string>
#include <string_view>

#include "engine/report/table.h"
#include "tools/options/shared.h"

namespace echofold {

/// To be called once, before anything is written to standard output.
void set_up_output();

/// Where data goes. Buffered; ends with flush_output().
std::ostream& data_out();

/// Everything written to data_out() is handed over. @throws Error Fault::io or full when it can't be
void flush_output();

/// Colour and width for the tables on stdout.
TableStyle table_style(const GlobalOptions& options);

/// Says at the end of a table what the user can do next; nothing with --quiet or in other formats.
/// @param step  a sentence, without newline; may be empty
void say_next(const GlobalOptions& options, std::string_view step);

/// A printable sentence on stdout, wrapped on a terminal.
void print_sentence(const GlobalOptions& options, std::string_view sentence);

/// The logger of stderr, by verbosity, and of the file of --log. Messages are single lines; control characters must be
/// escaped before.
/// @param with_time  whether lines on stderr begin with date and time
/// @throws Error Fault::usage when the file can't be written
void set_up_log(const GlobalOptions& options, bool with_time);

/// A message for the file of --log alone, control characters escaped here; nothing where there is none.
void note_in_log(const std::string& message, bool is_error = false);

}  // namespace echofold
