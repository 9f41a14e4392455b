// See library_access.h. A process may open a library once, so reading ends before writing begins.
#include "tools/review/library_access.h"

#include <spdlog/spdlog.h>

#include <chrono>
#include <mutex>

#include "index/base/error.h"
#include "index/base/text/printable.h"
#include "tools/library.h"

namespace echofold {
namespace {

/// How long to wait for the mutex before looking again whether a job, which may take minutes, has it.
constexpr std::chrono::milliseconds a_moment{20};

/// Does something at the end of its scope, however that is left.
template <class Body>
class AtEnd {
 public:
  explicit AtEnd(Body body) : body_(std::move(body)) {}
  ~AtEnd() {
    try {
      body_();
    } catch (const Error&) {  // the library is read again at the next opportunity
    }
  }
  AtEnd(const AtEnd&) = delete;
  AtEnd& operator=(const AtEnd&) = delete;

 private:
  Body body_;
};

[[noreturn]] void throw_busy() { throw Error(Fault::locked, "the library is busy: a moment, please"); }

}  // namespace

void LibraryAccess::read(const std::function<void(const Store&, const Snapshot&)>& body) {
  while (!has_job_) {
    if (const std::shared_lock lock(mutex_, a_moment); lock && reading_)
      return body(*reading_, reading_->snapshot());
    if (const std::unique_lock lock(mutex_, a_moment); lock && !reading_ && !has_job_)
      reading_ = Store::open_to_read(options_.db);
  }
  throw_busy();
}

void LibraryAccess::compare_generation(const Store& store) {
  const std::uint64_t now = store.snapshot().generation();
  if (generation_ != 0 && now != generation_) is_changed_ = true;
  generation_ = now;
}

bool LibraryAccess::is_changed_by_others() {
  if (const std::unique_lock lock(mutex_, a_moment); lock && !has_job_) {
    if (!reading_) reading_ = Store::open_to_read(options_.db);
    compare_generation(*reading_);
  }
  return is_changed_;
}

/// Opens the library to write. Before anything is written, notes whether others have changed it.
Store LibraryAccess::open_to_write() {
  if (!reading_) reading_ = Store::open_to_read(options_.db);
  compare_generation(*reading_);
  reading_.reset();
  return open_library(options_, false);
}

void LibraryAccess::job(const std::function<void(Store&)>& job) {
  if (has_job_.exchange(true)) throw_busy();
  const AtEnd end([&] { has_job_ = false; });
  const std::lock_guard lock(mutex_);
  Store store = open_to_write();
  const AtEnd note([&] { generation_ = store.snapshot().generation(); });
  job(store);
}

void LibraryAccess::keep(const std::vector<StoredAnswer>& answers) {
  if (answers.empty()) return;
  while (!has_job_) {
    const std::unique_lock lock(mutex_, a_moment);
    if (!lock) continue;
    try {
      Store store = open_to_write();
      store.write([&](Writer& writer) {
        for (const StoredAnswer& answer : answers) put_answer(writer, answer);
      });
      generation_ = store.snapshot().generation();
      return;
    } catch (const Error& error) {
      if (error.fault() != Fault::locked) throw;
      break;
    }
  }
  let_wait(options_.db, answers);
}

void LibraryAccess::store_waiting() noexcept {
  try {
    if (!waiting_answers(options_.db).empty()) job([](Store&) {});
  } catch (const Error& error) {
    if (error.fault() != Fault::locked)
      spdlog::warn("answers wait to be stored: {}", printable(error.what()));
  }
}

}  // namespace echofold
