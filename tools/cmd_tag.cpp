// tag PATH...: looks files up at AcoustID and writes their tags.
#include "tools/commands.h"
#include "tools/library.h"
#include "tools/stages/tag_run.h"

namespace echofold {

ExitCode run_verb(const TagOptions& options, const std::stop_token& stop) {
  if (!options.offline) require_lookup_settings(options);  // before anything else is done
  Store store = open_library(options, false);
  return run_tag_stage(store, options, select_for_tags(store, options, stop), stop);
}

}  // namespace echofold
