// Small real files for tests of the walk and the scan: WAVs of synthetic music, written without an encoder.
#pragma once

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

namespace echofold::test {

inline void write_bytes(const std::filesystem::path& path, const std::string& bytes) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

/// Three voices whose notes change four times a second: enough for a fingerprint that differs from that of any other
/// seed.
/// other seed's.
inline std::string music_wav(unsigned seed, double seconds) {
  constexpr int rate_hz = 11025;
  const auto count = static_cast<std::size_t>(seconds * rate_hz);
  std::mt19937 random(seed);
  std::array<double, 3> step{}, phase{};
  std::vector<std::int16_t> samples(count);
  for (std::size_t i = 0; i < count; ++i) {
    if (i % (rate_hz / 4) == 0)
      for (double& voice : step)
        voice = 110 * std::exp2(static_cast<double>(random() % 48) / 12) * 2 * M_PI / rate_hz;
    double sum = 0;
    for (std::size_t voice = 0; voice < step.size(); ++voice) sum += std::sin(phase[voice] += step[voice]);
    samples[i] = static_cast<std::int16_t>(sum * 9000);
  }
  const auto bytes = static_cast<std::uint32_t>(count * 2);
  std::string wav;
  const auto put = [&](std::uint32_t value, int width) {
    for (int i = 0; i < width; ++i) wav += static_cast<char>(value >> (8 * i) & 0xff);
  };
  wav += "RIFF", put(36 + bytes, 4), wav += "WAVEfmt ", put(16, 4), put(1, 2), put(1, 2);
  put(rate_hz, 4), put(rate_hz * 2, 4), put(2, 2), put(16, 2), wav += "data", put(bytes, 4);
  return wav.append(reinterpret_cast<const char*>(samples.data()), bytes);
}

inline void write_music(const std::filesystem::path& path, unsigned seed, double seconds = 6) {
  write_bytes(path, music_wav(seed, seconds));
}

/// Sets the time of last change, to the nanosecond.
inline void set_mtime(const std::filesystem::path& path, std::int64_t ns) {
  const timespec times[2] = {{0, UTIME_OMIT}, {ns / 1'000'000'000, ns % 1'000'000'000}};
  if (::utimensat(AT_FDCWD, path.c_str(), times, 0) != 0) throw std::runtime_error("utimensat failed");
}

inline std::int64_t mtime_of(const std::filesystem::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) throw std::runtime_error("stat failed");
  return status.st_mtim.tv_sec * std::int64_t{1'000'000'000} + status.st_mtim.tv_nsec;
}

/// root may read everything: while this exists, the calling process acts as user nobody. Does nothing for other
/// users.
class WithoutRoot {
 public:
  explicit WithoutRoot(const std::filesystem::path& own) : is_root_(::geteuid() == 0) {
    if (!is_root_) return;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(own)) give(entry.path());
    give(own);
    if (::setegid(nobody) != 0 || ::seteuid(nobody) != 0) throw std::runtime_error("seteuid failed");
  }
  ~WithoutRoot() {
    if (is_root_ && (::seteuid(0) != 0 || ::setegid(0) != 0)) std::abort();
  }
  WithoutRoot(const WithoutRoot&) = delete;
  WithoutRoot& operator=(const WithoutRoot&) = delete;

 private:
  static constexpr uid_t nobody = 65534;
  static void give(const std::filesystem::path& path) {
    if (::lchown(path.c_str(), nobody, nobody) != 0) throw std::runtime_error("lchown failed");
  }
  bool is_root_;
};

}  // namespace echofold::test
