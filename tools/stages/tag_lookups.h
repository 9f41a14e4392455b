// What AcoustID says of tracks: from the library where it was asked before, else from the service.
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
  std::string fingerprint{};  ///< empty: nobody has to be asked
  std::optional<AcoustidAnswer> answer{};
  bool failed = false;  ///< it was asked for in vain
  std::string why{};    ///< there is no answer; without answer and reason it was not asked for
};

class TagLookups {
 public:
  /// Keeps references to all three.
  /// @throws Error Fault::usage without a key or for a wrong address, unless nobody is to be asked
  TagLookups(Store& store, const TagOptions& options, const std::stop_token& stop);

  /// The tracks in their order; new answers are kept in the library first.
  /// @param show  told how many answers have come
  std::vector<LookedUpTrack> of(std::span<const TrackId> tracks,
                                const std::function<void(std::size_t)>& show);

  /// Why nobody is asked any more; empty as long as all goes well.
  const std::string& given_up() const noexcept { return given_up_; }
  /// The service refuses key or address.
  const std::optional<Error>& refused() const noexcept { return refused_; }

 private:
  std::vector<LookedUpTrack> gather(std::span<const TrackId> tracks) const;
  void ask(std::vector<LookedUpTrack>& tracks, const std::function<void(std::size_t)>& show);
  void keep(const std::vector<LookedUpTrack*>& asked) const;

  Store& store_;
  const TagOptions& options_;
  const std::stop_token& stop_;
  CacheSettings cache_;
  std::optional<AcoustidClient> client_;
  std::string given_up_;
  std::optional<Error> refused_;
};

}  // namespace echofold
