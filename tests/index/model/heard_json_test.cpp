// Every field of Heard as JSON.
#include "index/model/heard_json.h"

#include <gtest/gtest.h>

#include "tests/support/sample_heard.h"

namespace echofold::model_heard_json_test {
namespace {

TEST(HeardJson, HasEveryField) {
  const Json wanted = Json::parse(R"({
    "lined_up": true, "offset_s": 1.25, "speed": 2.0, "compared_s": 201.5, "rate_hz": 44101, "residual": 0.3333,
    "treble_residual": 0.25,
    "usual_strength": 0.3, "channels": "a_is_mono", "gain_db": -6.5, "gain_drop_db": 0.7, "gain_rise_db": 1.9,
    "bass_db": 2.3, "treble_db": -3.8, "treble_difference_db": 0.3, "equaliser_db": 4.1, "width_db": 3.1, "range_db": -2.6, "level_slope": -0.38,
    "limit_a_hz": 20000.0, "limit_b_hz": 16022.0,
    "head_a_s": 1.5, "head_b_s": 2.5, "tail_a_s": 3.5, "tail_b_s": 4.5, "fade_in_s": 1.75, "fade_out_s": -5.25,
    "equal_s": 151.5, "rounded_s": 76.25, "equal_kbps": 411.0, "difference_rms": 0.28, "difference_max": 1.47,
    "bursts": [
      {"start_s": 60.5, "length_s": 0.25, "strength": 2.5, "kind": "silent_in_a", "in_side": true},
      {"start_s": 100.25, "length_s": 1.5, "strength": 1.25, "kind": "silent_in_b", "in_side": false},
      {"start_s": 11.0, "length_s": 0.125, "strength": 0.5, "kind": "other", "in_side": true}]})");
  EXPECT_EQ(heard_json(test::sample_heard(1)), wanted);
}

TEST(HeardJson, WithoutBurstsTheListIsEmpty) {
  const Json json = heard_json({});
  EXPECT_EQ(json["bursts"], Json::array());
  EXPECT_EQ(json["lined_up"], false);
  EXPECT_EQ(json["channels"], "same");
}

}  // namespace
}  // namespace echofold::model_heard_json_test
