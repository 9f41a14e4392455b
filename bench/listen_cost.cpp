// What listening to two files costs beside decoding both.
//
// bench_listen_cost ROUNDS FILE FILE    one line of JSON: seconds of audio of each file, and CPU seconds of each round
// A round decodes both with libav and does nothing else, then listens to them in this process. listen_cost.py runs it.
#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdlib>
#include <exception>
#include <filesystem>
#include <string>
#include <vector>

#include "bench/bare_decoding.h"
#include "bench/process_use.h"
#include "engine/audio/libav.h"
#include "engine/listen/listen.h"
#include "index/base/error.h"
#include "index/base/fd.h"

namespace echofold::bench {
namespace {

Fd opened(const char* file) {
  Fd fd(open(file, O_RDONLY | O_CLOEXEC));
  if (fd.get() < 0) throw Error(Fault::io, std::string(file) + ": can't be opened");
  return fd;
}

std::string extension(const char* file) {
  const std::string text = std::filesystem::path(file).extension().native();
  return text.empty() ? text : text.substr(1);
}

void listen_to(const char* a, const char* b) {
  const Fd fd_a = opened(a), fd_b = opened(b);
  const std::string extension_a = extension(a), extension_b = extension(b);
  listen({fd_a.get(), extension_a}, {fd_b.get(), extension_b}, {}, {});
}

template <class Work>
double cpu_of(const Work& work) {
  const double before = cpu_seconds();
  work();
  return cpu_seconds() - before;
}

void measure(int rounds, const char* a, const char* b) {
  av_log_set_level(AV_LOG_QUIET);
  const double a_s = decode_barely(a), b_s = decode_barely(b);  // brings both into the page cache
  std::vector<double> decoding, listening;
  for (int round = 0; round < rounds; ++round) {
    decoding.push_back(cpu_of([&] {
      decode_barely(a);
      decode_barely(b);
    }));
    listening.push_back(cpu_of([&] { listen_to(a, b); }));
  }
  fmt::print("{{\"a_s\":{:.3f},\"b_s\":{:.3f},\"decode_cpu_s\":[{:.4f}],\"listen_cpu_s\":[{:.4f}]}}\n", a_s,
             b_s, fmt::join(decoding, ","), fmt::join(listening, ","));
}

}  // namespace
}  // namespace echofold::bench

int main(int argc, char** argv) {
  if (argc != 4 || std::atoi(argv[1]) < 1) {
    fmt::print(stderr, "usage: bench_listen_cost ROUNDS FILE FILE\n");
    return 2;
  }
  try {
    echofold::bench::measure(std::atoi(argv[1]), argv[2], argv[3]);
  } catch (const std::exception& e) {
    fmt::print(stderr, "bench_listen_cost: {}\n", e.what());
    return 1;
  }
}
