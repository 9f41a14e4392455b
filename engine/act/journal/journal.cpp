// Writes journals: each append is one sealed line, on disk before the caller goes on.
#include "engine/act/journal/journal.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <ctime>
#include <random>

#include "engine/act/files/empty_folder.h"
#include "engine/act/files/folder_times.h"
#include "engine/act/journal/journal_line.h"
#include "engine/act/journal/rewrite_line.h"
#include "engine/act/journal/runs_dir.h"
#include "engine/act/journal/step_events.h"
#include "index/base/error.h"
#include "index/base/fs/folder.h"

namespace echofold {
namespace {

constexpr off_t done_line_bytes = 1024;  // for the "done" line of a step, reserved with its intent

void make_runs_dir(const std::filesystem::path& dir) {
  if (mkdir(dir.c_str(), 0700) == 0) {
    Folder::open(std::filesystem::canonical(dir.parent_path()).native()).sync();
  } else if (errno != EEXIST) {
    throw system_error(errno, dir.string());
  }
}

void write_all(int fd, const std::string& bytes, off_t offset, const std::string& what) {
  for (std::size_t written = 0; written < bytes.size();) {
    const ssize_t n = uninterrupted([&] {
      return pwrite(fd, bytes.data() + written, bytes.size() - written, offset + static_cast<off_t>(written));
    });
    if (n <= 0) throw system_error(n == 0 ? ENOSPC : errno, what);
    written += static_cast<std::size_t>(n);
  }
}

}  // namespace

struct Journal::Impl {
  std::filesystem::path file;
  std::string run;
  Fd fd;
  off_t size = 0;
  bool in_doubt = false;  // a failed append that could not be taken back: nothing may follow it

  void append(const Json& object) {
    const std::string what = file.string() + ": can't write the journal";
    if (in_doubt) throw Error(Fault::io, what + " after an earlier failure");
    const std::string line = seal(object);
    in_doubt = true;
    try {
      write_all(fd.get(), line, size, what);
    } catch (const Error&) {
      in_doubt = ftruncate(fd.get(), size) != 0;
      throw;
    }
    // After a failed fsync the kernel may take the lost page for clean: what is on disk is no longer known.
    if (uninterrupted([&] { return fdatasync(fd.get()); }) != 0) throw system_error(errno, what);
    size += static_cast<off_t>(line.size());
    in_doubt = false;
  }

