// A large library of fingerprints for which it is known which tracks are copies of each other.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/synth/music_model.h"

namespace echofold::synth {

/// The composition of a library. The same settings always give the same library.
struct LibrarySettings {
  std::uint32_t tracks = 10'000;  ///< music including its copies, which are one track in ten
  /// per track (slightly less than two minutes); an edit is 150 items shorter; at least 400
  std::uint32_t items = 924;
  std::uint64_t seed = 1;
  std::uint32_t silent = 0;  ///< more tracks at the end: silence with a few kinds of occasional clicks
  std::uint32_t clones = 0;  ///< then more copies of one track, with .5 % wrong bits
  bool jingle = false;       ///< the same second of sound in every third track
};

enum class Kind : std::uint8_t { original, codec, shifted, harsh, edit, silent, clone };
std::string_view name_of(Kind kind) noexcept;

/// The part that a track plays.
struct Role {
  Kind kind = Kind::original;
  std::uint32_t of = 0;  ///< for a copy: the track it comes from
};

/// Makes any track at any time from its number alone: nothing is stored, and threads need not wait for each other.
///
/// Tracks come in blocks of 40: 36 originals, then one copy of each kind, of originals in another block. No original
/// has two copies. One block in 20 has an album: 12 originals that start with the same 40 items. One original in
/// seven begins or ends with up to 5 s of silence, and one in a thousand is nearly silent throughout.
class SyntheticLibrary {
 public:
  /// @param model  must outlive the library
  /// @throws Error  Fault::usage for fewer than 400 items
  SyntheticLibrary(const MusicModel& model, const LibrarySettings& settings);

  std::uint32_t size() const noexcept { return settings_.tracks + settings_.silent + settings_.clones; }
  Role role(std::uint32_t track) const noexcept;
  std::vector<Item> items(std::uint32_t track) const;
  std::string path(std::uint32_t track) const;  ///< in the order of the numbers

  /// Pairs that must be found: each copy with its original, each clone with the first one.
  struct Truth {
    std::uint32_t a = 0, b = 0;  ///< a < b
    Kind kind = Kind::codec;
  };
  std::vector<Truth> truth() const;

 private:
  std::vector<Item> original(std::uint32_t track) const;
  std::vector<Item> near_silence(Random& random) const;
  void put_jingle(std::vector<Item>& items) const;

  const MusicModel& model_;
  LibrarySettings settings_;
  std::uint32_t blocks_ = 0, stride_ = 1;  ///< block b copies from block (b * stride_ + 1) % blocks_
};

}  // namespace echofold::synth
