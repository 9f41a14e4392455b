// Starts a decoder with the options that all of echofold's decoding shares.
#include "engine/audio/open_decoder.h"

#include <new>

#include "index/base/error.h"

namespace echofold {
namespace {

/// Codecs whose frames carry a checksum that is cheap to test: a flipped bit then gives a skipped frame, not an
/// unreported crackle.
bool has_checksums(AVCodecID codec) {
  return codec == AV_CODEC_ID_FLAC || codec == AV_CODEC_ID_WAVPACK || codec == AV_CODEC_ID_TTA ||
         codec == AV_CODEC_ID_APE;
}

}  // namespace

av::Codec open_decoder(const Input& input) {
  av::Codec codec(avcodec_alloc_context3(&input.decoder()));
  if (!codec) throw std::bad_alloc();
  int result = avcodec_parameters_to_context(codec.get(), input.stream().codecpar);
  if (result >= 0) {
    codec->thread_count = 1;  // one file, one thread: many files are decoded at once
    codec->pkt_timebase = input.stream().time_base;
    codec->request_sample_fmt = AV_SAMPLE_FMT_S16;  // as fpcalc requests
    if (has_checksums(input.decoder().id)) codec->err_recognition = AV_EF_CRCCHECK | AV_EF_EXPLODE;
    result = avcodec_open2(codec.get(), &input.decoder(), nullptr);
  }
  if (result < 0) throw Error(Fault::unsupported, "its decoder does not start: " + av::reason(result));
  return codec;
}

}  // namespace echofold
