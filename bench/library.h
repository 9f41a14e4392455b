// Reads the fingerprints of a scanned library for the benchmark programs, and prints their lines.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "index/model/fingerprint.h"
#include "index/store/store.h"

namespace echofold::bench {

struct Track {
  TrackId id = 0;
  std::string path;
  Items items;  ///< valid as long as its Library
};

/// Opened for reading, without a lock.
struct Library {
  Store store;
  Snapshot snapshot;
  std::vector<Track> tracks;  ///< present ones with a fingerprint, by path
};

/// @throws Error  as Store::open_to_read
Library open_library(const std::filesystem::path& dir);

/// Bits that change from one item to the next, on average: about 6 in music, near 0 in drones and silence.
double changed_bits_per_item(Items items) noexcept;

/// Prints which build this is: schema, compiler, kernel.
void print_build();
void print_track(const Track& track);
/// @param probe  "first", "later" or "identical": how the pair was found
void print_candidate(const Track& a, const Track& b, std::uint32_t votes, std::string_view probe);

/// Prints the exception that is currently handled.
int print_failure() noexcept;

/// Runs `body`; prints its exceptions to stderr. @return the exit code
template <class Body>
int run_main(const Body& body) noexcept {
  try {
    return body();
  } catch (...) {
    return print_failure();
  }
}

}  // namespace echofold::bench
