// See synthetic.h.
#include "bench/synthetic.h"

#include <fstream>

#include "index/base/error.h"

namespace echofold::bench {
namespace {

/// "/synth/000000041" is the 42nd track of its file.
TrackId id_of(const std::string& path) { return std::stoull(path.substr(path.rfind('/') + 1)) + 1; }

std::size_t common(const std::set<Ids>& some, const std::set<Ids>& found) {
  std::size_t count = 0;
  for (const Ids& pair : some) count += found.contains(pair);
  return count;
}

}  // namespace

SyntheticTracks read_fingerprints(const std::string& file) {
  std::ifstream in(file, std::ios::binary | std::ios::ate);
  if (!in) throw Error(Fault::io, "can't read " + file);
  SyntheticTracks library;
  std::vector<Item>& words = library.words;
  words.resize(static_cast<std::size_t>(in.tellg()) / sizeof(Item));
  in.seekg(0).read(reinterpret_cast<char*>(words.data()),
                   static_cast<std::streamsize>(words.size() * sizeof(Item)));
  if (!in) throw Error(Fault::io, "can't read " + file);
  for (std::size_t i = 0; i < words.size(); i += 1 + words[i]) {
    if (words[i] >= words.size() - i) throw Error(Fault::damaged, file + ": ends in the middle of a track");
    library.tracks.push_back({library.tracks.size() + 1, Items(words).subspan(i + 1, words[i])});
  }
  return library;
}

std::map<std::string, std::set<Ids>> read_truth(const std::string& file) {
  std::map<std::string, std::set<Ids>> truth;
  std::ifstream in(file);
  if (!in) throw Error(Fault::io, "can't read " + file);
  std::string line;
  std::getline(in, line);  // the column names
  while (std::getline(in, line)) {
    const std::size_t first = line.find(','), second = line.find(',', first + 1);
    truth[line.substr(second + 1)].emplace(id_of(line.substr(0, first)),
                                           id_of(line.substr(first + 1, second - first - 1)));
  }
  return truth;
}

std::map<std::string, double> recall_of(const std::map<std::string, std::set<Ids>>& planted,
                                        const std::set<Ids>& found) {
  std::map<std::string, double> recall;
  for (const auto& [kind, pairs] : planted)
    recall[kind] = static_cast<double>(common(pairs, found)) / static_cast<double>(pairs.size());
  return recall;
}

std::size_t planted_among(const std::map<std::string, std::set<Ids>>& planted, const std::set<Ids>& found) {
  std::size_t count = 0;
  for (const auto& [kind, pairs] : planted) count += common(pairs, found);
  return count;
}

}  // namespace echofold::bench
