// Whether all of a stream was there: what its container says against what was decoded.
#pragma once

#include "engine/audio/decode.h"
#include "engine/audio/input.h"

namespace echofold {

struct StreamEnd {
  double claimed_s =
      0;  ///< what the container claims, as far as nothing else in it says otherwise; 0: nothing
  bool truncated = false;      ///< audio is missing at the end
  bool lost_the_last = false;  ///< what did not decode behind the last good frame was audio: damage
};

/// Bytes behind the last good frame are bookkeeping (tags, padding, junk) when the stream is complete without them,
/// the missing end of a truncated stream when it is not, and damage when they were frames.
///
/// Truncated: the container is cut, or claims more than there is by more than a second and 2 % (headers
/// round, and encoders count their padding differently) and nothing in it says that this is all.
StreamEnd judge_end(const Input& input, const Decoded& decoded);

/// What little decodes of data that is no audio, or was overwritten, is noise and odds and ends: its fingerprint would match
/// what it should not. The least share is a tenth (docs/QUALITY.md): of packets or of their bytes, whichever is less, since
/// some damage makes many small packets and some one large one; of the time, where the container is whole.
/// @throws Error Fault::unsupported with the counts
void require_more_than_scraps(const Input& input, const Decoded& decoded);

/// Seconds of audio that the container or stream header claims; 0 where it claims nothing. What libav guessed
/// from size and bit rate (raw ADTS, MP3 without a Xing header) is no claim.
double claimed_seconds(const Input& input);

}  // namespace echofold
