// Reads a whole library in a child process, where a crash does no harm.
#include "index/store/check.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <string>

#include "index/base/fd.h"
#include "index/store/classes.h"
#include "index/store/damage_signals.h"
#include "index/store/databases.h"
#include "index/store/entry_checks.h"
#include "index/store/environment.h"
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

/// Both databases of classes must have exactly the entries that follow from the records.
void read_classes(const View& view) {
  if (!view.databases().has_classes()) return;
  const std::vector<ClassEntry> expected = classes_by_records(view);
  std::vector<ClassEntry> stored;
  stored.reserve(expected.size());
  for_each_class_entry(view, {}, [&](const ClassEntry& entry) {
    stored.push_back(entry);
    return true;
  });
  if (stored != expected || stored_representatives(view) != representatives_of(expected))
    view.naming([] {
      throw Error(Fault::damaged,
                  "the databases of tracks with one fingerprint do not agree with the tracks");
    });
}

void read_everything(const View& view, std::size_t page_bytes) {
  const Databases& databases = view.databases();
  CheckedLibrary library;
  library.page_bytes = page_bytes;
  library.has_pair = [&](std::string_view key) { return view.find(databases.pairs, key).has_value(); };
  library.has_partner = [&](std::string_view key) { return view.find(databases.partners, key).has_value(); };
  for_each_check_pass([&](const Database& database, EntryCheck check) {
    if (!databases.has(database)) return;
    view.for_each(databases.*database.handle, {}, [&](std::string_view key, std::string_view value) {
      view.naming([&] { check_entry(database, check, {key, value}, library); });
      return true;
    });
  });
  read_classes(view);
}

// The parent reports a crash itself, so the child writes no core file and no message.
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
    read_everything(view, environment.page_bytes());
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
