// Files with sound that a test made, and listening to two of them.
#pragma once

#include <fcntl.h>

#include <filesystem>
#include <functional>
#include <string>

#include "engine/listen/listen.h"
#include "index/base/fd.h"
#include "tests/engine/audio/clips.h"
#include "tests/support/stereo_sound.h"
#include "tests/support/temp_dir.h"

namespace echofold::test {

/// What is heard of two files. @param offset_s  as the fingerprints would say: b begins there in a
inline Heard heard_of(const std::filesystem::path& a, const std::filesystem::path& b, double offset_s = 0) {
  const Fd first(open(a.c_str(), O_RDONLY | O_CLOEXEC)), second(open(b.c_str(), O_RDONLY | O_CLOEXEC));
  const std::string extension_a = a.extension().string().substr(1),
                    extension_b = b.extension().string().substr(1);
  return listen({first.get(), extension_a}, {second.get(), extension_b}, {offset_s}, {});
}

/// Has ffmpeg make a file from another one.
inline void encode(const std::filesystem::path& from, const std::filesystem::path& to,
                   const std::string& options) {
  make_clip(to, options, "-i " + quoted(from));
}

/// Without its first samples.
inline StereoSound cut(const StereoSound& sound, std::size_t samples) {
  const auto after = [&](const Samples& channel) {
    return Samples(channel.begin() + static_cast<std::ptrdiff_t>(samples), channel.end());
  };
  return {sound.rate_hz, after(sound.left), after(sound.right)};
}

/// `change` gets each sample of both channels between two times, and its number.
inline StereoSound changed(StereoSound sound, double begin_s, double end_s,
                           const std::function<void(float& left, float& right, std::size_t i)>& change) {
  const std::size_t end = std::min(sound.at(end_s), sound.left.size());
  for (std::size_t i = sound.at(begin_s); i < end; ++i) change(sound.left[i], sound.right[i], i);
  return sound;
}

}  // namespace echofold::test
