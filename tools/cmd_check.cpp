// check: reports what is damaged in the library; --repair saves what is whole.
#include <algorithm>
#include <array>
#include <string_view>

#include "engine/act/journal/journal_read.h"
#include "engine/act/journal/runs_dir.h"
#include "engine/report/health.h"
#include "index/base/error.h"
#include "tools/commands.h"
#include "tools/console/output.h"

namespace echofold {
namespace {

struct Journals {
  std::string library_id;  ///< of the newest one that can be read
  std::vector<Damage> damages;
};

Journals read_journals(const std::string& db) {
  Journals journals;
  for (const auto& file : journal_files(std::filesystem::path(db) / "runs")) try {
      journals.library_id = read_journal(file).info.library_id;
    } catch (const Error& e) {
      journals.damages.push_back({"runs", 0, file.string(), e.what()});
    }
  return journals;
}

/// All tables but these are made again from them.
bool loses_nothing(const LibraryHealth& health) {
  constexpr std::array<std::string_view, 5> own = {"tracks", "items", "verdicts", "roots", "meta"};
  return std::none_of(health.tables.begin(), health.tables.end(), [&](const TableHealth& table) {
    return table.damaged + table.missing > 0 && std::find(own.begin(), own.end(), table.name) != own.end();
  });
}

void print(const LibraryHealth& health, const Repaired* repaired, const CheckOptions& options) {
  const bool is_repaired = repaired != nullptr && !repaired->kept_as.empty();
  if (options.format == Format::ndjson) {
    for (const Damage& damage : health.damages) data_out() << damage_to_line(damage) << '\n';
    data_out() << health_to_line(health, repaired) << '\n';
    return;
  }
  data_out() << health_table(health);
  if (is_repaired) data_out() << repaired_text(*repaired);
}

}  // namespace

ExitCode run_verb(const CheckOptions& options, const std::stop_token&) {
  const Journals journals = read_journals(options.db);
  Repaired repaired;
  if (options.repair)
    repaired = repair_library(options.db, journals.library_id);
  else
    repaired.health = examine_library(options.db);
  LibraryHealth health = repaired.health;
  health.damages.insert(health.damages.end(), journals.damages.begin(), journals.damages.end());
  print(health, &repaired, options);
  if (health.whole()) return ExitCode::done;
  if (repaired.kept_as.empty() || !journals.damages.empty()) return ExitCode::guard;
  return loses_nothing(health) ? ExitCode::done : ExitCode::some_failed;
}

}  // namespace echofold
