// Collects fingerprinted files and stores many in one durable transaction.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "engine/library/fingerprint_file.h"
#include "index/store/store.h"

namespace echofold {

/// One thread at a time. Uncommitted files are dropped on destruction.
class TrackBatch {
 public:
  using Stored = std::function<void(const FingerprintedFile&)>;
  /// @param stored  called for each file once its commit is on disk, in the order of add()
  TrackBatch(Store& store, std::size_t max_tracks, std::chrono::milliseconds max_age, Stored stored)
      : store_(store), max_tracks_(max_tracks), max_age_(max_age), stored_(std::move(stored)) {}

  /// Commits if the batch is full or old.
  /// @throws Error as Store::write
  void add(FingerprintedFile file);
  void commit();

 private:
  Store& store_;
  std::size_t max_tracks_;
  std::chrono::milliseconds max_age_;
  Stored stored_;
  std::vector<FingerprintedFile> files_;
  std::size_t items_ = 0;
  std::chrono::steady_clock::time_point first_at_;
};

}  // namespace echofold
