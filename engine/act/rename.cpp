// Renames in batches: one line of intent, then one move after the other. Removes emptied folders at the end.
#include "engine/act/rename.h"

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "engine/act/active_run.h"
#include "engine/act/files/names_on_disk.h"
#include "engine/act/journal/step.h"
#include "index/base/error.h"
#include "index/base/fs/folder.h"
#include "index/base/fs/path.h"
#include "index/base/fs/stamp.h"
#include "index/base/text/folding.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

constexpr std::size_t most_in_batch = 64;
constexpr const char* stopped_before = "stopped on request before it was moved";

/// True if what was found at `to` is the file itself: the folder lists no such name, but this file system takes it
/// for the file's own.
bool is_equivalent_name(const struct stat& file, const struct stat& found, const std::string& to) {
  const bool same = file.st_dev == found.st_dev && file.st_ino == found.st_ino;
  if (!same) return false;
  const SplitPath split = split_path(to);
  return !is_listed(split.folder, split.name);
}

std::string free_name_beside(const std::string& path) {
  const SplitPath split = split_path(path);
  const std::string folder = split.folder == "/" ? "/" : split.folder + "/";
  for (unsigned number = 2;; ++number)
    if (std::string free = folder + numbered_name(split.name, number); !look_at(free)) return free;
}

/// The step of a file that keeps its name.
MoveStep never_announced(const Rename& rename, const Error& why) {
  MoveStep step;
  step.state = StepState::skipped;
  step.note = why.what();
  step.move.track = rename.track;
  step.move.purpose = MovePurpose::rename;
  step.move.from = rename.from;
  step.move.to = rename.to;
  step.move.stamp = rename.stamp;
  step.move.goes_with = rename.with;
  return step;
}

/// A move to be announced: its turn, the folders to be made for it, and those that it touches.
struct Planned {
  RenameTurn turn;
  std::vector<FolderToMake> folders;
  std::vector<std::string> touched;
};

class RenameRun {
 public:
  RenameRun(Store& store, const std::string& kind, const std::vector<Rename>& renames,
            const std::function<void(const MoveStep&)>& on_step, std::stop_token stop,
            const AfterMoves& after_moves)
      : run_(store, kind), on_step_(on_step), stop_(std::move(stop)), after_moves_(after_moves) {
    std::map<std::string, std::size_t> by_name;
    for (std::size_t which = 0; which < renames.size(); ++which) by_name[renames[which].from] = which;
    for (std::size_t which = 0; which < renames.size(); ++which) {
      const Rename& rename = renames[which];
      files_.push_back({&rename, rename.from, rename.stamp, rename.via});
      if (const auto music = by_name.find(rename.with); !rename.with.empty() && music != by_name.end()) {
        files_.back().music = music->second;
        partners_[music->second].push_back(which);
      }
    }
  }

  ApplySummary act(const std::vector<RenameTurn>& turns) {
    turns_.assign(turns.begin(), turns.end());
    while (!turns_.empty() && !stopped()) batch();
    if (run_.is_open()) {
      for (std::size_t which = 0; which < files_.size(); ++which)
        if (!files_[which].reported) leave_via(which);
      for (std::size_t which = 0; which < files_.size(); ++which)
        if (files_[which].arrived && files_[which].music && !files_[*files_[which].music].arrived)
          bring_back(which, Error(Fault::interrupted, "stopped on request before its music was moved"));
      report_what_is_gone();
      remove_emptied_folders();
      run_.close(summary_.interrupted);
    }
    if (summary_.interrupted) report_those_without_a_turn();
    return summary_;
  }

 private:
  /// A rename, and where its file is now.
  struct File {
    const Rename* rename;
    std::string at;
    Stamp stamp;
    std::string via;
    std::optional<std::size_t> waiting = std::nullopt;  ///< the step to `via`, while the file is there
    bool reported = false;
    std::optional<std::size_t> music = std::nullopt;    ///< of a partner: the rename of its music
    std::optional<std::size_t> arrived = std::nullopt;  ///< the step that moved it to its new name
    std::string note = {};                              ///< of that move
  };

  bool stopped() {
    summary_.interrupted = summary_.interrupted || stop_.stop_requested();
    return summary_.interrupted;
  }

