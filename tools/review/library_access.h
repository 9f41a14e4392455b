// The library, for a program that runs for hours beside others: it is opened for each write, and let go at once.
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <shared_mutex>
#include <vector>

#include "engine/dedupe/waiting_answers.h"
#include "index/store/store.h"
#include "tools/options/shared.h"

namespace echofold {

/// Thread-safe. Holds the writer's lock of the library only during write(), job(), and keep().
class LibraryAccess {
 public:
  /// @param options  must outlive this
  explicit LibraryAccess(const GlobalOptions& options) : options_(options) {}

  /// Calls `body` with the library as it is now. Works beside a writer of another process.
  /// @throws Error Fault::locked while a job() of this process has the library; as Store::open_to_read
  void read(const std::function<void(const Store& store, const Snapshot& snapshot)>& body);

  /// Opens the library to write for as long as `job` runs. Answers that waited are stored first.
  /// @throws Error Fault::locked when another run has it, or another job; as open_library()
  void job(const std::function<void(Store& store)>& job);

  /// Stores answers: in the library, or, while another run or a job has it, in the file of waiting answers. They are on
  /// disk when it returns.
  /// @throws Error Fault::io, Fault::full
  void keep(const std::vector<StoredAnswer>& answers);

  /// True if anything but this object has changed the library since the last call of mark_seen(); false also while a
  /// job has the library.
  bool is_changed_by_others();
  /// To be called before the library is read as a whole.
  void mark_seen() noexcept { is_changed_ = false; }

  /// Stores waiting answers, if there are any and nobody has the library.
  void store_waiting() noexcept;

 private:
  const GlobalOptions& options_;
  std::shared_timed_mutex mutex_;  ///< shared: reading; else: writing, or opening and closing `reading_`
  std::atomic<bool> has_job_ = false;
  std::optional<Store> reading_;
  std::uint64_t generation_ = 0;  ///< of the library after the last write of this object; 0: there was none
  std::atomic<bool> is_changed_ = false;

  void compare_generation(const Store& store);
  Store open_to_write();
};

}  // namespace echofold
