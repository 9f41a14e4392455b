// How decoded frames go through a pipe from one process to another of the same program.
//
// The stream's rate and channels come first; then, for each packet, its frames and a mark; at the end another mark.
// Every part is a head, and behind that of a frame its planes. All begin at a multiple of 64 bytes, so that swresample
// finds them aligned as in libav's own frames.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace echofold {

inline constexpr std::size_t message_alignment = 64;

constexpr std::size_t aligned_size(std::size_t bytes) noexcept {
  return (bytes + message_alignment - 1) / message_alignment * message_alignment;
}

struct alignas(message_alignment) FrameMessage {
  enum class Kind : std::uint32_t {
    stream = 0x6563'6801,  ///< the first one: rate_hz and channels of the header
    frame,
    packet_end,
    stream_end
  };
  Kind kind = Kind::stream;
  std::uint32_t frames_skipped = 0;  ///< so far
  std::int32_t rate_hz = 0, channels = 0, format = 0, samples = 0;
  std::int32_t layout_order = 0;   ///< AVChannelOrder
  std::uint32_t custom_bytes = 0;  ///< of AVChannelCustom, behind the head, where that is the order
  std::uint64_t layout_mask = 0;
  double silent_before_s = 0, lost_s = 0;  ///< as DecodedFrame has them
};
static_assert(sizeof(FrameMessage) == message_alignment && std::is_trivially_copyable_v<FrameMessage>);

/// libav itself makes no larger block (docs/TRUST.md).
inline constexpr std::size_t largest_frame_bytes = std::size_t{256} << 20;

}  // namespace echofold