  void batch() {
    Intent intent;
    std::vector<Planned> planned;
    std::set<std::string> places;
    while (!turns_.empty() && planned.size() < most_in_batch) {
      const RenameTurn turn = turns_.front();
      const File& file = files_[turn.rename];
      const std::string from = folded(file.at);
      const std::string to = folded(turn.to_via ? file.via : file.rename->to);
      if (places.contains(from) || places.contains(to)) break;
      turns_.pop_front();
      if (file.reported) continue;
      const auto add = prepared(turn, intent);
      if (!add) continue;
      planned.push_back(*add);
      places.insert({from, to});
    }
    if (planned.empty()) return;
    std::vector<std::string> touched;
    for (const Planned& one : planned) touched.insert(touched.end(), one.touched.begin(), one.touched.end());
    intent.folders = run_.about_to_change(touched);
    const std::size_t first = run_.announce(std::move(intent));
    for (std::size_t i = 0; i < planned.size(); ++i) move(first + i, planned[i]);
  }

  /// Adds the move of this turn to the intent. @return nothing if the file stays or needs another turn first
  std::optional<Planned> prepared(const RenameTurn& turn, Intent& intent) {
    try {
      return prepare(turn, intent);
    } catch (const Error& e) {
      fail(turn.rename, naming(files_[turn.rename].at, e));
      return std::nullopt;
    }
  }

  std::optional<Planned> prepare(const RenameTurn& turn, Intent& intent) {
    File& file = files_[turn.rename];
    const Rename& rename = *file.rename;
    if (const auto why = why_it_stays(turn.rename)) throw Error(*why);
    const auto now = look_at(file.at);
    if (!now) throw Error(Fault::missing, printable(file.at) + ": gone since its new name was planned");
    if (const auto change = difference(file.stamp, *now))
      throw Error(Fault::changed, printable(file.at) + ": changed since it was scanned: " + *change);
    const std::string& to = turn.to_via ? file.via : rename.to;
    if (const auto there = look_at(to)) {
      if (turn.to_via || !is_equivalent_name(*now, *there, to))
        throw Error(Fault::changed, printable(to) + ": something of that name is there by now");
      if (file.via.empty()) file.via = free_name_beside(file.at);
      turns_.push_front(turn);
      turns_.push_front({turn.rename, true});
      return std::nullopt;
    }
    run_.open();
    summary_.run = run_.run();
    Planned planned{turn, missing_folders(to, intent), {split_path(file.at).folder, split_path(to).folder}};
    if (!planned.folders.empty()) planned.touched.push_back(split_path(planned.folders.front().path).folder);
    for (const FolderToMake& folder : planned.folders) intent.make_folders.push_back(folder.path);
    intent.moves.push_back({0, rename.track, MovePurpose::rename, file.at, to, file.stamp, now->st_mode,
                            now->st_uid, now->st_gid, "", rename.root, rename.with, far_mtime_of(*now)});
    return planned;
  }

  std::vector<FolderToMake> missing_folders(const std::string& to, const Intent& intent) const {
    std::vector<FolderToMake> missing;
    for (std::string path = split_path(to).folder; path != "/" && !look_at(path);
         path = split_path(path).folder) {
      const auto& planned = intent.make_folders;
      if (std::find(planned.begin(), planned.end(), path) == planned.end()) missing.push_back({path, ""});
    }
    std::reverse(missing.begin(), missing.end());
    return missing;
  }

  void move(std::size_t number, const Planned& planned) {
    const std::size_t which = planned.turn.rename;
    std::optional<Error> why = stopped() ? Error(Fault::interrupted, stopped_before) : why_it_stays(which);
    if (!why) why = run_.make_folders(planned.folders);
    if (why)
      run_.skip(number, why->what());
    else
      why = run_.move_one(number, planned.touched);
    const MoveStep& entry = run_.move_at(number);
    if (entry.state != StepState::done) return fail(which, naming(files_[which].at, why.value()));
    emptied_.insert({split_path(files_[which].at).folder, files_[which].rename->root});
    files_[which].at = entry.move.to;
    files_[which].stamp = entry.left;
    files_[which].waiting = planned.turn.to_via ? std::optional(number) : std::nullopt;
    if (planned.turn.to_via) return;
    files_[which].arrived = number;
    files_[which].note = entry.note;
    const auto music = files_[which].music;
    if (music && !files_[*music].arrived) return;  // it is reported with its music
    const auto partners = partners_.find(which);
    if (partners != partners_.end())
      for (const std::size_t partner : partners->second)
        if (files_[partner].arrived) report_renamed(partner);
    report_renamed(which);
  }

