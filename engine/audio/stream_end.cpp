// Asks one question after the other; the first that has an answer decides.
#include "engine/audio/stream_end.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

#include "engine/audio/mpeg_frame.h"
#include "index/base/error.h"

namespace echofold {
namespace {

constexpr double cut_margin_s = 0.5;  // if the container is cut: an encoder's padding is shorter

/// STREAMINFO's number of samples, which libav does not pass on for Ogg.
double flac_seconds(const AVCodecParameters& parameters) {
  constexpr int stream_info_bytes = 34, count_at = 13;
  if (parameters.codec_id != AV_CODEC_ID_FLAC || parameters.extradata_size < stream_info_bytes ||
      parameters.sample_rate <= 0)
    return 0;
  std::uint64_t samples = parameters.extradata[count_at] & 0x0FU;
  for (int i = 1; i <= 4; ++i) samples = samples << 8 | parameters.extradata[count_at + i];
  return static_cast<double>(samples) / parameters.sample_rate;
}

double libav_seconds(const Input& input) {
  const AVFormatContext& format = input.format();
  const AVStream& stream = input.stream();
  if (format.duration_estimation_method == AVFMT_DURATION_FROM_BITRATE) return 0;
  if (stream.duration != AV_NOPTS_VALUE && stream.duration > 0)
    return static_cast<double>(stream.duration) * av_q2d(stream.time_base);
  if (format.duration != AV_NOPTS_VALUE && format.duration > 0)
    return static_cast<double>(format.duration) / AV_TIME_BASE;
  return 0;
}

/// Seconds from the stream's own header, or from what libav does not pass on.
double stream_seconds(const Input& input) {
  if (input.mpeg_counts()) return input.mpeg_counts()->seconds;
  if (input.stored_length().claimed_s > 0) return input.stored_length().claimed_s;
  return flac_seconds(*input.stream().codecpar);
}

/// Bytes of the last frame according to its own header; 0 for codecs without such headers.
std::size_t announced_bytes(const Input& input, std::span<const std::uint8_t> head) {
  switch (input.decoder().id) {
    case AV_CODEC_ID_MP1:
    case AV_CODEC_ID_MP2:
    case AV_CODEC_ID_MP3:
      if (const auto frame = read_mpeg_frame(head)) return frame->bytes;
      return 0;
    case AV_CODEC_ID_AAC:
      return std::string_view(input.format().iformat->name) == "aac" ? adts_frame_bytes(head) : 0;
    default:
      return 0;
  }
}

/// Compares the bytes that the first frame of an MP3 states with those that decoded.
Extent extent_of_mpeg(const MpegCounts& counts, const Decoded& decoded) {
  constexpr std::uint64_t slack = 4096;  // the first frame itself, and encoders that count tags
  if (counts.bytes < decoded.packet_bytes - decoded.packet_bytes / 10) return Extent::unknown;
  return counts.bytes <= decoded.packet_bytes + slack ? Extent::whole : Extent::cut;
}

/// Seconds by the container's clock, which may start before the sound.
double container_seconds(const Input& input, const Decoded& decoded) {
  const double seconds = libav_seconds(input);
  if (!input.stored_length().from_time_zero || seconds <= 0) return seconds;
  return std::max(seconds - std::max(decoded.first_timestamp_s, 0.0), 0.001);
}

/// The claimed duration, and whether the container says that it is complete. All containers are reduced to this.
struct Claim {
  double seconds = 0;
  Extent extent = Extent::unknown;
};

Claim claim_of(const Input& input, const Decoded& decoded) {
  const StoredLength& stored = input.stored_length();
  Claim claim{stream_seconds(input), stored.extent};
  if (claim.seconds <= 0 && !input.mpeg_counts()) claim.seconds = container_seconds(input, decoded);
  if (const auto& counts = input.mpeg_counts()) {
    claim.extent = extent_of_mpeg(*counts, decoded);
    if (counts->seconds <= 0 && claim.extent == Extent::cut && decoded.packet_bytes > 0)
      claim.seconds =
          decoded.seconds * static_cast<double>(counts->bytes) / static_cast<double>(decoded.packet_bytes);
  }
  if (stored.present_bytes > 0 && claim.extent == Extent::cut)
    claim.seconds = decoded.seconds * static_cast<double>(stored.claimed_bytes) /
                    static_cast<double>(stored.present_bytes);
  return claim;
}

double missing_seconds(const Claim& claim, const Decoded& decoded) {
  return claim.seconds - decoded.seconds - decoded.trimmed_s;
}

/// Compares to half a frame.
bool is_complete(const Claim& claim, const Decoded& decoded) {
  return missing_seconds(claim, decoded) <= decoded.seconds / static_cast<double>(decoded.frames) / 2;
}

/// Without a claim the last frame decides.
void judge_by_frames(const Input& input, const Decoded& decoded, StreamEnd& end) {
  constexpr double longest_junk_s = 10;  // as audio of this bit rate
  const TrailingData& rest = decoded.rest;
  const std::size_t announced = announced_bytes(input, rest.head);
  if (rest.packets == 0 || announced > 0) {
    end.truncated = announced > rest.last_packet_bytes;
    end.damaged_end = rest.skipped > 0 && announced > 0 && !end.truncated;
    return;
  }
  const double bytes_per_s =
      decoded.seconds > 0 ? static_cast<double>(decoded.packet_bytes) / decoded.seconds : 0;
  end.truncated = static_cast<double>(rest.bytes) > longest_junk_s * bytes_per_s;
}

}  // namespace

double claimed_seconds(const Input& input) {
  const double seconds = stream_seconds(input);
  return seconds > 0 || input.mpeg_counts() ? seconds : libav_seconds(input);
}

void require_enough_decoded(const Input& input, const Decoded& decoded) {
  constexpr double least_share = 0.1;
  if (!decoded.whole || decoded.packets == 0 || decoded.bytes_read == 0) return;
  const auto share = [](std::uint64_t failed, std::uint64_t all) {
    return 1 - static_cast<double>(failed) / static_cast<double>(all);
  };
  const double bytes = share(decoded.bytes_failed, decoded.bytes_read);
  const Claim claim = claim_of(input, decoded);
  if (claim.seconds > 0 && is_complete(claim, decoded)) return;  // the rest of the file is not audio
  const bool little_time = input.stored_length().extent == Extent::whole && input.format().nb_streams == 1 &&
                           decoded.seconds < least_share * claim.seconds;
  if (!little_time && std::min(share(decoded.packets_failed, decoded.packets), bytes) >= least_share) return;
  std::string counts = std::to_string(decoded.packets - decoded.packets_failed) + " of " +
                       std::to_string(decoded.packets) + " frames";
  if (little_time)
    counts += ", " + std::to_string(std::lround(decoded.seconds)) + " of " +
              std::to_string(std::lround(claim.seconds)) + " s";
  throw Error(Fault::unsupported, "nearly none of its audio can be decoded: " + counts + " (" +
                                      std::to_string(std::lround(100 * bytes)) + " % of its data)");
}

StreamEnd judge_end(const Input& input, const Decoded& decoded) {
  constexpr double margin_s = 1.0, margin_share = 0.02;
  const Claim claim = claim_of(input, decoded);
  StreamEnd end{claim.seconds, false, false};
  if (!decoded.whole || decoded.frames == 0) return end;
  if (std::string_view(input.format().iformat->name) == "ogg" && stream_seconds(input) <= 0) {
    // libav takes the length from the last page present.
    end.truncated = claim.extent == Extent::cut;
    if (end.truncated || std::abs(claim.seconds - decoded.seconds) > margin_s) end.claimed_s = 0;
    return end;
  }
  if (claim.seconds <= 0) {
    end.truncated = claim.extent == Extent::cut;
    if (claim.extent != Extent::whole && !end.truncated) judge_by_frames(input, decoded, end);
    return end;
  }
  if (is_complete(claim, decoded)) return end;
  const double missing_s = missing_seconds(claim, decoded);
  const bool nothing_lost =
      claim.extent == Extent::whole && (decoded.frames_skipped == 0 || input.mpeg_counts());
  const double margin =
      claim.extent == Extent::cut ? cut_margin_s : std::max(margin_s, margin_share * claim.seconds);
  if (nothing_lost) {
    if (missing_s > margin) end.claimed_s = 0;
  } else {
    end.truncated = missing_s > margin;
    end.damaged_end = decoded.rest.skipped > 0 && !end.truncated;
  }
  return end;
}

}  // namespace echofold