  /// Reserves space, so that a full disk stops the run before a step and not between a step and its "done".
  void reserve(off_t bytes) {
    if (fallocate(fd.get(), FALLOC_FL_KEEP_SIZE, size, bytes) != 0 && errno == ENOSPC)
      throw system_error(ENOSPC, file.string() + ": no space left for the journal");
  }
};

namespace {

Json folder_times(const std::vector<FolderTime>& folders) {
  Json list = Json::array();
  for (const FolderTime& time : folders) list.push_back(to_json(time));
  return list;
}

Json with_reason(StepId step, StepEvent event, const std::string& why,
                 const std::vector<FolderTime>& folders) {
  return {{"event", event_name(step.kind, event)},
          {"number", step.number},
          {"why", why},
          {"folders", folder_times(folders)}};
}

}  // namespace

Journal Journal::create(const std::filesystem::path& runs_dir, const std::string& library_id,
                        const std::string& kind) {
  make_runs_dir(runs_dir);
  std::random_device random;
  auto impl = std::make_unique<Impl>();
  const std::int64_t now = std::time(nullptr);
  const auto files = journal_files(runs_dir);
  std::string last = files.empty() ? "" : files.back().stem().string();
  while (!impl->fd.valid()) {
    impl->run = next_run_name(now, last, static_cast<std::uint16_t>(random()));
    impl->file = runs_dir / (impl->run + journal_extension);
    impl->fd = Fd(uninterrupted(
        [&] { return open(impl->file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600); }));
    if (!impl->fd.valid() && errno != EEXIST) throw system_error(errno, impl->file.string());
    last = impl->run;
  }
  impl->append({{"schema", journal_schema},
                {"event", "run"},
                {"run", impl->run},
                {"kind", kind},
                {"library", library_id},
                {"started_at_s", now}});
  Folder::open(std::filesystem::canonical(runs_dir).native()).sync();
  return Journal(std::move(impl));
}

Journal::Journal(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Journal::Journal(Journal&&) noexcept = default;
Journal& Journal::operator=(Journal&&) noexcept = default;
Journal::~Journal() = default;

const std::string& Journal::run() const noexcept { return impl_->run; }
const std::filesystem::path& Journal::file() const noexcept { return impl_->file; }

Journal Journal::reopen(const std::filesystem::path& file) {
  const off_t whole = static_cast<off_t>(whole_lines_bytes(file));
  auto impl = std::make_unique<Impl>();
  impl->file = file;
  impl->run = file.stem().string();
  impl->fd = Fd(uninterrupted([&] { return open(file.c_str(), O_RDWR | O_NOFOLLOW | O_CLOEXEC); }));
  if (!impl->fd.valid()) throw system_error(errno, file.string());
  if (ftruncate(impl->fd.get(), whole) != 0 || uninterrupted([&] { return fsync(impl->fd.get()); }) != 0)
    throw system_error(errno, file.string());
  impl->size = whole;
  return Journal(std::move(impl));
}

void Journal::intend(const Intent& intent) {
  Json moves = Json::array();
  for (const Move& move : intent.moves) moves.push_back(to_json(move));
  Json make = Json::array();
  for (const std::string& path : intent.make_folders) {
    Json folder = Json::object();
    put_path(folder, "path", path);
    make.push_back(folder);
  }
  impl_->append({{"event", "intend"},
                 {"moves", moves},
                 {"make_folders", make},
                 {"folders", folder_times(intent.folders)}});
  impl_->reserve(done_line_bytes * static_cast<off_t>(intent.moves.size()));
}

void Journal::prepare_rewrite(const Rewrite& rewrite, const std::vector<FolderTime>& folders) {
  impl_->append(
      {{"event", "prepare_rewrite"}, {"rewrite", to_json(rewrite)}, {"folders", folder_times(folders)}});
}

void Journal::intend_rewrite(std::uint64_t number, const Prepared& prepared) {
  impl_->append({{"event", "intend_rewrite"}, {"number", number}, {"prepared", to_json(prepared)}});
  impl_->reserve(done_line_bytes);
}

void Journal::restoring(const std::vector<StepId>& steps, const std::vector<FolderTime>& folders) {
  if (steps.empty()) return;
  const StepKind kind = steps.front().kind;
  Json line{{"event", event_name(kind, StepEvent::restoring)}};
  if (kind == StepKind::rewrite)
    line["number"] = steps.front().number;
  else
    for (const StepId& step : steps) line["numbers"].push_back(step.number);
  line["folders"] = folder_times(folders);
  impl_->append(line);
}

void Journal::purging(const std::vector<std::uint64_t>& moves) {
  impl_->append({{"event", "purging"}, {"numbers", moves}});
}

void Journal::remove_folder(const RemovedFolder& folder, const std::vector<FolderTime>& folders) {
  impl_->append(
      {{"event", "remove_folder"}, {"folder", to_json(folder)}, {"folders", folder_times(folders)}});
}

void Journal::done(StepId step, const Stamp& left, const std::vector<FolderTime>& folders) {
  impl_->append({{"event", event_name(step.kind, StepEvent::done)},
                 {"number", step.number},
                 {"left", to_json(left)},
                 {"folders", folder_times(folders)}});
}

void Journal::skipped(StepId step, const std::string& why, const std::vector<FolderTime>& folders) {
  impl_->append(with_reason(step, StepEvent::skipped, why, folders));
}

void Journal::undone(StepId step, const std::vector<FolderTime>& folders) {
  impl_->append({{"event", event_name(step.kind, StepEvent::undone)},
                 {"number", step.number},
                 {"folders", folder_times(folders)}});
}

void Journal::not_restored(StepId step, const std::string& why, const std::vector<FolderTime>& folders) {
  impl_->append(with_reason(step, StepEvent::not_restored, why, folders));
}

void Journal::purged(const std::vector<std::uint64_t>& moves, std::int64_t at_s) {
  impl_->append({{"event", "purged"}, {"numbers", moves}, {"at_s", at_s}});
}

void Journal::note_times(const std::vector<FolderTime>& folders) {
  impl_->append({{"event", "times"}, {"folders", folder_times(folders)}});
}

void Journal::undo_begins() { impl_->append({{"event", "undo"}}); }

void Journal::finish() { impl_->append({{"event", "finish"}}); }
void Journal::taken_back() { impl_->append({{"event", "taken_back"}}); }
void Journal::settled() { impl_->append({{"event", "settled"}}); }

}  // namespace echofold
