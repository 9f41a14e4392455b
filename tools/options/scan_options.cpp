// See scan_options.h.
#include "tools/options/scan_options.h"

#include "index/base/error.h"
#include "tools/options/verb_flags.h"

namespace echofold {

void declare(CLI::App& app, AllOptions& all, ScanOptions& options) {
  CLI::App* verb = add_acting_verb(app, all, options.verb, "Fingerprint what is new or changed");
  add_source_flags(verb, all, options);
  add_format(verb, all);
}

void finish(ScanOptions& options) {
  if (options.paths.empty() && options.files_from.empty())
    throw Error(Fault::usage, "no paths given: name the folders or files to look at");
}

void declare(CLI::App& app, AllOptions& all, ImportOptions& options) {
  CLI::App* verb = add_acting_verb(app, all, options.verb, "Take fingerprints made elsewhere (NDJSON)");
  add_path(verb, all, "file", options.input, "NDJSON file; - is stdin")->type_name("FILE");
}

}  // namespace echofold
