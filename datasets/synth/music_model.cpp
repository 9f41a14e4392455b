// Draws items from the model, and stores the model as text. learn_model.cpp learns it.
#include "datasets/synth/music_model.h"

#include <cmath>
#include <istream>
#include <ostream>
#include <string>
#include <utility>

#include "index/base/error.h"

namespace echofold::synth {
namespace {

constexpr const char* magic = "echofold-music-model-1";
constexpr int burn_in = 48;  // in items, until the first one no longer matters

}  // namespace

Item MusicModel::next(Item before, const Style& style, Random& random) const {
  Item now = 0;
  std::uint64_t dice = 0;
  for (int k = 0; k < symbols; ++k) {
    if (k % 4 == 0) dice = random();
    const int symbol = order_[static_cast<std::size_t>(k)];
    const int parent = parent_[static_cast<std::size_t>(symbol)];
    const auto value_in = [](Item item, int of) { return item >> 2 * of & 3; };
    const Item context =
        value_in(before, symbol) << 4 | value_in(before, parent) << 2 | value_in(now, parent);
    const Thresholds& t = style[static_cast<std::size_t>(symbol)][context];
    const auto roll = static_cast<std::uint16_t>(dice >> 16 * (k % 4));
    now |= (Item{roll >= t[0]} + Item{roll >= t[1]} + Item{roll >= t[2]}) << 2 * symbol;
  }
  return now;
}

void MusicModel::make_shared() {
  constexpr std::uint32_t apart = 8;  // in items, so that they differ
  Random random(1);
  for (std::uint32_t style = 0; style < style_count(); ++style) {
    Item item = 0;
    for (int i = 0; i < burn_in; ++i) item = next(item, styles_[style], random);
    while (shared_.size() < std::uint64_t{shared_items} * (style + 1) / style_count()) {
      for (std::uint32_t i = 0; i < apart; ++i) item = next(item, styles_[style], random);
      shared_.push_back(item);
    }
  }
  // Which ones occur most often is independent of the style.
  for (std::uint32_t i = shared_items - 1; i > 0; --i) std::swap(shared_[i], shared_[random.below(i + 1)]);
}

void MusicModel::append(std::vector<Item>& to, std::size_t count, std::uint32_t style, Random& random) const {
  constexpr std::uint32_t way = 4;  // steps to a shared item: about as many changed bits per step as in music
  auto item = static_cast<Item>(random());
  Item target = 0;
  std::uint32_t wait = random.below(2 * shared_every - way), steps_left = 0;
  to.reserve(to.size() + count);
  for (std::size_t i = 0; i < count + burn_in; ++i) {
    if (steps_left == 0 && wait-- == 0) {
      steps_left = way;
      wait = random.below(2 * (shared_every - way));
      const double u = random.real();  // prefers the first ones: u^1.5
      target = shared_[static_cast<std::size_t>(u * std::sqrt(u) * shared_items)];
    }
    if (steps_left == 0) {
      item = next(item, styles_[style], random);
    } else {  // of the differing bits, one in as many as there are steps left
      Item some = 0;
      for (Item rest = item ^ target; rest != 0; rest &= rest - 1)
        if (random.below(steps_left) == 0) some |= rest & (~rest + 1);
      item ^= some;
      --steps_left;
    }
    if (i >= burn_in) to.push_back(item);
  }
}

void MusicModel::save(std::ostream& out) const {
  out << magic << ' ' << styles_.size() << '\n';
  for (const std::uint8_t symbol : order_) out << int{symbol} << ' ';
  out << '\n';
  for (const std::uint8_t symbol : parent_) out << int{symbol} << ' ';
  out << '\n';
  for (const Style& style : styles_)
    for (const auto& tables : style) {
      for (const Thresholds& t : tables) out << t[0] << ' ' << t[1] << ' ' << t[2] << ' ';
      out << '\n';
    }
}

MusicModel MusicModel::load(std::istream& in) {
  const auto number = [&in](std::uint32_t limit) {
    std::uint32_t value = limit;
    if (!(in >> value) || value >= limit) throw Error(Fault::damaged, "this is no model of music");
    return value;
  };
  std::string word;
  if (!(in >> word) || word != magic) throw Error(Fault::damaged, "this is no model of music");
  MusicModel model;
  model.styles_.resize(number(1000));
  for (std::uint8_t& symbol : model.order_) symbol = static_cast<std::uint8_t>(number(symbols));
  for (std::uint8_t& symbol : model.parent_) symbol = static_cast<std::uint8_t>(number(symbols));
  for (Style& style : model.styles_)
    for (auto& tables : style)
      for (Thresholds& t : tables)
        for (std::uint16_t& threshold : t) threshold = static_cast<std::uint16_t>(number(1u << 16));
  model.make_shared();
  return model;
}

}  // namespace echofold::synth
