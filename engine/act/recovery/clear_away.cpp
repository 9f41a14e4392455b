// Removes folders, innermost first.
#include "engine/act/recovery/clear_away.h"

#include <set>
#include <string>
#include <vector>

#include "engine/act/files/empty_folder.h"
#include "engine/act/files/folder_times.h"
#include "engine/act/files/guard_files.h"
#include "engine/act/journal/run_info.h"
#include "engine/act/journal/runs_dir.h"
#include "engine/act/journal/step.h"
#include "index/base/error.h"
#include "index/base/fs/folder.h"
#include "index/base/fs/path.h"

namespace echofold {

void clear_away(const JournalContents& contents) {
  FolderTimes times(contents.folders);
  std::set<std::string> guarded;
  for (const MoveStep& entry : moves_of(contents.steps))
    if (entry.move.purpose == MovePurpose::set_aside)
      if (auto folder = guarded_folder(entry.move.to, contents.info.run)) guarded.insert(*std::move(folder));
  for (auto path = contents.made_folders.rbegin(); path != contents.made_folders.rend(); ++path) {
    const std::vector<std::string> parent{split_path(*path).folder};
    times.about_to_restore(parent);
    if (guarded.erase(*path) > 0) remove_guards_if_alone(*path);
    remove_empty_folder(*path);
    times.changed(parent);
  }
  for (const std::string& folder : guarded) {  // made by another run, or by the user
    times.about_to_restore({folder});
    remove_guards_if_alone(folder);
    times.changed({folder});
  }
  if (contents.info.moves_purged == 0) times.set_back();  // after a purge the folders are not as they were
}

void close_if_nothing_left(Journal& journal) {
  const JournalContents contents = read_journal(journal.file());
  const RunInfo& info = contents.info;
  if (info.taken_back || (info.outstanding() > 0 && !info.is_purged())) return;
  clear_away(contents);
  if (info.moves_undone + info.rewrites_undone > 0 && info.outstanding() == 0) journal.taken_back();
}

void clear_away_after_others(const std::filesystem::path& runs_dir) {
  for (const auto& file : journal_files(runs_dir)) try {
      const JournalContents contents = read_journal(file);
      if ((contents.info.taken_back || contents.info.is_purged()) && !contents.made_folders.empty() &&
          look_at(contents.made_folders.front()))
        clear_away(contents);
    } catch (const Error&) {
      continue;  // empty folders do no harm
    }
}

}  // namespace echofold
