// Whether a stream is complete: compares what its container claims with what was decoded.
#pragma once

#include "engine/audio/decode.h"
#include "engine/audio/input.h"

namespace echofold {

struct StreamEnd {
  /// what the container claims, unless something else in it contradicts the claim; 0: nothing
  double claimed_s = 0;
  bool truncated = false;    ///< audio is missing at the end
  bool damaged_end = false;  ///< undecodable data after the last good frame was audio: damage
};

/// Bytes after the last good frame are bookkeeping (tags, padding, junk) if the stream is complete without them, the
/// missing end of a truncated stream if it is not, and damage if they were frames.
///
/// Truncated: the container is cut; or it claims more than there is, by more than a second and 2 % (headers round,
/// and encoders count their padding differently), and nothing in it confirms the shorter length.
StreamEnd judge_end(const Input& input, const Decoded& decoded);

/// Refuses a file of which only scraps decode. If data is not audio, or was overwritten, the little that decodes is
/// noise, and its fingerprint would cause false matches. At least a tenth must decode (docs/QUALITY.md): of packets
/// or of their bytes, whichever is less, since some damage makes many small packets and some makes one large packet;
/// and of the time, if the container is whole.
/// @throws Error Fault::unsupported with the counts
void require_enough_decoded(const Input& input, const Decoded& decoded);

/// Seconds of audio that the container or stream header claims; 0 if it claims nothing. What libav estimated from
/// size and bit rate (raw ADTS, MP3 without a Xing header) is not a claim.
double claimed_seconds(const Input& input);

}  // namespace echofold
