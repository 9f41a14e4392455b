// Runs the transactions of one environment, lets its map grow, and turns LMDB's errors into Errors.
#include "index/store/environment.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <utility>
#include <vector>

#include "index/base/error.h"
#include "index/store/damage_signals.h"

namespace echofold {
namespace {

bool means_full(int rc) { return rc == ENOSPC || rc == EDQUOT || rc == EFBIG; }

bool means_damaged(int rc) {
  // The last two mean a tree that is too deep, and a transaction in which an earlier operation failed.
  return rc == MDB_INVALID || rc == MDB_CORRUPTED || rc == MDB_PAGE_NOTFOUND || rc == MDB_VERSION_MISMATCH ||
         rc == MDB_INCOMPATIBLE || rc == MDB_CURSOR_FULL || rc == MDB_BAD_TXN;
}

}  // namespace

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
