// Demuxers split PCM into packets differently, so the hash covers the bytes and not the packets.
#include "engine/audio/payload_hash.h"

#include <algorithm>
#include <cstring>
#include <span>

namespace echofold {
namespace {

using Bytes = std::span<const std::uint8_t>;

/// Takes one length of Xiph's lacing from the front. @return false if there is none
bool take_lacing(Bytes& from, std::size_t& length) {
  constexpr std::uint8_t more = 255;
  for (length = 0; !from.empty();) {
    const std::uint8_t byte = from.front();
    from = from.subspan(1);
    length += byte;
    if (byte != more) return true;
  }
  return false;
}

/// libav stores Vorbis' three headers in one block: a 2, the lengths of the first two, the headers. The second header
/// has the comments. Anything else is hashed whole.
void add_vorbis_setup(StreamHash& hash, Bytes setup) {
  Bytes rest = setup;
  std::size_t identification = 0, comments = 0;
  if (!rest.empty() && rest.front() == 2) {
    rest = rest.subspan(1);
    if (take_lacing(rest, identification) && take_lacing(rest, comments) &&
        identification + comments <= rest.size()) {
      hash.add(rest.data(), identification);
      setup = rest.subspan(identification + comments);
    }
  }
  hash.add(setup.data(), setup.size());
}

/// These decoders need parameters from the container that others find in their packets.
bool needs_bit_rate(AVCodecID codec) {
  return codec == AV_CODEC_ID_WMAV1 || codec == AV_CODEC_ID_WMAV2 || codec == AV_CODEC_ID_WMAPRO ||
         codec == AV_CODEC_ID_WMAVOICE || codec == AV_CODEC_ID_WMALOSSLESS;
}

void add_setup(StreamHash& hash, const AVCodecParameters& parameters) {
  // the name, since numbers change between versions of libav
  const char* name = avcodec_get_name(parameters.codec_id);
  hash.add(name, std::strlen(name) + 1);
  for (const int value : {parameters.sample_rate, parameters.ch_layout.nb_channels, parameters.block_align,
                          parameters.bits_per_coded_sample})
    hash.add_number(value);
  if (needs_bit_rate(parameters.codec_id)) hash.add_number(parameters.bit_rate);
  const Bytes setup(parameters.extradata, static_cast<std::size_t>(std::max(parameters.extradata_size, 0)));
  if (parameters.codec_id == AV_CODEC_ID_VORBIS)
    add_vorbis_setup(hash, setup);
  else
    hash.add(setup.data(), setup.size());
}

}  // namespace

void PayloadHash::add(const AVPacket& packet) noexcept {
  for (int i = 0; i < packet.side_data_elems; ++i) {
    const AVPacketSideData& beside = packet.side_data[i];
    if (beside.type == AV_PKT_DATA_NEW_EXTRADATA || beside.type == AV_PKT_DATA_PARAM_CHANGE)
      one_stream_ = false;
    if (beside.type != AV_PKT_DATA_SKIP_SAMPLES) continue;
    around_.add_number(bytes_);  // its position
    around_.add(beside.data, beside.size);
  }
  packets_.add(packet.data, static_cast<std::size_t>(packet.size));
  bytes_ += static_cast<std::uint64_t>(packet.size);
}

AudioHashes PayloadHash::finish() {
  if (bytes_ == 0 || !one_stream_) return {};
  const Hash128 packets = packets_.digest();
  around_.add_number(bytes_);
  around_.add_number(packets.high);
  around_.add_number(packets.low);
  // Only now: for some formats the first packets set more parameters than the header.
  add_setup(around_, *input_.stream().codecpar);
  return {bytes_, around_.digest(), {}};
}

}  // namespace echofold
