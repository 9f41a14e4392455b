// Listens to the pairs of a plan, and stores what was heard.
#pragma once

#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/dedupe/plan.h"
#include "engine/listen/listen.h"
#include "index/store/store.h"
#include "tools/options/shared.h"
#include "tools/stages/listen_groups.h"

namespace echofold {

/// Knows what was heard of pairs, and notes those of which it does not. One thread at a time.
class HeardPairs {
 public:
  explicit HeardPairs(Store& store) : store_(store) {}

  /// For PlanSettings::by_ear.
  ByEar by_ear(const TrackRecord& keeper, const TrackRecord& loser, const ListenSettings& settings);

  /// For PlanSettings::heard_so_far.
  std::optional<Heard> so_far(const TrackRecord& a, const TrackRecord& b) const;

  /// Notes a pair to listen to, unless it has no files or both play the very same samples.
  void want(const TrackRecord& keeper, const TrackRecord& loser, const ListenSettings& settings);

  /// How many pairs listen() would listen to.
  std::size_t waiting() const noexcept { return missing_.size(); }

  /// Listens to the pairs that by_ear() has not known, and that were wanted, since the last call: in parallel, each pair
  /// in a jailed process, with progress. A keeper of several pairs is decoded once for all (listen_groups). What was
  /// heard is stored from time to time, so that a run that is stopped goes on from there.
  /// @return false if there were none
  /// @throws Error Fault::interrupted, and as Store::write
  bool listen(const GlobalOptions& options, const std::stop_token& stop);

 private:
  /// What is known of a pair, whichever of the two was the keeper.
  std::optional<ByEar> known(const TrackRecord& keeper, const TrackRecord& loser) const;

  using Key = std::pair<TrackId, TrackId>;  ///< keeper, loser

  void keep(const ListenPair& pair, ByEar by_ear, Writer* writer);

  Store& store_;
  std::map<Key, ListenPair> missing_;
  std::map<Key, ByEar> known_;  ///< of this run: also what could not be stored
};

/// What listening needs to know of a pair.
ListenSettings listen_settings(const Evidence& evidence);

}  // namespace echofold
