// The kinds of media, each made from a reader that was not read yet.
#pragma once

#include "engine/audio/stereo_reader.h"
#include "engine/media/media.h"

namespace echofold {

Media peaks_of(StereoReader& reader, std::uint32_t columns);
Media spectrogram_of(StereoReader& reader, double from_s, double length_s);
Media window_of(StereoReader& reader, const MediaRequest& request);

}  // namespace echofold
