// Opens a library: its folder, lock, data file, environment and databases, in this order. Runs its transactions, lets
// its map grow, and turns LMDB's errors into Errors.
#include "index/store/environment.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <stdexcept>
#include <utility>
#include <vector>

#include "index/base/error.h"
#include "index/base/fd.h"
#include "index/store/check.h"
#include "index/store/damage_signals.h"
#include "index/store/open_databases.h"
#include "index/store/preflight.h"

namespace echofold {
namespace {

constexpr MDB_dbi max_databases = 16;
constexpr std::size_t map_step_bytes = std::size_t{64} * 1024;  // a multiple of every page size

bool means_full(int rc) { return rc == ENOSPC || rc == EDQUOT || rc == EFBIG; }

bool means_damaged(int rc) {
  // The last two mean a tree that is too deep, and a transaction in which an earlier operation failed.
  return rc == MDB_INVALID || rc == MDB_CORRUPTED || rc == MDB_PAGE_NOTFOUND || rc == MDB_VERSION_MISMATCH ||
         rc == MDB_INCOMPATIBLE || rc == MDB_CURSOR_FULL || rc == MDB_BAD_TXN;
}

void make_folder(const std::filesystem::path& dir) {
  std::error_code error;
  if (dir.has_parent_path()) std::filesystem::create_directories(dir.parent_path(), error);
  if (!error && mkdir(dir.c_str(), 0700) != 0 && errno != EEXIST)
    error.assign(errno, std::generic_category());
  if (error) throw system_error(error.value(), "can't make the folder of the library " + dir.string());
  if (!std::filesystem::is_directory(dir, error))
    throw system_error(ENOTDIR, "can't open the library " + dir.string());
}

// LMDB calls this before it ends the process because of a damaged tree: all that can be done is report why.
void report_damage(MDB_env*, const char* message) { end_if_told(message); }

// A reader registers there, so that no writer reuses the pages that it reads.
bool can_use_reader_table(const std::filesystem::path& dir) {
  const Fd table(open((dir / "lock.mdb").c_str(), O_RDWR | O_CLOEXEC));
  return table.valid() || (errno == ENOENT && access(dir.c_str(), W_OK) == 0);
}

// After a first run that fails, nothing is left that the next run would take for a damaged library.
void remove_unborn(const std::filesystem::path& dir) noexcept {
  std::error_code ignored;
  std::filesystem::remove(dir / "data.mdb", ignored);
  std::filesystem::remove(dir / "lock.mdb", ignored);
}

}  // namespace

Environment::Environment(const std::filesystem::path& dir, const OpenSettings& settings)
    : dir_(dir), writable_(settings.access == Access::write), process_(getpid()) {
  if (writable_) make_folder(dir_);
  std::error_code ignored;
  if (!writable_ && !std::filesystem::exists(dir_, ignored) && !ignored) throw no_library(dir_);
  require_local(dir_);
  mark_ = OpenMark(dir_);
  if (writable_) lock_ = LibraryLock(dir_);
  const DataFile file = inspect_data_file(dir_);
  if (!file.present && !writable_) throw no_library(dir_);
  if (file.cut_short && !settings.trust_size)
    if (const auto wrong = reading_fails(dir_, true)) throw *wrong;
  // Not for a library that is complete: runs must be undone even when the disk is full.
  if (writable_ && !(file.present && std::filesystem::exists(dir_ / "lock.mdb", ignored)))
    require_some_room(dir_);
  try {
    open_environment(settings, std::max(settings.map_bytes, file.map_bytes));
    open_library();
  } catch (...) {
    env_.reset();
    if (!file.present) remove_unborn(dir_);
    throw;
  }
}

void Environment::open_environment(const OpenSettings& settings, std::size_t map_bytes) {
  MDB_env* env = nullptr;
  if (const int rc = mdb_env_create(&env)) fail(rc, "can't open");
  env_.reset(env);
  map_bytes = std::max((map_bytes + map_step_bytes - 1) / map_step_bytes, std::size_t{1}) * map_step_bytes;
  if (const int rc = mdb_env_set_mapsize(env, map_bytes)) fail(rc, "can't open");
  if (const int rc = mdb_env_set_maxdbs(env, max_databases)) fail(rc, "can't open");
  mdb_env_set_assert(env, report_damage);
  name_library((dir_ / "data.mdb").string());
  // Default durability: every commit is on disk when it returns. MDB_NOTLS ties a read transaction to its
  // handle instead of its thread, so that many threads can use one snapshot, and one thread many snapshots.
  unsigned flags = MDB_NOTLS | (settings.access == Access::read ? MDB_RDONLY : 0u);
  if (settings.access == Access::read && !can_use_reader_table(dir_)) {
    lock_ = LibraryLock::shared(dir_);
    flags |= MDB_NOLOCK;
  }
  if (const int rc = mdb_env_open(env, dir_.c_str(), flags, 0600)) fail(rc, "can't open");
  int dead_readers = 0;
  if (const int rc = mdb_reader_check(env, &dead_readers)) fail(rc, "can't open");
}

void Environment::open_library() {
  MDB_txn* raw = nullptr;
  if (const int rc = mdb_txn_begin(env_.get(), nullptr, writable_ ? 0u : MDB_RDONLY, &raw))
    fail(rc, "can't open");
  lmdb::Txn txn(raw);
  OpenDatabases opened = open_databases(*this, raw);
  databases_ = opened.databases;
  library_id_ = std::move(opened.library_id);
  if (const int rc = mdb_txn_commit(txn.release())) fail(rc, "can't open");
  MDB_stat stat{};
  if (const int rc = mdb_env_stat(env_.get(), &stat)) fail(rc, "can't open");
  page_bytes_ = stat.ms_psize;
}

Environment::~Environment() {
  // Closing in a forked child would free the reader slots of its parent, which live in shared memory.
  if (process_ != getpid()) (void)env_.release();
}

void Environment::require_own_process() const {
  if (process_ != getpid())
    throw std::logic_error("a library opened before fork() was used after it: " + dir_.string());
}

void Environment::fail(int rc, const std::string& doing) const {
  const std::string about = doing + " the library " + dir_.string();
  if (means_full(rc) || (rc == EIO && disk_is_full()))
    throw Error(Fault::full,
                about + ": no space left; free some space and run again, nothing stored is lost");
  if (means_damaged(rc))
    throw Error(Fault::damaged,
                (dir_ / "data.mdb").string() + " is damaged (" + mdb_strerror(rc) + "): " + damage_advice);
  if (rc == MDB_READERS_FULL)
    throw Error(Fault::locked, about + ": too many other runs are reading it; wait until one ends");
  if (rc > 0) throw system_error(rc, about);
  throw Error(Fault::io, about + ": " + mdb_strerror(rc));
}

// LMDB turns a short write, the first sign of a full disk, into EIO. Another write shows whether the disk is full.
bool Environment::disk_is_full() const noexcept {
  int fd = -1;
  struct stat status {};
  if (!writable_ || env_ == nullptr || mdb_env_get_fd(env_.get(), &fd) != 0 || fstat(fd, &status) != 0)
    return false;
  static constexpr char block[64 * 1024] = {};
  off_t end = status.st_size;
  ssize_t wrote = sizeof block;
  for (int i = 0; i < 16 && wrote == sizeof block; ++i, end += wrote)
    wrote = pwrite(fd, block, sizeof block, end);
  const bool full = wrote >= 0 ? wrote < static_cast<ssize_t>(sizeof block) : means_full(errno);
  // Nothing of use lies behind the end that the last commit reached.
  return ftruncate(fd, status.st_size) == 0 && full;
}

lmdb::Txn Environment::begin_read() {
  require_own_process();
  const std::lock_guard guard(gate_);
  MDB_txn* raw = nullptr;
  int rc = mdb_txn_begin(env_.get(), nullptr, MDB_RDONLY, &raw);
  if (rc == MDB_MAP_RESIZED) {
    follow_growth();
    rc = mdb_txn_begin(env_.get(), nullptr, MDB_RDONLY, &raw);
  }
  if (rc != MDB_SUCCESS) fail(rc, "can't read");
  lmdb::Txn txn(raw);
  // LMDB looks a database up at its first use in a transaction, and stores the result in the transaction. After that,
  // mdb_get and cursors only read the transaction, and the threads of a snapshot may share it.
  MDB_stat stat{};
  for (const Database& database : database_table)
    if (databases_.has(database))
      if (const int stale = mdb_stat(raw, databases_.*database.handle, &stat)) fail(stale, "can't read");
  ++live_reads_;
  return txn;
}

void Environment::end_read(lmdb::Txn txn) noexcept {
  if (process_ != getpid()) {
    (void)txn.release();  // for the reason given in the destructor: the slot is the parent's
    return;
  }
  const std::lock_guard guard(gate_);
  txn.reset();
  --live_reads_;
}

// Another run has enlarged the map. This process can only follow while it has no live read.
void Environment::follow_growth() {
  if (live_reads_ > 0)
    throw Error(Fault::locked, "the library " + dir_.string() +
                                   " was enlarged by another run while this one was reading: run again");
  if (const int rc = mdb_env_set_mapsize(env_.get(), 0)) fail(rc, "can't read");
}

void Environment::write(const std::function<void(MDB_txn*, bool&)>& body) {
  require_own_process();
  if (!writable_) throw std::logic_error("Store::write on a library opened for reading: " + dir_.string());
  if (writer_.load() == std::this_thread::get_id())
    throw std::logic_error("Store::write inside Store::write: " + dir_.string());
  const std::lock_guard one_at_a_time(writing_);
  {
    const std::lock_guard guard(gate_);
    // Also when the map would not grow this time: the mistake should show at once, not with the first large library.
    if (live_reads_ > 0) throw std::logic_error("Store::write while a Snapshot lives: " + dir_.string());
  }
  struct Owner {
    std::atomic<std::thread::id>& id;
    explicit Owner(std::atomic<std::thread::id>& writer) : id(writer) { id = std::this_thread::get_id(); }
    ~Owner() { id = std::thread::id(); }
  } const owner(writer_);
  while (!try_write(body)) grow();
  settle_file_size();
}

/// @return false when the map was full: nothing was changed, and no transaction is left
bool Environment::try_write(const std::function<void(MDB_txn*, bool&)>& body) {
  const InsideWrite mark;
  MDB_txn* raw = nullptr;
  if (const int rc = mdb_txn_begin(env_.get(), nullptr, 0, &raw)) fail(rc, "can't write to");
  lmdb::Txn txn(raw);
  bool map_full = false;
  try {
    body(raw, map_full);
  } catch (...) {
    if (!map_full) throw;
  }
  return !map_full && commit(std::move(txn));
}

bool Environment::commit(lmdb::Txn txn) {
  const int rc = mdb_txn_commit(txn.release());  // frees the transaction in every case
  if (rc == MDB_MAP_FULL) return false;
  if (rc != MDB_SUCCESS) fail(rc, "can't write to");
  return true;
}

void Environment::grow() {
  const std::lock_guard guard(gate_);
  if (live_reads_ > 0)
    throw std::logic_error("the library must grow while a Snapshot lives: " + dir_.string());
  MDB_envinfo info{};
  if (const int rc = mdb_env_info(env_.get(), &info)) fail(rc, "can't write to");
  // This takes address space only: the file grows with the pages that are written.
  if (const int rc = mdb_env_set_mapsize(env_.get(), info.me_mapsize * 2)) fail(rc, "can't enlarge");
}

// Pages that were taken and freed again in one transaction are counted but never written, and the file may end
// before them. Extended to its full length, a file that is later truncated is recognised by its size alone. It does
// not matter if this fails.
void Environment::settle_file_size() noexcept {
  MDB_envinfo info{};
  int fd = -1;
  struct stat status {};
  if (mdb_env_info(env_.get(), &info) != 0 || mdb_env_get_fd(env_.get(), &fd) != 0 || fstat(fd, &status) != 0)
    return;
  const auto size = static_cast<off_t>((info.me_last_pgno + 1) * page_bytes_);
  if (status.st_size < size) (void)!ftruncate(fd, size);
}

}  // namespace echofold
