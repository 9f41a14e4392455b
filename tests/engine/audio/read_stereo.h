// Reads a whole file with a StereoReader.
#pragma once

#include <fcntl.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/audio/stereo_reader.h"
#include "index/base/fd.h"

namespace echofold::test {

/// A file that is open while its reader is used.
class OpenReader {
 public:
  OpenReader(const std::filesystem::path& path, int rate_hz, std::stop_token stop = {})
      : fd_(open(path.c_str(), O_RDONLY | O_CLOEXEC)),
        extension_(path.extension().string()),
        reader_(fd_.get(), std::string_view(extension_).substr(extension_.empty() ? 0 : 1), std::move(stop)) {
    reader_.convert_to(rate_hz);
  }
  StereoReader& operator*() { return reader_; }
  StereoReader* operator->() { return &reader_; }

  std::vector<MidSide> rest() {
    std::vector<MidSide> samples;
    for (auto block = reader_.read(); !block.empty(); block = reader_.read())
      samples.insert(samples.end(), block.begin(), block.end());
    return samples;
  }

 private:
  Fd fd_;
  std::string extension_;
  StereoReader reader_;
};

inline std::vector<MidSide> read_stereo(const std::filesystem::path& path, int rate_hz = 44'100) {
  return OpenReader(path, rate_hz).rest();
}

}  // namespace echofold::test
