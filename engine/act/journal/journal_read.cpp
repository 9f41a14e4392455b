// Reads journals and finds what became of each step.
#include "engine/act/journal/journal_read.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <vector>

#include "engine/act/files/folder_times.h"
#include "engine/act/journal/journal_line.h"
#include "engine/act/journal/rewrite_line.h"
#include "engine/act/journal/run_info.h"
#include "engine/act/journal/step.h"
#include "engine/act/journal/step_events.h"
#include "index/base/error.h"
#include "index/base/fs/input_file.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

Fd open_journal(const std::filesystem::path& file) {
  try {
    return open_regular(file.string(), O_NOFOLLOW);
  } catch (const Error& e) {
    if (e.fault() != Fault::unsupported) throw;
    throw Error(Fault::damaged, std::string(e.what()) + ": the journal of a run was replaced");
  }
}

/// Whether a line ends at `at` or after it, and more follows that line. Holes are not read.
bool has_further_lines(int fd, off_t at, const std::filesystem::path& file) {
  struct stat status {};
  if (fstat(fd, &status) != 0) throw system_error(errno, file.string());
  std::vector<char> block(std::size_t{1} << 16);
  while ((at = lseek(fd, at, SEEK_DATA)) >= 0) {
    const ssize_t n = uninterrupted([&] { return pread(fd, block.data(), block.size(), at); });
    if (n < 0) throw system_error(errno, file.string());
    if (n == 0) return false;
    const auto newline = std::find(block.begin(), block.begin() + n, '\n');
    if (newline != block.begin() + n) return at + (newline - block.begin()) + 1 < status.st_size;
    at += n;
  }
  if (errno != ENXIO) throw system_error(errno, file.string());
  return false;  // `at` is behind the last data
}

/// The bytes of the journal. A page that a power cut kept from the disk reads as zeros, which no line has. Zeros in
/// the last line, whether it goes on behind them or not, are a torn append: nothing behind the first zero is read
/// into memory. Zeros before another line are damage: the result then ends in a line that fails its checksum and is
/// not the last.
std::string read_all(const std::filesystem::path& file) {
  const Fd fd = open_journal(file);
  std::string bytes;
  char buffer[1 << 16];
  for (;;) {
    const ssize_t n = uninterrupted([&] { return read(fd.get(), buffer, sizeof buffer); });
    if (n < 0) throw system_error(errno, file.string());
    if (n == 0) return bytes;
    const std::string_view piece(buffer, static_cast<std::size_t>(n));
    const std::size_t zero = piece.find('\0');
    bytes.append(piece.substr(0, zero));
    if (zero == std::string_view::npos) continue;
    bytes += '\0';
    if (has_further_lines(fd.get(), static_cast<off_t>(bytes.size()), file)) bytes += "\n\n";
    return bytes;
  }
}

Error damaged(const std::filesystem::path& file, std::size_t line, const std::string& what) {
  return {Fault::damaged, file.string() + " line " + std::to_string(line) + ": " + what +
                              "; the files of this run lie in a folder named " + file.stem().string() +
                              " under the set-aside folder and can be moved back by hand"};
}

/// The sealed lines in order. @param whole  set to their length in bytes: what follows is a torn append
std::vector<Json> sealed_lines(const std::filesystem::path& file, const std::string& bytes,
                               std::size_t& whole) {
  std::vector<Json> lines;
  whole = 0;
  while (whole < bytes.size()) {
    const std::size_t end = bytes.find('\n', whole);
    if (end == std::string::npos) break;
    auto object = unseal(std::string_view(bytes).substr(whole, end - whole));
    if (!object && end + 1 < bytes.size())
      throw damaged(file, lines.size() + 1, "the checksum does not fit, the journal was changed or damaged");
    if (!object) break;
    lines.push_back(*std::move(object));
    whole = end + 1;
  }
  return lines;
}

/// Applies the lines of a journal in order.
class Replay {
 public:
  explicit Replay(JournalContents& contents) : contents_(contents) {}

  void play(const Json& line) {
    const auto event = line.at("event").get<std::string>();
    RunInfo& info = contents_.info;
    info.settled = event == "settled";
    if (event == "intend") intend(line);
    if (event == "prepare_rewrite") prepare_rewrite(line.at("rewrite"));
    if (event == "intend_rewrite") rewrite_of(line).prepared = prepared_from_json(line.at("prepared"));
    if (const auto found = step_event(event)) play_step(*found, line);
    if (event == "purging") purge(line, StepState::purging);
    if (event == "purged") {
      purge(line, StepState::purged);
      info.purged_at_s = get_whole<std::int64_t>(line, "at_s");
    }
    if (event == "remove_folder")
      contents_.removed_folders.push_back(removed_folder_from_json(line.at("folder")));
    if (event == "undo") undo_was_asked_for_ = true;
    if (event == "finish") info.finished = true;
    if (event == "taken_back") info.taken_back = true;
    if (line.contains("folders")) note_folders(line.at("folders"));
  }

  void close() {
    for (auto& [path, time] : folders_) contents_.folders.push_back(time);
    count_steps(contents_.steps, contents_.info);
  }

 private:
  void intend(const Json& line) {
    for (const Json& object : line.at("moves")) {
      Move move = move_from_json(object);
      if (move.number != moves_.size() + 1) throw Error(Fault::damaged, "a move is missing");
      add(moves_, MoveStep{{}, std::move(move)});
    }
    for (const Json& object : line.at("make_folders"))
      contents_.made_folders.push_back(get_path(object, "path"));
  }

