// Opens a library: its folder, lock, data file, environment, format and databases, in this order.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <random>
#include <utility>

#include "index/base/error.h"
#include "index/base/fd.h"
#include "index/base/text/printable.h"
#include "index/store/check.h"
#include "index/store/damage_signals.h"
#include "index/store/environment.h"
#include "index/store/preflight.h"
#include "index/store/view.h"

namespace echofold {
namespace {

constexpr MDB_dbi max_databases = 16;
constexpr std::size_t map_step_bytes = std::size_t{64} * 1024;  // a multiple of every page size

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

std::string random_uuid() {
  std::random_device random;
  std::array<unsigned, 4> words{};
  for (unsigned& word : words) word = random();
  words[1] = (words[1] & 0xFFFF0FFFu) | 0x00004000u;  // version 4: random
  words[2] = (words[2] & 0x3FFFFFFFu) | 0x80000000u;
  std::array<char, 37> text{};
  std::snprintf(text.data(), text.size(), "%08x-%04x-%04x-%04x-%04x%08x", words[0], words[1] >> 16,
                words[1] & 0xFFFFu, words[2] >> 16, words[2] & 0xFFFFu, words[3]);
  return text.data();
}

MDB_dbi open_database(MDB_txn* txn, const char* name, unsigned flags, const Environment& environment) {
  MDB_dbi database = 0;
  const int rc = mdb_dbi_open(txn, name, flags, &database);
  if (rc == MDB_NOTFOUND)
    throw Error(Fault::damaged, (environment.dir() / "data.mdb").string() + " is damaged: its database " +
                                    name + " is gone; " + damage_advice);
  if (rc != MDB_SUCCESS) environment.fail(rc, "can't open");
  return database;
}

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
    open_databases();
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

void Environment::open_databases() {
  MDB_txn* raw = nullptr;
  if (const int rc = mdb_txn_begin(env_.get(), nullptr, writable_ ? 0u : MDB_RDONLY, &raw))
    fail(rc, "can't open");
  lmdb::Txn txn(raw);
  if (is_new(raw)) {
    if (!writable_) throw no_library(dir_);
    create_library(raw);
  } else {
    open_library(raw);
  }
  if (const int rc = mdb_txn_commit(txn.release())) fail(rc, "can't open");
  MDB_stat stat{};
  if (const int rc = mdb_env_stat(env_.get(), &stat)) fail(rc, "can't open");
  page_bytes_ = stat.ms_psize;
}

bool Environment::is_new(MDB_txn* txn) {
  MDB_dbi main = 0;
  if (const int rc = mdb_dbi_open(txn, nullptr, 0, &main)) fail(rc, "can't open");
  if (View(*this, txn).size(main) == 0) return true;
  const int rc = mdb_dbi_open(txn, "meta", 0, &databases_.meta);
  if (rc == MDB_NOTFOUND)
    throw Error(Fault::damaged, (dir_ / "data.mdb").string() + " is not a library of echofold");
  if (rc != MDB_SUCCESS) fail(rc, "can't open");
  return false;
}

void Environment::create_library(MDB_txn* txn) {
  open_all(txn, MDB_CREATE, store_format);
  library_id_ = random_uuid();
  const auto put = [&](std::string_view key, const std::string& value) {
    MDB_val name = lmdb::to_value(key);
    MDB_val bytes = lmdb::to_value(value);
    if (const int rc = mdb_put(txn, databases_.meta, &name, &bytes, 0)) fail(rc, "can't create");
  };
  put("format", encode_number(store_format));
  put("library_id", encode_text(library_id_));
  put("counters", encode(Counters{}));
}

void Environment::open_library(MDB_txn* txn) {
  const View view(*this, txn);
  const auto entry = [&](std::string_view key) {
    const auto value = view.find(databases_.meta, key);
    if (!value) throw Error(Fault::damaged, "its entry " + std::string(key) + " is gone");
    return *value;
  };
  const auto format = view.naming([&] { return decode_number(entry("format"), "the format number"); });
  if (format < format_without_classes || format > store_format) {
    throw Error(Fault::version, "the library " + dir_.string() + " was written by format " +
                                    std::to_string(format) + ", this echofold knows " +
                                    std::to_string(store_format) + ": use the echofold that wrote it");
  }
  library_id_ = view.naming([&] { return decode_text(entry("library_id"), "the library's id"); });
  open_all(txn, 0, format);
}

void Environment::open_all(MDB_txn* txn, unsigned flags, std::uint64_t format) {
  databases_.format = format;
  for (const Database& database : database_table)
    if (databases_.has(database))
      databases_.*database.handle = open_database(txn, database.name, flags, *this);
}

}  // namespace echofold
