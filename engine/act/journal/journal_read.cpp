// Reads journals back: what every move came to.
#include "engine/act/journal/journal_read.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <set>
#include <vector>

#include "engine/act/files/folder_times.h"
#include "engine/act/journal/entry_state.h"
#include "engine/act/journal/journal_line.h"
#include "engine/act/journal/move_entry.h"
#include "engine/act/journal/rewrite_line.h"
#include "engine/act/journal/run_info.h"
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

/// Whether a line ends from `at` on and more follows it. Holes are not read.
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
  return false;  // behind the last data
}

/// A page that a power cut kept from the disk reads as zeros, which no line has. In the last line, whether it goes on behind
/// them or not, they are a torn append, of which nothing is taken into memory; before another line they are damage.
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

/// The sealed lines in order. @param whole  set to the bytes of them: what follows is a torn append
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

/// Plays the lines of a journal in order.
class Replay {
 public:
  explicit Replay(JournalContents& contents) : contents_(contents) {}

  void play(const Json& line) {
    ++line_;
    const auto event = line.at("event").get<std::string>();
    contents_.info.settled = event == "settled";
    if (event == "intend") return intend(line);
    play_rewrite(event, line);
    if (event == "finish") contents_.info.finished = true;
    if (event == "taken_back") contents_.info.taken_back = true;
    if (event == "done") {
      JournalEntry& entry = set(line, MoveState::done);
      entry.left = stamp_from_json(line.at("left"));
    }
    if (event == "skipped") set(line, MoveState::skipped).note = line.at("why").get<std::string>();
    if (event == "undo") undo_was_asked_for_ = true;
    if (event == "undone") {
      JournalEntry& entry = set(line, MoveState::undone);
      entry.note.clear();
      entry.by_user = undo_was_asked_for_;
    }
    if (event == "purging") set_all(line, MoveState::purging);
    if (event == "purged") {
      set_all(line, MoveState::purged);
      contents_.info.purged_at_s = get_whole<std::int64_t>(line, "at_s");
    }
    if (event == "not_restored") set(line, MoveState::done).note = line.at("why").get<std::string>();
    if (event == "remove_folder")
      contents_.removed_folders.push_back(removed_folder_from_json(line.at("folder")));
    if (event == "restoring") set_all(line, MoveState::restoring);
    if (line.contains("folders")) note_folders(line.at("folders"));
  }

  void close() {
    for (auto& [path, time] : folders_) contents_.folders.push_back(time);
    RunInfo& info = contents_.info;
    for (const JournalEntry& entry : contents_.entries)
      ++(entry.state == MoveState::purged ? info.moves_purged
                                          : of_state(entry.state, info.moves_open, info.moves_done,
                                                     info.moves_skipped, info.moves_undone));
    for (const JournalEntry& entry : contents_.entries) {
      const bool is_done = entry.state == MoveState::done;
      if (entry.move.purpose == MovePurpose::set_aside) {
        info.along += is_done && !entry.move.goes_with.empty() ? 1 : 0;
      } else {
        info.renames += entry.state != MoveState::skipped ? 1 : 0;
        info.renames_done += is_done ? 1 : 0;
      }
    }
    note_places();
    for (const RewriteEntry& entry : contents_.rewrites)
      ++of_state(entry.state, info.rewrites_open, info.rewrites_done, info.rewrites_skipped,
                 info.rewrites_undone);
  }

 private:
  void intend(const Json& line) {
    for (const Json& object : line.at("moves")) {
      Move move = move_from_json(object);
      if (move.number != contents_.entries.size() + 1) throw Error(Fault::damaged, "a move is missing");
      contents_.entries.push_back({std::move(move), MoveState::intended, {}, {}, line_});
    }
    for (const Json& object : line.at("make_folders"))
      contents_.made_folders.push_back(get_path(object, "path"));
    note_folders(line.at("folders"));
  }

