// Computed media, kept in bounded memory.
#pragma once

#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "engine/media/media.h"

namespace echofold {

/// Forgets what was not asked for the longest. Thread-safe.
class MediaCache {
 public:
  explicit MediaCache(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  std::shared_ptr<const Media> find(const std::string& key);  ///< null if it is not there
  /// Does nothing for what alone is larger than the cache.
  void put(const std::string& key, std::shared_ptr<const Media> media);
  std::size_t bytes() const;

 private:
  using Entry = std::pair<std::string, std::shared_ptr<const Media>>;

  std::size_t most_bytes_;
  mutable std::mutex mutex_;
  std::size_t bytes_ = 0;
  std::list<Entry> entries_;  ///< the newest first
  std::map<std::string, std::list<Entry>::iterator> places_;
};

}  // namespace echofold
