// Reading a whole library where a crash harms nobody: in a child process.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <string>

#include "index/base/error.h"
#include "index/base/fd.h"
#include "index/base/text/printable.h"
#include "index/store/classes.h"
#include "index/store/damage_signals.h"
#include "index/store/database_keys.h"
#include "index/store/environment.h"
#include "index/store/verdict.h"
#include "index/store/view.h"

namespace echofold {
namespace {

struct Pipe {
  Pipe() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw system_error(errno, "can't make a pipe");
    from = Fd(ends[0]);
    to = Fd(ends[1]);
  }
  Fd from, to;
};

void read_tracks(const View& view) {
  view.for_each(view.databases().tracks, {}, [&](std::string_view key, std::string_view value) {
    require_key_size(key, 8, "tracks");
    const TrackRecord record = view.decode(number_of_key(key, 0), value);
    if (view.items(record.id).size() != record.item_count)
      throw Error(Fault::damaged, "track " + std::to_string(record.id) + " has lost its fingerprint");
    return true;
  });
}

template <class Read>
void read_all(const View& view, MDB_dbi database, const Read& read) {
  view.for_each(database, {}, [&](std::string_view key, std::string_view value) {
    read(key, value);
    return true;
  });
}

/// Both tables must be what the records make them.
void read_classes(const View& view) {
  if (!view.databases().has_classes) return;
  const std::vector<ClassEntry> expected = classes_by_records(view);
  std::vector<ClassEntry> stored;
  stored.reserve(expected.size());
  for_each_class_entry(view, {}, [&](const ClassEntry& entry) {
    stored.push_back(entry);
    return true;
  });
  if (stored != expected || stored_representatives(view) != representatives_of(expected))
    throw Error(Fault::damaged, "the databases of tracks with one fingerprint do not agree with the tracks");
}

void read_everything(const View& view) {
  const Databases& databases = view.databases();
  read_tracks(view);
  read_classes(view);
  read_all(view, databases.items, [&](std::string_view key, std::string_view) {
    require_key_size(key, 8, "items");
    if (!view.track(number_of_key(key, 0))) throw Error(Fault::damaged, "a fingerprint has lost its track");
  });
  read_all(view, databases.pairs, [&](std::string_view key, std::string_view value) {
    require_key_size(key, 16, "pairs");
    view.pair(number_of_key(key, 0), number_of_key(key, 1), value);
  });
  if (view.size(databases.pairs) != view.size(databases.partners))
    throw Error(Fault::damaged, "the databases of pairs do not agree");
  read_all(view, databases.partners, [&](std::string_view key, std::string_view) {
    require_key_size(key, 16, "partners");
    if (!view.find(databases.pairs, PairKey(number_of_key(key, 1), number_of_key(key, 0)).view()))
      throw Error(Fault::damaged, "the databases of pairs do not agree");
  });
  read_all(view, databases.meta, [](std::string_view key, std::string_view value) {
    if (key.starts_with(user_meta_prefix)) decode_text(value, "the entry " + std::string(key));
  });
  read_all(view, databases.roots,
           [](std::string_view, std::string_view value) { decode_root(value, "a root folder"); });
  read_all(view, databases.paths, [](std::string_view, std::string_view value) {
    decode_number(value, "an entry of the path table");
  });
  read_all(view, databases.verdicts, [](std::string_view, std::string_view value) { decode_verdict(value); });
  if (!databases.has_lookups) return;
  read_all(view, databases.lookups, [](std::string_view key, std::string_view value) {
    require_key_size(key, 24, "lookups");
    decode_lookup(lookup_of_key(key), value);
  });
}

// The parent tells the crash in its own words.
void end_quietly_on_a_crash() {
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  crash_on_damage();
  std::signal(SIGFPE, SIG_DFL);
  const Fd nowhere(open("/dev/null", O_WRONLY | O_CLOEXEC));
  if (nowhere.valid()) dup2(nowhere.get(), STDERR_FILENO);
}

[[noreturn]] void run_child(const std::filesystem::path& dir, bool trust_size, int to) noexcept {
  end_quietly_on_a_crash();
  std::string wrong;  // the fault as one character, then the message
  const auto note = [&](Fault fault, const char* message) {
    wrong = static_cast<char>(fault);
    wrong += message;
  };
  try {
    Environment environment(dir, {Access::read, 0, trust_size});
    const lmdb::Txn txn = environment.begin_read();
    const View view(environment, txn.get());
    view.naming([&] { read_everything(view); });
  } catch (const Error& e) {
    note(e.fault(), e.what());
  } catch (const std::exception& e) {
    note(Fault::io, e.what());
  }
  _exit(write(to, wrong.data(), wrong.size()) == static_cast<ssize_t>(wrong.size()) ? 0 : 1);
}

std::string read_text(int from) {
  std::string text;
  std::array<char, 1024> block{};
  for (;;) {
    const ssize_t size = uninterrupted([&] { return read(from, block.data(), block.size()); });
    if (size <= 0) return text;
    text.append(block.data(), static_cast<std::size_t>(size));
  }
}

}  // namespace

std::optional<Error> reading_fails(const std::filesystem::path& dir, bool trust_size) {
  Pipe pipe;
  const pid_t child = fork();
  if (child < 0) throw system_error(errno, "can't start a process to check " + dir.string());
  if (child == 0) run_child(dir, trust_size, pipe.to.get());
  pipe.to.close();
  const std::string wrong = read_text(pipe.from.get());
  int status = 0;
  uninterrupted([&] { return waitpid(child, &status, 0); });
  if (!wrong.empty()) return Error(static_cast<Fault>(wrong[0]), wrong.substr(1));
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return std::nullopt;
  return Error(Fault::damaged, (dir / "data.mdb").string() +
                                   " is damaged: reading it to its end is not possible; " + damage_advice);
}

}  // namespace echofold
