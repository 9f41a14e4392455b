// Runs every target with its seeds, with seeded mutations of them and with all files in a folder of findings; or
// writes the seeds.
//
//   fuzz_replay FINDINGS [MUTATIONS]    FINDINGS/<target>/*; number of mutations per seed (2,000)
//   fuzz_replay --seeds DIR             writes DIR/<target>/seed-<n>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "tests/fuzz/target.h"
#include "tests/support/read_file.h"

namespace echofold::fuzz {
namespace {

namespace fs = std::filesystem;

const Target* const targets[] = {&records,  &items,         &pages,  &plan,   &journal,
                                 &answer,   &import_line,   &config, &labels, &payload,
                                 &playlist, &name_template, &lookup};

std::string mutated(std::string bytes, std::mt19937_64& random) {
  const auto below = [&](std::size_t end) { return static_cast<std::size_t>(random() % end); };
  for (std::size_t n = 1 + below(4); n > 0 && !bytes.empty(); --n) {
    const std::size_t at = below(bytes.size());
    const std::size_t length = std::min(bytes.size() - at, 1 + below(16));
    switch (below(6)) {
      case 0:
        bytes[at] ^= static_cast<char>(1 << below(8));
        break;
      case 1:
        bytes[at] = static_cast<char>(random());
        break;
      case 2:
        bytes.erase(at, length);
        break;
      case 3:
        bytes.insert(at, bytes.substr(below(bytes.size()), length));
        break;
      case 4:  // numbers that are too large
        std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), std::min<std::size_t>(length, 8),
                    below(2) == 0 ? '\xff' : '9');
        break;
      default:
        bytes.resize(at);
    }
  }
  return bytes;
}

void write_seeds(const fs::path& dir) {
  for (const Target* target : targets) {
    fs::create_directories(dir / target->name);
    int number = 0;
    for (const std::string& seed : target->seeds())
      std::ofstream(dir / target->name / ("seed-" + std::to_string(++number)), std::ios::binary) << seed;
  }
}

void replay(const fs::path& findings, long mutations) {
  for (const Target* target : targets) {
    long runs = 0;
    for (const std::string& seed : target->seeds()) {
      target->run(seed);
      std::mt19937_64 random(1);
      const long count = std::max(1L, seed.size() > 10'000 ? mutations / 20 : mutations);
      for (long i = 0; i < count; ++i, ++runs) target->run(mutated(seed, random));
    }
    long found = 0;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(findings / target->name, none)) {
      target->run(test::read_file(entry.path()));
      ++found;
    }
    std::printf("%s: %ld mutations, %ld findings\n", target->name, runs, found);
  }
}

}  // namespace
}  // namespace echofold::fuzz

int main(int argc, char** argv) {
  const std::string first = argc > 1 ? argv[1] : "";
  if (first == "--seeds" && argc == 3) {
    echofold::fuzz::write_seeds(argv[2]);
  } else if (argc >= 2) {
    echofold::fuzz::replay(first, argc > 2 ? std::atol(argv[2]) : 2000);
  } else {
    std::fputs("usage: fuzz_replay FINDINGS [MUTATIONS] | --seeds DIR\n", stderr);
    return 2;
  }
  return 0;
}
