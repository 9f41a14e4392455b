// See exit_code.h.
#include "tools/exit_code.h"

namespace echofold {

ExitCode exit_code_of(Fault fault) noexcept {
  switch (fault) {
    case Fault::usage:
      return ExitCode::usage;
    case Fault::guard:
    case Fault::version:
    case Fault::damaged:
      return ExitCode::guard;  // refused before anything was changed
    case Fault::no_database:
      return ExitCode::no_database;
    case Fault::locked:
      return ExitCode::locked;
    case Fault::interrupted:
      return ExitCode::interrupted;
    case Fault::io:
    case Fault::missing:
    case Fault::permission:
    case Fault::unsupported:
    case Fault::full:
    case Fault::changed:
      return ExitCode::some_failed;
  }
  return ExitCode::some_failed;
}

}  // namespace echofold
