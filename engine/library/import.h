// Imports fingerprints made elsewhere, as NDJSON lines, into the store.
#pragma once

#include <cstdint>
#include <functional>
#include <istream>
#include <stop_token>
#include <string>

#include "index/base/error.h"
#include "index/store/store.h"

namespace echofold {

struct ImportFailure {
  std::uint64_t line = 0;  ///< from 1
  Error error;             ///< what is wrong with it
};

struct ImportSummary {
  std::uint64_t imported = 0, unchanged = 0, failed = 0;
};

/// Reads lines `{"path","duration","fingerprint"}`: `fingerprint` is compressed text or an array of items, `duration`
/// is in seconds; `path_base64` replaces a path that is not UTF-8. Blank lines are skipped. A bad line goes to
/// `on_failure`, and the good ones are still imported. A known path is replaced, except that of a scanned file, which
/// is a failure: an import never hides a real file. Parses in parallel and commits in batches; several thousand
/// tracks per second.
/// @throws Error Fault::interrupted, Fault::full, Fault::io
ImportSummary import_fingerprints(Store& store, std::istream& in,
                                  const std::function<void(const ImportFailure&)>& on_failure,
                                  const std::function<void(std::uint64_t lines)>& on_progress = {},
                                  const std::stop_token& stop = {});

/// The same without writing: reports what an import would do. Two lines with the same path both count as imported.
/// @param library  null if there is none yet
ImportSummary check_import(const Store* library, std::istream& in,
                           const std::function<void(const ImportFailure&)>& on_failure,
                           const std::function<void(std::uint64_t lines)>& on_progress = {},
                           const std::stop_token& stop = {});

}  // namespace echofold
