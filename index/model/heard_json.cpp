// One object with the fields of Heard.
#include "index/model/heard_json.h"

#include "index/base/rounding.h"

namespace echofold {
namespace {

constexpr int time_digits = 3, level_digits = 1, share_digits = 4, strength_digits = 2, slope_digits = 2,
              step_digits = 2, speed_digits = 6;

Json burst_json(const HeardBurst& burst) {
  return {{"start_s", rounded(burst.start_s, time_digits)},
          {"length_s", rounded(burst.length_s, time_digits)},
          {"strength", rounded(burst.strength, strength_digits)},
          {"kind", name_of(burst.kind)},
          {"in_side", burst.in_side}};
}

}  // namespace

Json heard_json(const Heard& heard) {
  Json out{{"lined_up", heard.lined_up},
           {"offset_s", rounded(heard.offset_s, time_digits)},
           {"speed", rounded(heard.speed, speed_digits)},
           {"compared_s", rounded(heard.compared_s, time_digits)},
           {"rate_hz", heard.rate_hz},
           {"residual", rounded(heard.residual, share_digits)},
           {"treble_residual", rounded(heard.treble_residual, share_digits)},
           {"usual_strength", rounded(heard.usual_strength, strength_digits)},
           {"channels", name_of(heard.channels)}};
  for (const auto& [name, db] : {std::pair{"gain_db", heard.gain_db},
                                 {"gain_drop_db", heard.gain_drop_db},
                                 {"gain_rise_db", heard.gain_rise_db},
                                 {"bass_db", heard.bass_db},
                                 {"treble_db", heard.treble_db},
                                 {"treble_difference_db", heard.treble_difference_db},
                                 {"equaliser_db", heard.equaliser_db},
                                 {"width_db", heard.width_db},
                                 {"range_db", heard.range_db}})
    out[name] = rounded(db, level_digits);
  out["level_slope"] = rounded(heard.level_slope, slope_digits);
  for (const auto& [name, hz] : {std::pair{"limit_a_hz", heard.limit_a_hz}, {"limit_b_hz", heard.limit_b_hz}})
    out[name] = rounded(hz, 0);
  for (const auto& [name, s] : {std::pair{"head_a_s", heard.head_a_s},
                                {"head_b_s", heard.head_b_s},
                                {"tail_a_s", heard.tail_a_s},
                                {"tail_b_s", heard.tail_b_s},
                                {"fade_in_s", heard.fade_in_s},
                                {"fade_out_s", heard.fade_out_s}})
    out[name] = rounded(s, time_digits);
  out["equal_s"] = rounded(heard.equal_s, time_digits);
  out["rounded_s"] = rounded(heard.rounded_s, time_digits);
  out["equal_kbps"] = rounded(heard.equal_kbps, 0);
  out["difference_rms"] = rounded(heard.difference_rms, step_digits);
  out["difference_max"] = rounded(heard.difference_max, step_digits);
  out["bursts"] = Json::array();
  for (const HeardBurst& burst : heard.bursts) out["bursts"].push_back(burst_json(burst));
  return out;
}

}  // namespace echofold
