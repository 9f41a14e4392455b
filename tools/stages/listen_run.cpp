// See listen_run.h.
#include "tools/stages/listen_run.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <utility>

#include "engine/dedupe/stored_heard.h"
#include "engine/jail/shared_listening.h"
#include "index/base/error.h"
#include "index/base/parallel.h"
#include "tools/console/progress.h"
#include "tools/stages/hear_pairs.h"

namespace echofold {
namespace {

constexpr std::size_t batch_pairs = 64;  // heard between two writes to the store

/// Bounds how many pairs are listened to at a time: each has a process, whatever the number of threads.
class Places {
 public:
  explicit Places(std::size_t count) : free_(count) {}

  /// @param count  at most that of the constructor
  template <class Work>
  void with(std::size_t count, const Work& work) {
    {
      std::unique_lock lock(mutex_);
      freed_.wait(lock, [&] { return free_ >= count; });
      free_ -= count;
    }
    const auto give_back = [&](const void*) {
      const std::lock_guard lock(mutex_);
      free_ += count;
      freed_.notify_all();
    };
    const std::unique_ptr<const void, decltype(give_back)> held(this, give_back);
    work();
  }

 private:
  std::mutex mutex_;
  std::condition_variable freed_;
  std::size_t free_;
};

/// How many groups from the first on make a batch.
std::size_t batch_of(std::span<const std::span<const ListenPair>> groups) noexcept {
  std::size_t count = 0;
  for (std::size_t pairs = 0; count < groups.size() && pairs < batch_pairs; ++count)
    pairs += groups[count].size();
  return count;
}

}  // namespace

ListenSettings listen_settings(const Evidence& evidence) { return {evidence.offset_s(), evidence.speed}; }

std::optional<ByEar> HeardPairs::known(const TrackRecord& keeper, const TrackRecord& loser) const {
  if (const auto found = known_.find({keeper.id, loser.id}); found != known_.end()) return found->second;
  if (const auto found = known_.find({loser.id, keeper.id}); found != known_.end()) {
    ByEar other = found->second;
    if (other.heard) other.heard = exchanged(*std::move(other.heard));
    return other;
  }
  if (auto stored = stored_heard(store_.snapshot(), keeper, loser)) return ByEar{std::move(stored), {}};
  return std::nullopt;
}

ByEar HeardPairs::by_ear(const TrackRecord& keeper, const TrackRecord& loser,
                         const ListenSettings& settings) {
  if (auto found = known(keeper, loser)) return known_[{keeper.id, loser.id}] = *std::move(found);
  want(keeper, loser, settings);
  return {};
}

std::optional<Heard> HeardPairs::so_far(const TrackRecord& a, const TrackRecord& b) const {
  const auto found = known(a, b);
  return found ? found->heard : std::nullopt;
}

void HeardPairs::want(const TrackRecord& keeper, const TrackRecord& loser, const ListenSettings& settings) {
  if (can_be_heard(keeper, loser))
    missing_.try_emplace({keeper.id, loser.id}, ListenPair{keeper, loser, settings});
}

void HeardPairs::keep(const ListenPair& pair, ByEar by_ear, Writer* writer) {
  if (writer != nullptr && by_ear.heard) store_heard(*writer, pair.keeper, pair.loser, *by_ear.heard);
  known_[{pair.keeper.id, pair.loser.id}] = std::move(by_ear);
}

bool HeardPairs::listen(const GlobalOptions& options, const std::stop_token& stop) {
  std::vector<ListenPair> pairs;
  pairs.reserve(missing_.size());
  for (auto& [ids, pair] : std::exchange(missing_, {})) pairs.push_back(std::move(pair));
  if (pairs.empty()) return false;
  ProgressLine line(options);
  const Progress progress = line.stages();
  std::atomic<std::size_t> done = 0;
  std::mutex drawing;
  const auto report = [&] {
    const std::size_t count = ++done;
    const std::lock_guard lock(drawing);
    progress("listen", count, pairs.size());
  };
  const auto groups = listen_groups(pairs);
  Places places(std::max(most_partners, parallelism()));
  for (std::span left(groups); !left.empty();) {
    const auto batch = left.first(batch_of(left));
    left = left.subspan(batch.size());
    std::vector<std::vector<std::optional<ByEar>>> heard(batch.size());
    std::exception_ptr stopped;  // what was heard before it is stored all the same
    try {
      parallel_for(batch.size(), [&](std::size_t i) {
        heard[i].resize(batch[i].size());
        places.with(batch[i].size(), [&] {
          hear_group(batch[i], stop, [&](std::size_t pair, ByEar by_ear) {
            heard[i][pair] = std::move(by_ear);
            report();
          });
        });
      });
    } catch (const Error&) {
      stopped = std::current_exception();
    }
    const auto keep_all = [&](Writer* writer) {
      for (std::size_t i = 0; i < batch.size(); ++i)
        for (std::size_t pair = 0; pair < heard[i].size(); ++pair)
          if (heard[i][pair]) keep(batch[i][pair], *std::move(heard[i][pair]), writer);
    };
    if (store_.writable())
      store_.write([&](Writer& writer) { keep_all(&writer); });
    else
      keep_all(nullptr);
    if (stopped) std::rethrow_exception(stopped);
  }
  line.clear();
  return true;
}

}  // namespace echofold
