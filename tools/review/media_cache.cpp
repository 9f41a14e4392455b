// See media_cache.h.
#include "tools/review/media_cache.h"

namespace echofold {

std::shared_ptr<const Media> MediaCache::find(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto place = places_.find(key);
  if (place == places_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, place->second);
  return place->second->second;
}

void MediaCache::put(const std::string& key, std::shared_ptr<const Media> media) {
  const std::lock_guard lock(mutex_);
  if (media->bytes.size() > most_bytes_ || places_.contains(key)) return;
  bytes_ += media->bytes.size();
  entries_.emplace_front(key, std::move(media));
  places_[key] = entries_.begin();
  while (bytes_ > most_bytes_) {
    bytes_ -= entries_.back().second->bytes.size();
    places_.erase(entries_.back().first);
    entries_.pop_back();
  }
}

std::size_t MediaCache::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

}  // namespace echofold
