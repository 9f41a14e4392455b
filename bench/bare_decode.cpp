// Demultiplexes and decodes with libav and does nothing else: the least that a scan must do.
//
// bench_bare_decode FILE...    one line of JSON: files, seconds of audio, CPU and wall seconds
// The CPU time is that of the whole process including its start, as for a scan.
#include <chrono>
#include <cstdio>
#include <exception>

#include "bench/bare_decoding.h"
#include "bench/process_use.h"
#include "engine/audio/libav.h"

int main(int argc, char** argv) {
  const auto start = std::chrono::steady_clock::now();
  av_log_set_level(AV_LOG_QUIET);
  double audio_s = 0;
  try {
    for (int i = 1; i < argc; ++i) audio_s += echofold::bench::decode_barely(argv[i]);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "bench_bare_decode: %s\n", e.what());
    return 1;
  }
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  std::printf("{\"files\":%d,\"audio_s\":%.3f,\"cpu_s\":%.4f,\"wall_s\":%.4f}\n", argc - 1, audio_s,
              echofold::bench::cpu_seconds(), wall.count());
}
