// The answer of a jailed process: a decoder that was taken over may send anything.
#include <cmath>

#include "engine/jail/answer.h"
#include "tests/fuzz/seal.h"
#include "tests/fuzz/target.h"
#include "tests/support/synthetic.h"

namespace echofold::fuzz {
namespace {

void check(const Heard& heard) {
  constexpr double month_s = 30.0 * 24 * 60 * 60;
  require(std::isfinite(heard.gain_db) && std::isfinite(heard.equaliser_db), "levels are finite");
  require(std::abs(heard.offset_s) < month_s && heard.compared_s >= 0 && heard.compared_s < month_s,
          "times are those of music");
  require(heard.residual >= 0 && heard.residual <= 1, "a part is at most the whole");
  require(heard.bursts.size() <= Heard::most_bursts, "there are few bursts");
  for (const HeardBurst& burst : heard.bursts)
    require(burst.strength >= 0 && burst.strength <= heard.bursts.front().strength, "the strongest is first");
}

void read(std::string_view bytes) {
  try {
    const JailAnswer answer = decode_answer(bytes);
    const std::string once = encode(answer);
    require(encode(decode_answer(once)) == once, "an answer that was read can be written and read again");
    if (const auto* track = std::get_if<AudioTrack>(&answer.outcome))
      require(std::isfinite(track->properties.duration_s), "numbers are finite");
    if (const auto* heard = std::get_if<Heard>(&answer.outcome)) check(*heard);
  } catch (const Error&) {
  }
}

/// What was heard has a checksum inside the answer's. @return an answer with both correct
std::string answer_with_heard(std::string_view bytes) {
  const std::string inner = sealed(bytes);
  std::string answer = opened(encode(JailAnswer{{}, Heard{}}));
  answer.resize(answer.size() - encode(HeardKey{}, Heard{}).size() - sizeof(std::uint32_t));
  for (unsigned shift = 0; shift < 32; shift += 8) answer += static_cast<char>(inner.size() >> shift);
  return sealed(answer + inner);
}

void run_answer(std::string_view bytes) {
  read(bytes);
  if (bytes.empty()) return;
  read(sealed(bytes));
  read(answer_with_heard(bytes));
}

std::vector<std::string> answer_seeds() {
  AudioTrack track;
  track.properties = {"flac", "flac", true, 900'000, 44'100, 16, 2, 213.4};
  track.tags = {"Artist", "Title", "Album", "Band", "3/12", "1", "1999", "acoustid", "mbid", true};
  track.items = test::make_items(1, 40);
  Heard heard;
  heard.lined_up = true;
  heard.compared_s = 200;
  heard.bursts = {{12, 0.5, 3, BurstKind::silent_in_b, false}, {2, 0.1, 0.5, BurstKind::other, true}};
  return {encode(JailAnswer{{}, track}), encode(JailAnswer{{}, heard}),
          encode(JailAnswer{{}, Error(Fault::unsupported, "there is no audio in it")}),
          opened(encode(HeardKey{}, heard))};
}

}  // namespace

const Target answer{"answer", run_answer, answer_seeds};

}  // namespace echofold::fuzz
