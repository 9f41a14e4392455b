// The implementation of a Snapshot. Private to the store.
#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "index/store/classes.h"
#include "index/store/store.h"
#include "index/store/view.h"

namespace echofold {

struct Snapshot::Impl {
  explicit Impl(std::shared_ptr<Environment> of)
      : environment(std::move(of)),
        txn(*environment),
        view(*environment, txn.get()),
        counters(view.counters()) {}

  const Databases& databases() const noexcept { return environment->databases(); }

  /// For a library that has no databases of classes. Thread-safe.
  const std::vector<ClassEntry>& entries_by_records() {
    std::call_once(records_read, [this] { by_records = classes_by_records(view); });
    return by_records;
  }

  // Ends the transaction before the environment is destroyed, also when the rest of the constructor throws.
  class ReadTxn {
   public:
    explicit ReadTxn(Environment& environment) : environment_(environment), txn_(environment.begin_read()) {}
    ~ReadTxn() { environment_.end_read(std::move(txn_)); }
    ReadTxn(const ReadTxn&) = delete;
    ReadTxn& operator=(const ReadTxn&) = delete;
    MDB_txn* get() const noexcept { return txn_.get(); }

   private:
    Environment& environment_;
    lmdb::Txn txn_;
  };

  std::shared_ptr<Environment> environment;  // a snapshot may outlive its Store
  ReadTxn txn;
  View view;
  Counters counters;
  bool has_classes = environment->databases().has_classes();
  std::once_flag records_read;
  std::vector<ClassEntry> by_records;
};

}  // namespace echofold
