// What decoding in a jailed process costs: jail_cost FILE... reads each file alternately in this process and in the
// jail.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <vector>

#include "engine/jail/jail.h"
#include "index/base/error.h"

namespace echofold {
namespace {

constexpr int rounds = 7;

double seconds_of(const TrackReader& reader, int fd, const std::string& extension) {
  const auto before = std::chrono::steady_clock::now();
  reader(fd, extension, {}, {});
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count();
}

struct Cost {
  // the fastest of all rounds: disturbances only add time
  double audio_s = 0, direct_s = 1e9, jailed_s = 1e9;
};

Cost cost_of(Jail& jail, const std::filesystem::path& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) throw Error(Fault::usage, path.string() + ": can't be opened");
  const std::string extension = path.extension().empty() ? "" : path.extension().string().substr(1);
  const TrackReader jailed = [&](int file, std::string_view hint, const ReadSettings& settings,
                                 const std::stop_token& stop) {
    return jail.read(file, hint, settings, stop);
  };
  Cost cost;
  cost.audio_s = read_track(fd, extension).properties.duration_s;
  for (int round = 0; round < rounds; ++round) {
    cost.direct_s = std::min(cost.direct_s, seconds_of(read_track, fd, extension));
    cost.jailed_s = std::min(cost.jailed_s, seconds_of(jailed, fd, extension));
  }
  close(fd);
  return cost;
}

void print(const std::string& name, const Cost& cost) {
  fmt::print("{:<40.40} {:8.1f} {:9.2f} {:9.2f} {:9.2f} {:8.3f}\n", name, cost.audio_s, cost.direct_s * 1e3,
             cost.jailed_s * 1e3, (cost.jailed_s - cost.direct_s) * 1e3, cost.jailed_s / cost.direct_s);
}

int run(int count, char** files) {
  Jail jail({});
  Cost all{0, 0, 0};
  fmt::print("{:<40} {:>8} {:>9} {:>9} {:>9} {:>8}\n", "file", "audio s", "direct ms", "jailed ms", "more ms",
             "ratio");
  for (int i = 0; i < count; ++i) {
    const std::filesystem::path path(files[i]);
    const Cost cost = cost_of(jail, path);
    print(path.filename().string(), cost);
    all.audio_s += cost.audio_s;
    all.direct_s += cost.direct_s;
    all.jailed_s += cost.jailed_s;
  }
  print("all", all);
  return 0;
}

}  // namespace
}  // namespace echofold

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: jail_cost FILE...\n");
    return 2;
  }
  try {
    return echofold::run(argc - 1, argv + 1);
  } catch (const std::exception& e) {
    fmt::print(stderr, "jail_cost: {}\n", e.what());
    return 1;
  }
}