  void prepare_rewrite(const Json& object) {
    Rewrite rewrite = rewrite_from_json(object);
    if (rewrite.number != rewrites_.size() + 1) throw Error(Fault::damaged, "a rewrite is missing");
    add(rewrites_, RewriteStep{{}, std::move(rewrite)});
  }

  void add(std::vector<std::size_t>& of_its_kind, Step step) {
    of_its_kind.push_back(contents_.steps.size());
    contents_.steps.push_back(std::move(step));
  }

  Step& step_of(StepKind kind, std::uint64_t number) {
    const bool is_move = kind == StepKind::move;
    const std::vector<std::size_t>& of_its_kind = is_move ? moves_ : rewrites_;
    if (number == 0 || number > of_its_kind.size())
      throw Error(Fault::damaged, is_move ? "there is no such move" : "there is no such rewrite");
    return contents_.steps[of_its_kind[number - 1]];
  }

  RewriteStep& rewrite_of(const Json& line) {
    return std::get<RewriteStep>(step_of(StepKind::rewrite, get_whole<std::uint64_t>(line, "number")));
  }

  void play_step(const KindOfEvent& found, const Json& line) {
    for (const std::uint64_t number : numbers_in(line)) {
      Step& step = step_of(found.kind, number);
      if (found.event != StepEvent::skipped) require_prepared(step);
      play_outcome(found.event, line, outcome(step));
    }
  }

  /// A rewrite is done, or taken back, only after it was prepared.
  static void require_prepared(const Step& step) {
    if (const auto* rewrite = std::get_if<RewriteStep>(&step); rewrite != nullptr && !rewrite->prepared)
      throw Error(Fault::damaged, "a rewrite was done that was not prepared");
  }

  void play_outcome(StepEvent event, const Json& line, StepOutcome& step) const {
    switch (event) {
      case StepEvent::done:
        step.state = StepState::done;
        step.left = stamp_from_json(line.at("left"));
        break;
      case StepEvent::skipped:
        step.state = StepState::skipped;
        step.note = line.at("why").get<std::string>();
        break;
      case StepEvent::restoring:
        step.state = StepState::restoring;
        break;
      case StepEvent::undone:
        step.state = StepState::undone;
        step.note.clear();
        step.by_user = undo_was_asked_for_;
        break;
      case StepEvent::not_restored:
        step.state = StepState::done;
        step.note = line.at("why").get<std::string>();
        break;
    }
  }

  void purge(const Json& line, StepState state) {
    for (const std::uint64_t number : numbers_in(line))
      outcome(step_of(StepKind::move, number)).state = state;
  }

  /// The numbers of the one step or the several steps that a line is about.
  static std::vector<std::uint64_t> numbers_in(const Json& line) {
    const auto list = line.find("numbers");
    if (list == line.end()) return {get_whole<std::uint64_t>(line, "number")};
    std::vector<std::uint64_t> numbers;
    for (const Json& number : *list) numbers.push_back(whole_number<std::uint64_t>(number, "numbers"));
    return numbers;
  }

  void note_folders(const Json& list) {
    for (const Json& object : list) {
      FolderTime time = folder_time_from_json(object);
      std::string path = time.path;
      folders_.insert_or_assign(std::move(path), std::move(time));
    }
  }

  JournalContents& contents_;
  std::vector<std::size_t> moves_, rewrites_;  // their places in the steps, by number
  std::map<std::string, FolderTime> folders_;
  bool undo_was_asked_for_ = false;
};

void read_header(const std::filesystem::path& file, const Json& line, RunInfo& info) {
  const auto schema = line.at("schema").get<std::string>();
  if (schema != journal_schema)
    throw Error(Fault::version, file.string() + ": a journal of the form \"" + printable(schema) +
                                    "\", written by another version of echofold; this one knows " +
                                    std::string(journal_schema));
  info.library_id = line.at("library").get<std::string>();
  info.kind = line.value("kind", "set_aside");
  info.started_at_s = get_whole<std::int64_t>(line, "started_at_s");
}

}  // namespace

JournalContents read_journal(const std::filesystem::path& file) {
  JournalContents contents;
  contents.info.run = file.stem().string();
  std::size_t whole = 0;
  const std::vector<Json> lines = sealed_lines(file, read_all(file), whole);
  Replay replay(contents);
  for (std::size_t i = 0; i < lines.size(); ++i) try {
      if (i == 0) read_header(file, lines[i], contents.info);
      replay.play(lines[i]);
    } catch (const Json::exception& e) {
      throw damaged(file, i + 1, e.what());
    } catch (const Error& e) {
      if (e.fault() == Fault::version) throw;
      throw damaged(file, i + 1, e.what());
    }
  replay.close();
  return contents;
}

std::size_t whole_lines_bytes(const std::filesystem::path& file) {
  std::size_t whole = 0;
  sealed_lines(file, read_all(file), whole);
  return whole;
}

bool is_settled(const std::filesystem::path& file) {
  const Fd fd = open_journal(file);
  struct stat status {};
  if (fstat(fd.get(), &status) != 0) throw system_error(errno, file.string());
  char tail[256];  // a "settled" line is far shorter
  const off_t start = std::max<off_t>(0, status.st_size - static_cast<off_t>(sizeof tail));
  const ssize_t n = uninterrupted([&] { return pread(fd.get(), tail, sizeof tail, start); });
  if (n < 0) throw system_error(errno, file.string());
  const std::string_view end(tail, static_cast<std::size_t>(n));
  const std::string last = seal({{"event", "settled"}});
  return end.size() >= last.size() && end.substr(end.size() - last.size()) == last;
}

}  // namespace echofold
