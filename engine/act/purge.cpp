// Run by run: check, announce, unlink, make durable, record.
#include "engine/act/purge.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <map>
#include <set>
#include <span>
#include <utility>

#include "engine/act/files/guard_files.h"
#include "engine/act/journal/hard_links.h"
#include "engine/act/journal/journal.h"
#include "engine/act/journal/journal_read.h"
#include "engine/act/journal/run_info.h"
#include "engine/act/journal/runs_dir.h"
#include "engine/act/journal/step.h"
#include "engine/act/journal/sync_store.h"
#include "engine/act/other_copies.h"
#include "engine/act/recovery/clear_away.h"
#include "engine/act/recovery/recover.h"
#include "engine/act/recovery/undo.h"
#include "index/base/error.h"
#include "index/base/fs/folder.h"
#include "index/base/fs/path.h"
#include "index/base/fs/stamp.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

constexpr std::size_t batch_files = 256;  ///< announced together; a kill leaves no more in doubt

/// Old place -> new place of the copies that stay and that the run has renamed (--keep-path).
std::map<std::string, std::string> renamed_in(const JournalContents& contents) {
  std::map<std::string, std::string> renamed;
  for (const MoveStep& entry : moves_of(contents.steps))
    if (entry.move.purpose == MovePurpose::rename && entry.state == StepState::done)
      renamed[entry.move.from] = entry.move.to;
  return renamed;
}

/// Why the file must stay; nothing if it is the one that the run left there.
std::optional<Error> why_not(const MoveStep& entry, const std::string& run, const struct stat& now) {
  const std::string& path = entry.move.to;
  if (!guarded_folder(path, run))
    return Error(Fault::guard, printable(path) + ": it does not lie in a folder of its run");
  if (!S_ISREG(now.st_mode) || !is_same_but_device(entry.left, now))
    return Error(Fault::changed, printable(path) + ": it was changed since it was set aside");
  return std::nullopt;
}

Error last_copy(const std::string& path) {
  return {
      Fault::guard,
      printable(path) +
          ": no other copy of it is known to be in the library any more; scan the library again, or bring "
          "it back with `echofold undo`"};
}

/// A file that is still set aside, and its step in the journal of its run.
struct Leftover {
  PurgeFile file;
  const MoveStep* entry;
};

bool is_set_aside(const MoveStep& entry) {
  return entry.state == StepState::done && entry.move.purpose == MovePurpose::set_aside;
}

/// What is still set aside. Partner files (.cue, .lrc) and further names come after all music.
std::vector<const MoveStep*> music_first(std::span<const Step> steps) {
  std::vector<const MoveStep*> ordered;
  for (const MoveStep& entry : moves_of(steps))
    if (is_set_aside(entry)) ordered.push_back(&entry);
  std::stable_partition(ordered.begin(), ordered.end(),
                        [](const MoveStep* entry) { return entry->move.goes_with.empty(); });
  return ordered;
}

/// @param contents  have to outlive what is returned
std::vector<Leftover> leftovers_of(const JournalContents& contents, const Snapshot& snapshot) {
  std::vector<Leftover> left;
  std::vector<TrackId> losers;
  for (const MoveStep& entry : moves_of(contents.steps))
    if (is_set_aside(entry)) losers.push_back(entry.move.track);
  if (losers.empty()) return left;
  const OtherCopies copies(snapshot, losers);
  const auto renamed = renamed_in(contents);
  std::set<std::string> staying;  // old places of music that stays: its partner files stay with it
  for (const MoveStep* one : music_first(contents.steps)) {
    const MoveStep& entry = *one;
    PurgeFile file{entry.move.to};
    try {
      const auto now = look_at(file.path);
      if (!now) continue;
      const auto names = names_at_target(contents.steps, entry.move).size();
      const bool goes_for_good = now->st_nlink <= names + 1 && entry.move.link_of.empty();
      file.bytes = goes_for_good ? static_cast<std::uint64_t>(now->st_size) : 0;
      file.why_not = why_not(entry, contents.info.run, *now);
    } catch (const Error& e) {
      file.why_not = naming(file.path, e);
    }
    const std::string& with = entry.move.goes_with;
    if (!file.why_not && staying.contains(with))
      file.why_not = Error(Fault::guard, printable(file.path) + ": the music that it belongs to stays");
    const auto keeper = renamed.find(entry.move.keeper);
    if (!file.why_not && with.empty() &&
        !copies.is_there(entry.move, keeper == renamed.end() ? entry.move.keeper : keeper->second))
      file.why_not = last_copy(file.path);
    if (file.why_not) staying.insert(entry.move.from);
    left.push_back({std::move(file), &entry});
  }
  return left;
}