  JournalEntry& entry_of(const Json& number) {
    const auto n = whole_number<std::uint64_t>(number, "numbers");
    if (n == 0 || n > contents_.entries.size()) throw Error(Fault::damaged, "there is no such move");
    return contents_.entries[n - 1];
  }

  JournalEntry& set(const Json& line, MoveState state) {
    JournalEntry& entry = entry_of(line.at("number"));
    entry.state = state;
    return entry;
  }

  void set_all(const Json& line, MoveState state) {
    for (const Json& number : line.at("numbers")) entry_of(number).state = state;
  }

  void note_places() {
    RunInfo& info = contents_.info;
    std::set<std::string> places;
    for (const JournalEntry& entry : contents_.entries) {
      if (entry.state != MoveState::done && entry.state != MoveState::restoring &&
          entry.state != MoveState::purging)
        continue;
      if (entry.move.purpose == MovePurpose::set_aside || info.kind == "organize")
        info.bytes += entry.move.stamp.size_bytes;
      const auto of_run = entry.move.to.find("/" + info.run + "/");
      if (entry.move.purpose == MovePurpose::set_aside && of_run != std::string::npos)
        places.insert(entry.move.to.substr(0, of_run + 1 + info.run.size()));
    }
    info.places.assign(places.begin(), places.end());
  }

  void note_folders(const Json& list) {
    for (const Json& object : list) {
      FolderTime time = folder_time_from_json(object);
      std::string path = time.path;
      folders_.insert_or_assign(std::move(path), std::move(time));
    }
  }

  void play_rewrite(const std::string& event, const Json& line) {
    if (event == "prepare_rewrite") prepare_rewrite(line.at("rewrite"));
    if (event == "intend_rewrite") rewrite_of(line).prepared = prepared_from_json(line.at("prepared"));
    if (event == "rewritten") set_rewrite(line, MoveState::done).left = stamp_from_json(line.at("left"));
    if (event == "rewrite_skipped")
      set_rewrite(line, MoveState::skipped).note = line.at("why").get<std::string>();
    if (event == "restoring_rewrite") set_rewrite(line, MoveState::restoring);
    if (event == "rewrite_undone") {
      RewriteEntry& entry = set_rewrite(line, MoveState::undone);
      entry.note.clear();
      entry.by_user = undo_was_asked_for_;
    }
    if (event == "rewrite_not_restored")
      set_rewrite(line, MoveState::done).note = line.at("why").get<std::string>();
  }

  void prepare_rewrite(const Json& object) {
    Rewrite rewrite = rewrite_from_json(object);
    if (rewrite.number != contents_.rewrites.size() + 1) throw Error(Fault::damaged, "a rewrite is missing");
    contents_.rewrites.push_back({std::move(rewrite), std::nullopt, MoveState::intended, {}, {}, line_});
  }

  RewriteEntry& rewrite_of(const Json& line) {
    const auto n = get_whole<std::uint64_t>(line, "number");
    if (n == 0 || n > contents_.rewrites.size()) throw Error(Fault::damaged, "there is no such rewrite");
    return contents_.rewrites[n - 1];
  }

  /// A file is only ever rewritten, or taken back, with what was prepared.
  RewriteEntry& set_rewrite(const Json& line, MoveState state) {
    RewriteEntry& entry = rewrite_of(line);
    if (state != MoveState::skipped && !entry.prepared)
      throw Error(Fault::damaged, "a rewrite was done that was not prepared");
    entry.state = state;
    return entry;
  }

  static std::uint64_t& of_state(MoveState state, std::uint64_t& open, std::uint64_t& done,
                                 std::uint64_t& skipped, std::uint64_t& undone) {
    switch (state) {
      case MoveState::intended:
      case MoveState::restoring:
      case MoveState::purging:
        return open;
      case MoveState::done:
        return done;
      case MoveState::skipped:
        return skipped;
      case MoveState::undone:
      case MoveState::purged:
        break;
    }
    return undone;
  }

  JournalContents& contents_;
  std::map<std::string, FolderTime> folders_;
  std::uint64_t line_ = 0;
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
