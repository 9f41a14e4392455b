// Data on stdout, messages on stderr; a full disk or a closed pipe behind stdout is detected.
#pragma once

#include <ostream>
#include <string>
#include <string_view>

#include "engine/report/table.h"
#include "tools/options/shared.h"

namespace echofold {

/// To be called once, before anything is written to standard output.
void set_up_output();

/// The stream for data. Buffered: call flush_output() at the end.
std::ostream& data_out();

/// Writes out everything that was given to data_out(). @throws Error Fault::io or full when that fails
void flush_output();

/// Colour and width for the tables on stdout.
TableStyle table_style(const GlobalOptions& options);

/// Prints at the end of a table what the user can do next; nothing with --quiet or in other formats.
/// @param step  a sentence, without newline; may be empty
void print_next_step(const GlobalOptions& options, std::string_view step);

/// Prints a sentence on stdout, wrapped on a terminal. It must be printable.
void print_sentence(const GlobalOptions& options, std::string_view sentence);

/// "echofold: " and a message, without newline. Wrapped if stderr is a terminal. It must be printable.
std::string message_text(std::string_view message);

/// Sets up the logger: stderr, by verbosity, and the file of --log. Messages are single lines; control characters must
/// be escaped before. A terminal gets them wrapped, except with_time: there each line begins with its time.
/// @param with_time  whether lines on stderr begin with date and time
/// @throws Error Fault::usage when the file can't be written
void set_up_log(const GlobalOptions& options, bool with_time);

/// Writes a message only to the file of --log and escapes its control characters; does nothing without --log.
void note_in_log(const std::string& message, bool is_error = false);

}  // namespace echofold
