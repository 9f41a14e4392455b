// See pair_output.h.
#include "tools/console/pair_output.h"

#include "engine/report/csv.h"
#include "engine/report/ndjson.h"
#include "engine/report/table.h"
#include "tools/console/output.h"

namespace echofold {

void begin_pairs(const GlobalOptions& options) {
  if (options.format == Format::csv) data_out() << pair_csv_header();
}

void print_pair(const TrackRecord& a, const TrackRecord& b, const ListedPair& pair,
                const GlobalOptions& options) {
  switch (options.format.value_or(Format::table)) {
    case Format::ndjson:
      data_out() << pair_to_line(a, b, pair) << '\n';
      break;
    case Format::csv:
      data_out() << pair_to_csv(a, b, pair);
      break;
    case Format::table:
    case Format::m3u:
    case Format::html:
      data_out() << pair_table(a, b, pair, table_style(options));
      break;
  }
}

}  // namespace echofold
