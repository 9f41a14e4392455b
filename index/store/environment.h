// One open LMDB environment with its lock, databases and rules. Private to the store.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "index/base/error.h"
#include "index/model/fingerprint.h"
#include "index/store/databases.h"
#include "index/store/library_lock.h"
#include "index/store/lmdb.h"

namespace echofold {

inline constexpr TrackId track_id_end = TrackId{1} << 40;

enum class Access { write, read };

struct OpenSettings {
  Access access = Access::read;
  std::size_t map_bytes = 0;
  bool trust_size = false;  ///< take a data file that is cut short; only survives_reading may
};

class Environment {
 public:
  /// As Store::open and Store::open_to_read.
  Environment(const std::filesystem::path& dir, const OpenSettings& settings);
  ~Environment();
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

  const std::filesystem::path& dir() const noexcept { return dir_; }
  const std::string& library_id() const noexcept { return library_id_; }
  bool writable() const noexcept { return writable_; }
  const Databases& databases() const noexcept { return databases_; }
  std::size_t page_bytes() const noexcept { return page_bytes_; }

  /// A read transaction whose databases are all looked up, so that concurrent reads of it change nothing.
  /// Counted until `end_read`. @throws Error Fault::io when no reader slot is free
  lmdb::Txn begin_read();
  void end_read(lmdb::Txn txn) noexcept;

  /// Runs `body` in a write transaction and commits, again with a doubled map as often as one was full.
  /// `body` says whether an operation of it found the map full; then what it threw is dropped.
  void write(const std::function<void(MDB_txn* txn, bool& map_full)>& body);

  /// What a committed write transaction made of the databases.
  void use(const Databases& databases) noexcept { databases_ = databases; }

  /// The Error for what LMDB returned, naming the library. @param doing "can't read"
  [[noreturn]] void fail(int rc, const std::string& doing) const;

 private:
  void open_environment(const OpenSettings& settings, std::size_t map_bytes);
  void open_databases();
  bool is_new(MDB_txn* txn);
  void create_library(MDB_txn* txn);
  void open_library(MDB_txn* txn);
  void open_all(MDB_txn* txn, unsigned flags, std::uint64_t format);
  void require_own_process() const;
  bool try_write(const std::function<void(MDB_txn*, bool&)>& body);
  bool commit(lmdb::Txn txn);
  void grow();
  void follow_growth();
  void settle_file_size() noexcept;
  bool disk_is_full() const noexcept;

  std::filesystem::path dir_;
  bool writable_;
  pid_t process_;
  OpenMark mark_;
  LibraryLock lock_;
  lmdb::Env env_;
  Databases databases_;
  std::string library_id_;
  std::size_t page_bytes_ = 0;
  std::mutex gate_;     // between the start of a read and a change of the map
  int live_reads_ = 0;  // under gate_
  std::mutex writing_;  // one write at a time
  std::atomic<std::thread::id> writer_{};
};

/// Reads everything in the library in a child process, since LMDB may end the process on a damaged file.
/// @param trust_size  also when the data file is cut short
/// @return nothing when all is well, else what is wrong
std::optional<Error> reading_fails(const std::filesystem::path& dir, bool trust_size);

}  // namespace echofold
