// The answer of a jailed process: a decoder that was taken over may send anything.
#include <cmath>

#include "engine/jail/answer.h"
#include "tests/fuzz/seal.h"
#include "tests/fuzz/target.h"
#include "tests/support/synthetic.h"

namespace echofold::fuzz {
namespace {

void read(std::string_view bytes) {
  try {
    const JailAnswer answer = decode_answer(bytes);
    const std::string once = encode(answer);
    require(encode(decode_answer(once)) == once, "an answer that was read can be written and read again");
    if (const auto* track = std::get_if<AudioTrack>(&answer.outcome))
      require(std::isfinite(track->properties.duration_s), "numbers are finite");
  } catch (const Error&) {
  }
}

void run_answer(std::string_view bytes) {
  read(bytes);
  if (!bytes.empty()) read(sealed(bytes));
}

std::vector<std::string> answer_seeds() {
  AudioTrack track;
  track.properties = {"flac", "flac", true, 900'000, 44'100, 16, 2, 213.4};
  track.tags = {"Artist", "Title", "Album", "Band", "3/12", "1", "1999", "acoustid", "mbid", true};
  track.items = test::make_items(1, 40);
  return {encode(JailAnswer{{}, track}),
          encode(JailAnswer{{}, Error(Fault::unsupported, "there is no audio in it")})};
}

}  // namespace

const Target answer{"answer", run_answer, answer_seeds};

}  // namespace echofold::fuzz
