// What a day's work costs in a large library: bench_incremental DB, a library made by `synth make --format store`.
//
// Measures opening the index, queries one after the other, and 100 new tracks from opening the store to the stored
// pairs. Half of the queries and of the new tracks are copies of tracks in the library; half are from another
// library. The new tracks are removed again. One line of JSON to stdout.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>

#include "bench/library.h"
#include "bench/process_use.h"
#include "datasets/synth/damage.h"
#include "datasets/synth/library.h"
#include "engine/dedupe/index_file.h"
#include "engine/dedupe/match.h"
#include "engine/dedupe/query.h"
#include "index/base/json.h"

namespace echofold::bench {
namespace {

constexpr std::size_t copies = 50, strangers = 50;
constexpr int opens = 21;

struct NewTrack {
  std::vector<Item> items;
  TrackId copy_of = 0;  ///< 0: copy of nothing in the library
};

template <class Work>
double seconds_of(const Work& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

Json percentiles_ms(std::vector<double> seconds) {
  std::sort(seconds.begin(), seconds.end());
  const auto at = [&](std::size_t percent) { return seconds[(seconds.size() - 1) * percent / 100] * 1000; };
  return Json{{"p50", at(50)}, {"p95", at(95)}, {"max", at(100)}};
}

std::vector<NewTrack> new_tracks(const Snapshot& snapshot) {
  std::ifstream model_file(ECHOFOLD_MUSIC_MODEL);
  const auto model = synth::MusicModel::load(model_file);
  const synth::SyntheticLibrary other(model, {.tracks = 4 * strangers, .seed = 20'240'229});
  std::vector<NewTrack> tracks;
  for (std::uint32_t i = 0; tracks.size() < strangers; ++i)
    if (other.role(i).kind == synth::Kind::original) tracks.push_back({other.items(i), 0});
  const std::vector<TrackId> known = snapshot.representatives();
  synth::Random random(1);
  for (std::size_t i = 0; i < copies; ++i) {
    const TrackId of = known[known.size() / copies * i];
    const Items items = snapshot.items(of);
    tracks.push_back({synth::with_errors({items.begin(), items.end()}, 0.01, random), of});
  }
  return tracks;
}

Json measure_open(const Store& store, const MatchSettings& settings) {
  const Snapshot snapshot = store.snapshot();
  std::vector<double> index, library;
  for (int i = 0; i < opens; ++i) {
    index.push_back(seconds_of([&] { open_index_file(store, settings.keys); }));
    library.push_back(seconds_of([&] { LibraryQuery(store, settings); }));
  }
  return Json{{"index_ms", percentiles_ms(index)}, {"library_ms", percentiles_ms(library)}};
}

/// Queries in one opened library: first cold, then again when all the pages they use are mapped.
Json measure_queries(const Store& store, const MatchSettings& settings, const std::vector<NewTrack>& tracks) {
  const LibraryQuery library(store, settings);
  std::size_t found = 0;
  const auto ask_all = [&] {
    found = 0;
    std::vector<double> seconds;
    for (const NewTrack& track : tracks) {
      std::vector<QueryMatch> matches;
      seconds.push_back(seconds_of([&] { matches = library.find(track.items); }));
      found += std::any_of(matches.begin(), matches.end(),
                           [&](const QueryMatch& match) { return match.track == track.copy_of; });
    }
    return percentiles_ms(seconds);
  };
  Json line;
  line["first_ms"] = ask_all();
  line["warm_ms"] = ask_all();
  line["copies_found"] = static_cast<double>(found) / copies;
  return line;
}

std::vector<TrackId> put(Store& store, const std::vector<NewTrack>& tracks) {
  std::vector<TrackId> ids;
  store.write([&](Writer& writer) {
    ids.clear();
    for (std::size_t i = 0; i < tracks.size(); ++i) {
      TrackRecord record;
      record.path = "/incremental/" + std::to_string(i);
      record.place = TrackPlace::imported;
      record.properties.duration_s = audio_seconds(tracks[i].items.size());
      ids.push_back(writer.put_track(record, tracks[i].items));
    }
  });
  return ids;
}

double share_paired(const Snapshot& snapshot, const std::vector<NewTrack>& tracks,
                    const std::vector<TrackId>& ids) {
  std::size_t paired = 0;
  for (std::size_t i = 0; i < tracks.size(); ++i)
    paired += tracks[i].copy_of != 0 && snapshot.pair(tracks[i].copy_of, ids[i]).has_value();
  return static_cast<double>(paired) / copies;
}

Json measure_new_tracks(const std::filesystem::path& dir, const MatchSettings& settings,
                        const std::vector<NewTrack>& tracks) {
  std::vector<TrackId> ids;
  Json line;
  const auto written = std::filesystem::last_write_time(dir / "index.faiss");
  line["store_s"] = seconds_of([&] {
    Store store = Store::open(dir);
    ids = put(store, tracks);
  });
  line["pair_s"] = seconds_of([&] {
    Store store = Store::open(dir);
    update_pairs(store, settings);
  });
  Store store = Store::open(dir);
  line["copies_paired"] = share_paired(store.snapshot(), tracks, ids);
  line["index_rewritten"] = std::filesystem::last_write_time(dir / "index.faiss") != written;
  store.write([&](Writer& writer) {
    for (const TrackId id : ids) writer.remove_track(id);
  });
  update_pairs(store, settings);
  return line;
}

int run(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: bench_incremental DB\n", stderr);
    return 2;
  }
  const MatchSettings settings;
  Json line;
  line["schema"] = "echofold.bench.incremental/1";
  std::vector<NewTrack> tracks;
  {
    Store store = Store::open(argv[1]);
    update_pairs(store, settings);
    line["tracks"] = store.snapshot().track_count();
    tracks = new_tracks(store.snapshot());
    line["open"] = measure_open(store, settings);
    line["query"] = measure_queries(store, settings, tracks);
  }
  line["new_tracks"] = measure_new_tracks(argv[1], settings, tracks);
  line["new_tracks"]["tracks"] = tracks.size();
  // The system can reclaim pages of mapped files.
  line["own_memory_mb"] = static_cast<std::int64_t>(memory_mb("RssAnon"));
  line["peak_mb"] = peak_mb();
  std::cout << to_line(line) << std::endl;
  return 0;
}

}  // namespace
}  // namespace echofold::bench

int main(int argc, char** argv) {
  return echofold::bench::run_main([&] { return echofold::bench::run(argc, argv); });
}
