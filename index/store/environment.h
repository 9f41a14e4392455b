// One open LMDB environment: its lock, its databases, its transactions. Private to the store.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

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
  bool trust_size = false;  ///< accept a data file that is cut short; only for reading_fails
};

class Environment {
 public:
  /// Opens as Store::open or Store::open_to_read, with their errors.
  Environment(const std::filesystem::path& dir, const OpenSettings& settings);
  ~Environment();
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

  const std::filesystem::path& dir() const noexcept { return dir_; }
  const std::string& library_id() const noexcept { return library_id_; }
  bool writable() const noexcept { return writable_; }
  const Databases& databases() const noexcept { return databases_; }
  std::size_t page_bytes() const noexcept { return page_bytes_; }

  /// A read transaction in which LMDB has looked up all databases, so that concurrent reads do not modify it. Counts as
  /// live until `end_read`. @throws Error Fault::locked when no reader slot is free
  lmdb::Txn begin_read();
  void end_read(lmdb::Txn txn) noexcept;

  /// Runs `body` in a write transaction and commits. As often as the map is full, it doubles the map and runs `body`
  /// again. `body` sets `map_full` when an operation found the map full; what it threw then is dropped.
  void write(const std::function<void(MDB_txn* txn, bool& map_full)>& body);

  /// Sets the databases after a committed write transaction that changed them (an upgrade).
  void use(const Databases& databases) noexcept { databases_ = databases; }

  /// Throws the Error for a return code of LMDB; it names the library. @param doing  for example "can't read"
  [[noreturn]] void fail(int rc, const std::string& doing) const;

 private:
  void open_environment(const OpenSettings& settings, std::size_t map_bytes);
  void open_library();
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
  std::mutex gate_;     // no read starts while the map changes
  int live_reads_ = 0;  // guarded by gate_
  std::mutex writing_;  // one write at a time
  std::atomic<std::thread::id> writer_{};
};

}  // namespace echofold
