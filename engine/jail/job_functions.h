// What a jailed process calls to do its job.
#pragma once

#include <stop_token>
#include <string_view>

#include "engine/audio/read_track.h"
#include "engine/listen/listen.h"
#include "engine/media/media.h"

namespace echofold {

using ReadFunction = decltype(&read_track);
using ListenFunction = Heard (*)(const ListenFile& a, const ListenFile& b, const ListenSettings& settings,
                                 const std::stop_token& stop);
using MediaFunction = decltype(&read_media);

/// Tests replace them.
struct JobFunctions {
  ReadFunction read = read_track;
  ListenFunction listen = echofold::listen;
  MediaFunction media = read_media;
};

}  // namespace echofold
