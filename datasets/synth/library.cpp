// See library.h.
#include "datasets/synth/library.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "datasets/synth/damage.h"
#include "index/base/error.h"

namespace echofold::synth {
namespace {

constexpr std::uint32_t block_tracks = 40, block_originals = 36;
constexpr std::uint32_t album_first = 4, album_end = 16, album_every = 20, intro_items = 40;
constexpr std::uint32_t jingle_every = 3, jingle_items = 8;
constexpr std::uint32_t near_silence_every = 1000;

enum Purpose : std::uint64_t { music = 1, damage, intro, silence_places, jingle_sound };

}  // namespace

std::string_view name_of(Kind kind) noexcept {
  constexpr std::string_view names[] = {"original", "codec", "shifted", "harsh", "edit", "silent", "clone"};
  return names[static_cast<std::size_t>(kind)];
}

SyntheticLibrary::SyntheticLibrary(const MusicModel& model, const LibrarySettings& settings)
    : model_(model), settings_(settings), blocks_(settings.tracks / block_tracks) {
  if (settings.items < 400) throw Error(Fault::usage, "a synthetic track needs at least 400 items");
  // About the golden section, so that copies are far from their originals, and without a common divisor, so that each
  // block is copied once.
  stride_ = std::max(1u, static_cast<std::uint32_t>(blocks_ * 0.618));
  while (std::gcd(stride_, blocks_) > 1) ++stride_;
}

Role SyntheticLibrary::role(std::uint32_t track) const noexcept {
  if (track >= settings_.tracks + settings_.silent) return {Kind::clone, 0};
  if (track >= settings_.tracks) return {Kind::silent, 0};
  const std::uint32_t block = track / block_tracks, place = track % block_tracks;
  if (block >= blocks_ || place < block_originals) return {Kind::original, 0};
  const std::uint32_t copy = place - block_originals;
  const auto from = static_cast<std::uint32_t>((std::uint64_t{block} * stride_ + 1) % blocks_);
  return {static_cast<Kind>(static_cast<std::uint32_t>(Kind::codec) + copy), from * block_tracks + copy};
}

std::vector<Item> SyntheticLibrary::near_silence(Random& random) const {
  std::vector<Item> items(settings_.items, silence_item);
  for (int click = 0; click < 12; ++click)
    items[random.below(settings_.items)] = 0x9e3779b9u * (1 + random.below(6));
  return items;
}

void SyntheticLibrary::put_jingle(std::vector<Item>& items) const {
  Random sound = random_for(settings_.seed, jingle_sound, 0);
  std::vector<Item> jingle;
  model_.append(jingle, jingle_items, model_.style_count() - 1, sound);
  std::copy(jingle.begin(), jingle.end(), items.begin() + 200);
}

std::vector<Item> SyntheticLibrary::original(std::uint32_t track) const {
  const std::uint32_t block = track / block_tracks, place = track % block_tracks;
  Random random = random_for(settings_.seed, music, track);
  const bool is_copied = place < block_tracks - block_originals;  // originals of copies must not be silent
  if (!is_copied && random.below(near_silence_every) == 0) return near_silence(random);
  const std::uint32_t style = random.below(model_.style_count());
  std::vector<Item> items;
  if (block % album_every == 0 && place >= album_first && place < album_end) {
    Random shared = random_for(settings_.seed, intro, block);
    model_.append(items, intro_items, shared.below(model_.style_count()), shared);
  }
  model_.append(items, settings_.items - items.size(), style, random);
  Random places = random_for(settings_.seed, silence_places, track);
  const std::uint32_t silent_end = places.below(14);
  const auto silent = static_cast<std::ptrdiff_t>(places.between(1, 40));
  if (silent_end == 0) std::fill(items.begin(), items.begin() + silent, silence_item);
  if (silent_end == 1) std::fill(items.end() - silent, items.end(), silence_item);
  if (settings_.jingle && track % jingle_every == 0) put_jingle(items);
  return items;
}

std::vector<Item> SyntheticLibrary::items(std::uint32_t track) const {
  const Role what = role(track);
  Random random = random_for(settings_.seed, damage, track);
  switch (what.kind) {
    case Kind::original:
      return original(track);
    case Kind::codec:
      return with_errors(original(what.of), 0.01, random);
    case Kind::shifted:
      return with_errors(shifted(original(what.of), random), 0.002, random);
    case Kind::harsh:
      return with_errors(original(what.of), 0.12, random);
    case Kind::edit:
      return with_errors(with_cut(original(what.of)), 0.01, random);
    case Kind::silent:
      return near_silence(random);
    case Kind::clone:
      break;
  }
  return with_errors(original(settings_.tracks), 0.005, random);
}

std::string SyntheticLibrary::path(std::uint32_t track) const { return fmt::format("/synth/{:09}", track); }

std::vector<SyntheticLibrary::Truth> SyntheticLibrary::truth() const {
  std::vector<Truth> pairs;
  for (std::uint32_t track = 0; track < settings_.tracks; ++track) {
    const Role what = role(track);
    if (what.kind != Kind::original)
      pairs.push_back({std::min(track, what.of), std::max(track, what.of), what.kind});
  }
  const std::uint32_t first = settings_.tracks + settings_.silent;
  for (std::uint32_t clone = 1; clone < settings_.clones; ++clone)
    pairs.push_back({first, first + clone, Kind::clone});
  return pairs;
}

}  // namespace echofold::synth
