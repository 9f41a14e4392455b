// Opens a library; starts its snapshots and writes.
#include "index/store/store.h"

#include <utility>

#include "index/base/error.h"
#include "index/store/check.h"
#include "index/store/snapshot.h"
#include "index/store/upgrade.h"
#include "index/store/write_transaction.h"
#include "index/store/writer.h"

namespace echofold {

struct Store::Impl {
  std::shared_ptr<Environment> environment;

  /// Makes the databases that a library of an older format lacks, in one transaction: a run may be killed at any time,
  /// and the library has one format or the other. When this fails, the library stays as it is and is used as it is:
  /// runs must be undone even when there is no space for new databases or a record is damaged.
  void upgrade() const {
    if (environment->databases().complete()) return;
    try {
      Databases databases;
      environment->write([&](MDB_txn* txn, bool& map_full) {
        WriteTransaction transaction(*environment, txn, map_full);
        databases = echofold::upgrade(transaction);
      });
      environment->use(databases);
    } catch (const Error&) {
    }
  }
};

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Store Store::open(const std::filesystem::path& dir, const StoreOptions& options) {
  const OpenSettings settings{Access::write, options.map_bytes, false};
  auto impl = std::make_unique<Impl>(Impl{std::make_shared<Environment>(dir, settings)});
  impl->upgrade();
  return Store(std::move(impl));
}

Store Store::open_to_read(const std::filesystem::path& dir, const StoreOptions& options) {
  const OpenSettings settings{Access::read, options.map_bytes, false};
  return Store(std::make_unique<Impl>(Impl{std::make_shared<Environment>(dir, settings)}));
}

Snapshot Store::snapshot() const { return Snapshot(std::make_unique<Snapshot::Impl>(impl_->environment)); }

void Store::write(const std::function<void(Writer&)>& body) {
  const Environment& environment = *impl_->environment;
  impl_->environment->write([&](MDB_txn* txn, bool& map_full) {
    Writer::Impl impl(environment, txn, map_full);
    Writer writer(impl);
    body(writer);
    ++impl.counters.generation;
    impl.put(environment.databases().meta, "counters", encode(impl.counters));
  });
}

const std::filesystem::path& Store::dir() const noexcept { return impl_->environment->dir(); }
const std::string& Store::library_id() const noexcept { return impl_->environment->library_id(); }
bool Store::writable() const noexcept { return impl_->environment->writable(); }

void check_library(const std::filesystem::path& dir) {
  if (const auto wrong = reading_fails(dir, false)) throw *wrong;
}

}  // namespace echofold
