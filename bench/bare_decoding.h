// Demultiplexing and decoding with libav and nothing else: the least that anything that hears a file must do.
#pragma once

namespace echofold::bench {

/// Opens the file, finds its best audio stream and decodes it to the end with a codec on one thread; frames are dropped.
/// @return             seconds of audio
/// @throws std::exception  if it can't be opened or has no audio
double decode_barely(const char* file);

}  // namespace echofold::bench
