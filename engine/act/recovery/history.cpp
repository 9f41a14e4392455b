// Reads all journals, newest first.
#include "engine/act/recovery/history.h"

#include <map>
#include <string>
#include <utility>
#include <variant>

#include "engine/act/journal/journal_read.h"
#include "engine/act/journal/runs_dir.h"
#include "index/base/error.h"
#include "index/base/fs/folder.h"

namespace echofold {
namespace {

bool is_there(const std::string& path) {
  try {
    return look_at(path).has_value();
  } catch (const Error&) {
    return false;
  }
}

/// Where the files of runs are now. The runs have to be passed to it newest first.
class MovedFilesNow {
 public:
  /// Fills moves_gone and moves_moved_on of `info`.
  void look_at_files(const JournalContents& contents, RunInfo& info) {
    for (auto step = contents.steps.rbegin(); step != contents.steps.rend(); ++step) {
      const auto* entry = std::get_if<MoveStep>(&*step);
      if (entry == nullptr || entry->state != StepState::done) continue;
      const auto later = moved_on_.find(entry->move.to);
      const bool stayed = is_there(entry->move.to);
      const bool is_somewhere = stayed || (later != moved_on_.end() && later->second.is_somewhere);
      const bool in_this_run = later != moved_on_.end() && later->second.run == info.run;
      if (!is_somewhere)
        ++info.moves_gone;
      else if (!stayed && !in_this_run)
        ++info.moves_moved_on;
      moved_on_.insert_or_assign(entry->move.from, Later{info.run, is_somewhere});
    }
  }

 private:
  struct Later {
    std::string run;
    bool is_somewhere = false;  ///< the file is where that run, or one after it, put it
  };
  std::map<std::string, Later> moved_on_;  // by the path that the file had before that run
};

}  // namespace

std::vector<RunInfo> history(const Store& store, bool look_for_files) {
  std::vector<RunInfo> runs;
  MovedFilesNow now;
  const auto files = journal_files(runs_dir(store));
  for (auto file = files.rbegin(); file != files.rend(); ++file) try {
      const JournalContents contents = read_journal(*file);
      runs.push_back(contents.info);
      if (look_for_files) now.look_at_files(contents, runs.back());
    } catch (const Error& e) {
      RunInfo unreadable;
      unreadable.run = file->stem().string();
      unreadable.problem = e;
      runs.push_back(std::move(unreadable));
    }
  return runs;
}

}  // namespace echofold
