// query FILE: one file against the library; changes nothing.
#include "engine/dedupe/damaged_copies.h"
#include "engine/dedupe/query.h"
#include "tools/commands.h"
#include "tools/console/output.h"
#include "tools/console/pair_output.h"
#include "tools/library.h"
#include "tools/stages/decoding.h"
#include "tools/stages/read_file.h"

namespace echofold {

ExitCode run_verb(const QueryOptions& options, const std::stop_token& stop) {
  const Store store = Store::open_to_read(options.db);
  // One snapshot after the other: while one is open, a library that another run has enlarged can't be read.
  const LooseTrack file = known_or_read(store.snapshot(), options.file, jailed_reader(), stop);
  const TrackId self = store.snapshot().find_path(file.record.path).value_or(0);
  const auto matches = query(store, file.items, match_settings(options), self, stop);
  const Snapshot snapshot = store.snapshot();
  begin_pairs(options);
  const Thresholds thresholds = thresholds_of(options);
  for (const QueryMatch& match : matches)
    if (const auto track = snapshot.track(match.track))
      print_pair(file.record, *track,
                 {0, match.track, match.evidence,
                  with_damaged_copy(match.judgement, match.evidence, file.record, *track, thresholds)},
                 options);
  if (matches.empty() && options.format.value_or(Format::table) == Format::table)
    data_out() << "nothing like it in the library\n";
  return ExitCode::done;
}

}  // namespace echofold