  void report_renamed(std::size_t which) {
    File& file = files_[which];
    ++summary_.moved;
    summary_.bytes += file.stamp.size_bytes;
    file.reported = true;
    if (!on_step_) return;
    MoveStep step = run_.move_at(*file.arrived);
    step.move.from = files_[which].rename->from;  // not `via`, which had a step of its own
    step.note = file.note;
    on_step_(step);
  }

  /// Why a file stays because its music, or one of its partner files, could not be renamed; nothing if none has failed.
  std::optional<Error> why_it_stays(std::size_t which) const {
    const auto failed = [&](std::size_t other) { return files_[other].reported && !files_[other].arrived; };
    const auto stays_with = [&](std::size_t other) {
      return Error(Fault::changed,
                   printable(files_[which].at) + ": stays with " + printable(files_[other].at));
    };
    if (const auto music = files_[which].music; music && failed(*music)) return stays_with(*music);
    const auto partners = partners_.find(which);
    if (partners == partners_.end()) return std::nullopt;
    for (const std::size_t partner : partners->second)
      if (failed(partner)) return stays_with(partner);
    return std::nullopt;
  }

  /// After a stop: the files whose turn did not come.
  void report_those_without_a_turn() {
    for (std::size_t which = 0; which < files_.size(); ++which)
      if (!files_[which].reported)
        fail(which, naming(files_[which].at, Error(Fault::interrupted, stopped_before)));
  }

  /// Gives a renamed file its old name back, if no other file has that by now.
  void bring_back(std::size_t which, const Error& why) {
    File& file = files_[which];
    if (!run_.bring_one_back(*file.arrived, why.what())) return report_renamed(which);
    file.at = files_[which].rename->from;
    file.arrived.reset();
    fail(which, naming(file.at, why));
  }

  /// Gives a file whose last turn does not come its own name back, if no other file has that by now.
  void leave_via(std::size_t which) {
    File& file = files_[which];
    if (file.waiting && run_.bring_one_back(*file.waiting, "its new name could not be reached"))
      file.at = files_[which].rename->from;
    file.waiting.reset();
  }

  void fail(std::size_t which, const Error& why) {
    leave_via(which);
    ++summary_.skipped;
    files_[which].reported = true;
    if (on_step_) on_step_(never_announced(*files_[which].rename, why));
    const auto partners = partners_.find(which);
    if (partners == partners_.end()) return;
    for (const std::size_t partner : partners->second)
      if (files_[partner].arrived && !files_[partner].reported)
        bring_back(partner, Error(Fault::changed, "its music stays"));
  }

  /// Called while the folders that links and playlists lead through are still there.
  void report_what_is_gone() {
    std::vector<GoneFile> gone;
    for (std::size_t which = 0; which < files_.size(); ++which)
      if (files_[which].at != files_[which].rename->from && files_[which].at == files_[which].rename->to)
        gone.push_back({files_[which].rename->from, files_[which].at});
    if (!after_moves_ || gone.empty()) return;
    Rewriter rewriter(run_);
    after_moves_(rewriter, gone);
  }

  /// Deepest first; never a library folder itself.
  void remove_emptied_folders() {
    std::vector<std::pair<std::string, std::string>> folders(emptied_.begin(), emptied_.end());
    std::stable_sort(folders.begin(), folders.end(),
                     [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
    for (auto [folder, root] : folders)
      while (folder != root && is_same_or_inside(folder, root) && run_.remove_if_empty(folder))
        folder = split_path(folder).folder;
  }

  ActiveRun run_;
  std::vector<File> files_;                                   // in the order of the renames
  std::map<std::size_t, std::vector<std::size_t>> partners_;  // rename of music -> those of its partner files
  std::deque<RenameTurn> turns_;
  std::set<std::pair<std::string, std::string>> emptied_;  // folder that a file was moved out of, its root
  const std::function<void(const MoveStep&)>& on_step_;
  std::stop_token stop_;
  const AfterMoves& after_moves_;
  ApplySummary summary_;
};

}  // namespace

ApplySummary rename_files(Store& store, const std::string& kind, const std::vector<Rename>& renames,
                          const std::vector<RenameTurn>& turns,
                          const std::function<void(const MoveStep&)>& on_step, std::stop_token stop,
                          const AfterMoves& after_moves) {
  return RenameRun(store, kind, renames, on_step, std::move(stop), after_moves).act(turns);
}

}  // namespace echofold
