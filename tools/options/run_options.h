// The verbs about what was done and answered before: undo, history, verdicts, purge.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/options/shared.h"

namespace echofold {

struct UndoOptions : GlobalOptions {
  static constexpr std::string_view verb = "undo";
  std::string run;       ///< empty: the newest
  bool answers = false;  ///< also takes back the answers that sent files away
  bool yes = false;      ///< asks nothing
};

struct HistoryOptions : GlobalOptions {
  static constexpr std::string_view verb = "history";
};

struct VerdictsOptions : GlobalOptions {
  static constexpr std::string_view verb = "verdicts";
  std::vector<std::string> forget;  ///< two files; empty: lists the answers
};

struct PurgeOptions : GlobalOptions {
  static constexpr std::string_view verb = "purge";
  std::string older_than;  ///< as written: "30d"
  long older_than_s = 0;   ///< only runs that are older
  bool yes = false;        ///< asks nothing
};

void declare(CLI::App& app, AllOptions& all, UndoOptions& options);
void declare(CLI::App& app, AllOptions& all, HistoryOptions& options);
void declare(CLI::App& app, AllOptions& all, VerdictsOptions& options);
void declare(CLI::App& app, AllOptions& all, PurgeOptions& options);

void finish(PurgeOptions& options);

}  // namespace echofold
