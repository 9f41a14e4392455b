// See listen_run.h.
#include "tools/stages/listen_run.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <optional>
#include <utility>

#include "engine/dedupe/stored_heard.h"
#include "index/base/error.h"
#include "index/base/fs/path.h"
#include "index/base/parallel.h"
#include "tools/console/progress.h"
#include "tools/stages/decoding.h"
#include "tools/stages/open_scanned.h"

namespace echofold {
namespace {

constexpr std::size_t batch_pairs = 64;  // heard between two writes to the store

/// Names the file in what `open` throws.
template <class Open>
auto naming(const TrackRecord& track, const Open& open) {
  try {
    return open();
  } catch (const Error& error) {
    throw Error(error.fault(), track.path + ": " + error.what());
  }
}

ByEar try_to_hear(const TrackRecord& keeper, const TrackRecord& loser, const ListenSettings& settings,
                  const std::stop_token& stop) {
  try {
    return {listen_to_files(keeper, loser, settings, stop), {}};
  } catch (const Error& error) {
    if (error.fault() == Fault::interrupted) throw;
    return {std::nullopt, error.what()};
  }
}

}  // namespace

ListenSettings listen_settings(const Evidence& evidence) { return {evidence.offset_s(), evidence.speed}; }

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
  if (can_be_heard(keeper, loser)) missing_.try_emplace({keeper.id, loser.id}, Pair{keeper, loser, settings});
}

void HeardPairs::keep(const Pair& pair, ByEar by_ear, Writer* writer) {
  if (writer != nullptr && by_ear.heard) store_heard(*writer, pair.keeper, pair.loser, *by_ear.heard);
  known_[{pair.keeper.id, pair.loser.id}] = std::move(by_ear);
}

bool HeardPairs::listen(const GlobalOptions& options, const std::stop_token& stop) {
  std::vector<Pair> pairs;
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
  for (std::size_t begin = 0; begin < pairs.size(); begin += batch_pairs) {
    const std::size_t count = std::min(batch_pairs, pairs.size() - begin);
    std::vector<std::optional<ByEar>> heard(count);
    std::exception_ptr stopped;  // what was heard before it is stored all the same
    try {
      parallel_for(count, [&](std::size_t i) {
        const Pair& pair = pairs[begin + i];
        heard[i] = try_to_hear(pair.keeper, pair.loser, pair.settings, stop);
        report();
      });
    } catch (const Error&) {
      stopped = std::current_exception();
    }
    const auto keep_all = [&](Writer* writer) {
      for (std::size_t i = 0; i < count; ++i)
        if (heard[i]) keep(pairs[begin + i], *std::move(heard[i]), writer);
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
