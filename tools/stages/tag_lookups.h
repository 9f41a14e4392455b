// The answers of AcoustID for tracks: from the library where they were looked up before, else from the service.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/online/acoustid_client.h"
#include "engine/online/lookup_cache.h"
#include "index/base/error.h"
#include "index/store/store.h"
#include "tools/options/tag_options.h"

namespace echofold {

AcoustidSettings lookup_settings(const TagOptions& options);

struct LookedUpTrack {
  TrackRecord track;
  LookupKey key{};
  std::string fingerprint{};  ///< empty: no lookup is needed
  std::optional<AcoustidAnswer> answer{};
  bool failed = false;  ///< the lookup failed
  std::string why{};    ///< why there is no answer; without answer and reason it was not looked up
};

class TagLookups {
 public:
  /// Stores references to all three.
  /// @throws Error Fault::usage without a key or for a wrong address, unless the options say offline
  TagLookups(Store& store, const TagOptions& options, const std::stop_token& stop);

  /// The tracks in their order. New answers are stored in the library first.
  /// @param show  called with the number of answers so far
  std::vector<LookedUpTrack> of(std::span<const TrackId> tracks,
                                const std::function<void(std::size_t)>& show);

  /// Why the lookups ended early; empty as long as they work.
  const std::string& given_up() const noexcept { return given_up_; }
  /// Set when the service refuses key or address.
  const std::optional<Error>& refused() const noexcept { return refused_; }

 private:
  std::vector<LookedUpTrack> gather(std::span<const TrackId> tracks) const;
  void ask(std::vector<LookedUpTrack>& tracks, const std::function<void(std::size_t)>& show);
  void store_answers(const std::vector<LookedUpTrack*>& asked) const;

  Store& store_;
  const TagOptions& options_;
  const std::stop_token& stop_;
  CacheSettings cache_;
  std::optional<AcoustidClient> client_;
  std::string given_up_;
  std::optional<Error> refused_;
};

}  // namespace echofold
