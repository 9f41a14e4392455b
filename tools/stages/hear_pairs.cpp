// Opens the files, checks that they are as they were scanned, and has the jail listen to them.
#include "tools/stages/hear_pairs.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/jail/shared_listening.h"
#include "engine/library/music_file.h"
#include "index/base/error.h"
#include "index/base/fs/path.h"
#include "tools/stages/decoding.h"
#include "tools/stages/open_scanned.h"

namespace echofold {
namespace {

/// Names the file in what `open` throws.
template <class Open>
auto naming(const TrackRecord& track, const Open& open) {
  try {
    return open();
  } catch (const Error& error) {
    throw Error(error.fault(), track.path + ": " + error.what());
  }
}

ByEar try_to_hear(const ListenPair& pair, const std::stop_token& stop) {
  try {
    return {listen_to_files(pair.keeper, pair.loser, pair.settings, stop), {}};
  } catch (const Error& error) {
    if (error.fault() == Fault::interrupted) throw;
    return {std::nullopt, error.what()};
  }
}

/// Listens to the pairs of one keeper. Each pair has the result that it has alone.
class GroupListening {
 public:
  GroupListening(std::span<const ListenPair> pairs, const OnHeard& on_heard, const std::stop_token& stop)
      : pairs_(pairs), keeper_record_(pairs.front().keeper), on_heard_(on_heard), stop_(stop) {}

  void run() {
    try {
      const MusicFile keeper = naming(keeper_record_, [&] { return open_scanned(keeper_record_); });
      open_losers();
      if (losers_.size() > 1)
        listen(keeper);
      else
        for (const Loser& loser : losers_) alone_.push_back(loser.number);
    } catch (const Error& error) {
      if (error.fault() == Fault::interrupted) throw;
      for (std::size_t i = 0; i < pairs_.size(); ++i)
        if (!reported(i)) report(i, {std::nullopt, error.what()});
    }
    for (const std::size_t i : alone_) report(i, try_to_hear(pairs_[i], stop_));
  }

 private:
  struct Loser {
    std::size_t number;  ///< of the pair
    MusicFile file;
    std::string extension;
  };

  void open_losers() {
    losers_.reserve(pairs_.size());
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
      const TrackRecord& track = pairs_[i].loser;
      try {
        losers_.push_back({i, naming(track, [&] { return open_scanned(track); }), extension_of(track.path)});
      } catch (const Error& error) {
        report(i, {std::nullopt, error.what()});
      }
    }
  }

  void listen(const MusicFile& keeper) {
    std::vector<ListenPartner> partners;
    for (const Loser& loser : losers_)
      partners.push_back({loser.file.fd(), loser.extension, pairs_[loser.number].settings});
    const std::string extension = extension_of(keeper_record_.path);
    listen_to_each_in_jail(
        {keeper.fd(), extension}, partners,
        [&](std::size_t i, PartnerHeard heard) { take(losers_[i], keeper, std::move(heard)); }, stop_);
  }

  void take(const Loser& loser, const MusicFile& keeper, PartnerHeard heard) {
    if (const Error* error = std::get_if<Error>(&heard.result)) {
      if (error->fault() == Fault::io) return alone_.push_back(loser.number);
      const std::string whose = heard.of_shared ? keeper_record_.path + ": " : "";
      return report(loser.number, {std::nullopt, whose + error->what()});
    }
    try {
      naming(keeper_record_, [&] { keeper.check_unchanged(); });
      naming(pairs_[loser.number].loser, [&] { loser.file.check_unchanged(); });
      report(loser.number, {std::get<Heard>(std::move(heard.result)), {}});
    } catch (const Error& error) {
      report(loser.number, {std::nullopt, error.what()});
    }
  }

  void report(std::size_t i, ByEar heard) {
    reported_.push_back(i);
    on_heard_(i, std::move(heard));
  }
  bool reported(std::size_t i) const {
    return std::find(reported_.begin(), reported_.end(), i) != reported_.end();
  }

  std::span<const ListenPair> pairs_;
  const TrackRecord& keeper_record_;
  const OnHeard& on_heard_;
  const std::stop_token& stop_;
  std::vector<Loser> losers_;
  std::vector<std::size_t> reported_;  ///< numbers of pairs
  std::vector<std::size_t> alone_;     ///< likewise: are listened to once more, by themselves
};

}  // namespace

Heard listen_to_files(const TrackRecord& one, const TrackRecord& other, const ListenSettings& settings,
                      const std::stop_token& stop) {
  const MusicFile a = naming(one, [&] { return open_scanned(one); });
  const MusicFile b = naming(other, [&] { return open_scanned(other); });
  const std::string extension_a = extension_of(one.path), extension_b = extension_of(other.path);
  Heard heard = listen_in_jail({a.fd(), extension_a}, {b.fd(), extension_b}, settings, stop);
  naming(one, [&] { a.check_unchanged(); });
  naming(other, [&] { b.check_unchanged(); });
  return heard;
}

void hear_group(std::span<const ListenPair> group, const std::stop_token& stop, const OnHeard& on_heard) {
  if (group.size() == 1) return on_heard(0, try_to_hear(group.front(), stop));
  GroupListening(group, on_heard, stop).run();
}

}  // namespace echofold
