// Powers and products of known sounds.
#include "engine/listen/cells.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/listen/window.h"
#include "tests/support/stereo_sound.h"

namespace echofold::listen_cells_test {
namespace {

using namespace test;

constexpr int rate_hz = 44'100;

std::vector<MidSide> joined(const Samples& mid, const Samples& side) {
  std::vector<MidSide> out(mid.size());
  for (std::size_t i = 0; i < mid.size(); ++i) out[i] = {mid[i], side[i]};
  return out;
}

class Cells : public testing::Test {
 protected:
  CellTable cells_of(const std::vector<MidSide>& a, const std::vector<MidSide>& b) {
    CellMaker maker(bands_);
    CellTable table;
    maker.add(a, b, table);
    return table;
  }
  double sum(const CellTable& table, ListenChannel channel, float Cell::*recording) const {
    double power = 0;
    for (std::size_t band = 0; band < bands_.count(); ++band) power += table.at(0, channel, band).*recording;
    return power;
  }
  ListenBands bands_{rate_hz};
  std::size_t window_ = bands_.window;
  Samples silence_ = Samples(window_, 0);
};

TEST_F(Cells, ASineOfFullScaleHasHalfAPowerInItsBand) {
  const Samples tone = sine(1000, 1, window_);
  const CellTable table = cells_of(joined(tone, silence_), joined(silence_, tone));
  ASSERT_EQ(table.frames(), 1u);
  ASSERT_EQ(table.bands, bands_.count());
  EXPECT_NEAR(sum(table, ListenChannel::mid, &Cell::a), 0.5, 0.005);
  EXPECT_NEAR(sum(table, ListenChannel::side, &Cell::b), 0.5, 0.005);
  EXPECT_NEAR(sum(table, ListenChannel::mid, &Cell::b), 0, 1e-9);
  EXPECT_NEAR(sum(table, ListenChannel::side, &Cell::a), 0, 1e-9);
  for (std::size_t band = 0; band < bands_.count(); ++band) {
    const double centre = bands_.centre_hz(band);
    if (centre > 700 && centre < 1400) continue;
    EXPECT_LT(table.at(0, ListenChannel::mid, band).a, 1e-5) << centre;
  }
}

TEST_F(Cells, TheCrossOfEqualSoundIsItsPower) {
  const auto sound = joined(noise(1, 0.5, window_), noise(2, 0.2, window_));
  const CellTable table = cells_of(sound, sound);
  for (const ListenChannel channel : {ListenChannel::mid, ListenChannel::side})
    for (std::size_t band = 0; band < bands_.count(); ++band) {
      const Cell& cell = table.at(0, channel, band);
      EXPECT_GT(cell.a, 0);
      EXPECT_EQ(cell.a, cell.b);
      EXPECT_NEAR(cell.cross.real() / cell.a, 1, 1e-4);
      EXPECT_NEAR(cell.cross.imag() / cell.a, 0, 1e-4);
    }
}

TEST_F(Cells, ALevelAndAPolarityKeepTheWholeCross) {
  const Samples sound = noise(1, 0.5, window_);
  Samples other = sound;
  for (float& sample : other) sample *= -0.5F;
  const CellTable table = cells_of(joined(sound, silence_), joined(other, silence_));
  for (std::size_t band = 0; band < bands_.count(); ++band) {
    const Cell& cell = table.at(0, ListenChannel::mid, band);
    EXPECT_NEAR(cell.b / cell.a, 0.25, 1e-4);
    EXPECT_NEAR(std::norm(cell.cross) / (cell.a * cell.b), 1, 1e-3);
    EXPECT_LT(cell.cross.real(), 0);
  }
}

TEST_F(Cells, OtherSoundSharesLittle) {
  const CellTable table =
      cells_of(joined(noise(1, 0.5, window_), silence_), joined(noise(2, 0.5, window_), silence_));
  double shared = 0;
  for (std::size_t band = 0; band < bands_.count(); ++band) {
    const Cell& cell = table.at(0, ListenChannel::mid, band);
    shared += std::norm(cell.cross) / (cell.a * cell.b) / static_cast<double>(bands_.count());
  }
  EXPECT_LT(shared, 0.35);
}

TEST_F(Cells, EveryCellIsTheSumOfItsBins) {
  const auto a = joined(noise(1, 0.5, window_), noise(2, 0.2, window_));
  const auto b = joined(noise(3, 0.5, window_), noise(4, 0.2, window_));
  const CellTable table = cells_of(a, b);
  StereoSpectrum spectrum_a(window_, bands_.edges.back()), spectrum_b(window_, bands_.edges.back());
  spectrum_a.compute(a, hann_window(window_));
  spectrum_b.compute(b, hann_window(window_));
  const double scale = 2 / (static_cast<double>(window_) * hann_square_sum(window_));
  for (const ListenChannel channel : {ListenChannel::mid, ListenChannel::side})
    for (std::size_t band = 0; band < bands_.count(); ++band) {
      double power_a = 0, power_b = 0;
      std::complex<double> cross;
      for (std::size_t k = bands_.edges[band]; k < bands_.edges[band + 1]; ++k) {
        const std::complex<double> x = channel == ListenChannel::mid ? spectrum_a.mid()[k]
                                                                     : spectrum_a.side()[k],
                                   y = channel == ListenChannel::mid ? spectrum_b.mid()[k]
                                                                     : spectrum_b.side()[k];
        power_a += std::norm(x) * scale;
        power_b += std::norm(y) * scale;
        cross += x * std::conj(y) * scale;
      }
      const Cell& cell = table.at(0, channel, band);
      EXPECT_NEAR(cell.a / power_a, 1, 1e-5) << band;
      EXPECT_NEAR(cell.b / power_b, 1, 1e-5) << band;
      const double rounding = 1e-5 * std::sqrt(power_a * power_b);
      EXPECT_NEAR(static_cast<double>(cell.cross.real()), cross.real(), rounding) << band;
      EXPECT_NEAR(static_cast<double>(cell.cross.imag()), cross.imag(), rounding) << band;
    }
}

TEST_F(Cells, FramesFollowEachOther) {
  CellMaker maker(bands_);
  CellTable table;
  const auto loud = joined(sine(1000, 1, window_), silence_), quiet = joined(silence_, silence_);
  maker.add(loud, quiet, table);
  maker.add(quiet, loud, table);
  ASSERT_EQ(table.frames(), 2u);
  EXPECT_NEAR(sum(table, ListenChannel::mid, &Cell::a), 0.5, 0.005);
  double second = 0;
  for (std::size_t band = 0; band < bands_.count(); ++band) {
    EXPECT_NEAR(table.at(1, ListenChannel::mid, band).a, 0, 1e-9);
    second += table.at(1, ListenChannel::mid, band).b;
  }
  EXPECT_NEAR(second, 0.5, 0.005);
}

}  // namespace
}  // namespace echofold::listen_cells_test