/// The journals of this library's runs that began at or before `before_s`, have no move in doubt and at least one done.
std::vector<std::filesystem::path> old_journals(const Store& store, std::int64_t before_s) {
  std::vector<std::filesystem::path> files;
  for (auto& file : journal_files(runs_dir(store))) try {
      const RunInfo info = read_journal(file).info;
      if (info.library_id == store.library_id() && info.started_at_s <= before_s && info.moves_open == 0 &&
          info.moves_done > 0)
        files.push_back(std::move(file));
    } catch (const Error&) {
      continue;  // history() shows what is wrong with it
    }
  return files;
}

/// Looks at the file once more and unlinks it, both in one open folder. @throws Error if it stays
void delete_file(const Folder& folder, const MoveStep& entry, const std::string& run) {
  const std::string name = split_path(entry.move.to).name;
  const auto now = folder.look(name);
  if (!now) throw Error(Fault::missing, printable(entry.move.to) + ": it is gone already");
  if (const auto why = why_not(entry, run, *now)) throw Error(*why);
  if (uninterrupted([&] { return unlinkat(folder.fd(), name.c_str(), 0); }) != 0)
    throw system_error(errno, printable(entry.move.to) + ": can't be deleted");
}

class Purge {
 public:
  Purge(Store& store, const std::function<void(const std::string&, const PurgeFile&)>& on_file,
        const std::stop_token& stop)
      : store_(store), on_file_(on_file), stop_(stop) {}

  void run(const std::filesystem::path& journal_file) {
    const JournalContents contents = read_journal(journal_file);
    std::vector<Leftover> going;
    for (Leftover& left : leftovers_of(contents, store_.snapshot()))
      if (left.file.why_not)
        report(contents.info.run, left.file, summary_.stayed);
      else
        going.push_back(std::move(left));
    if (going.empty()) return;
    Journal journal = Journal::reopen(journal_file);
    for (std::size_t from = 0; from < going.size() && !stopped(); from += batch_files)
      delete_batch(journal, std::span(going).subspan(from, std::min(going.size() - from, batch_files)));
    close(journal);
  }

  PurgeSummary summary() const { return summary_; }
  bool stopped() {
    summary_.interrupted = summary_.interrupted || stop_.stop_requested();
    return summary_.interrupted;
  }

 private:
  void delete_batch(Journal& journal, std::span<Leftover> batch) {
    std::vector<std::uint64_t> numbers, gone;
    for (const Leftover& left : batch) numbers.push_back(left.entry->move.number);
    journal.purging(numbers);
    std::set<std::string> folders;
    for (auto& [file, entry] : batch) try {
        const Folder folder = Folder::open(split_path(file.path).folder);
        delete_file(folder, *entry, journal.run());
        folders.insert(folder.path());
        gone.push_back(entry->move.number);
        summary_.bytes += file.bytes;
      } catch (const Error& e) {
        file.why_not = naming(file.path, e);
        journal.not_restored(id_of(*entry), file.why_not->what());
      }
    for (const std::string& folder : folders) Folder::open(folder).sync();
    if (!gone.empty()) journal.purged(gone, std::time(nullptr));
    for (const Leftover& left : batch)
      report(journal.run(), left.file, left.file.why_not ? summary_.failed : summary_.deleted);
  }

  void close(Journal& journal) {
    const JournalContents contents = read_journal(journal.file());
    clear_away(contents);
    sync_store(store_, contents.steps);
    clear_away_after_others(runs_dir(store_));
    if (contents.info.moves_open + contents.info.rewrites_open == 0) journal.settled();
  }

  void report(const std::string& run, const PurgeFile& file, std::uint64_t& count) {
    ++count;
    if (on_file_) on_file_(run, file);
  }

  Store& store_;
  const std::function<void(const std::string&, const PurgeFile&)>& on_file_;
  const std::stop_token& stop_;
  PurgeSummary summary_;
};

}  // namespace

std::vector<PurgeRun> purgeable(const Store& store, std::int64_t before_s) {
  std::vector<PurgeRun> runs;
  const Snapshot snapshot = store.snapshot();
  for (const auto& file : old_journals(store, before_s)) {
    const JournalContents contents = read_journal(file);
    PurgeRun run{contents.info.run, contents.info.started_at_s, {}};
    for (Leftover& left : leftovers_of(contents, snapshot)) run.files.push_back(std::move(left.file));
    if (!run.files.empty()) runs.push_back(std::move(run));
  }
  return runs;
}

PurgeSummary purge(Store& store, std::int64_t before_s,
                   const std::function<void(const std::string&, const PurgeFile&)>& on_file,
                   const std::stop_token& stop) {
  recover(store);
  Purge purge(store, on_file, stop);
  for (const auto& file : old_journals(store, before_s))
    if (!purge.stopped()) purge.run(file);
  return purge.summary();
}

}  // namespace echofold
