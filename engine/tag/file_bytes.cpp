// Reads by pread, never past the end.
#include "engine/tag/file_bytes.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "index/base/error.h"
#include "index/base/fd.h"

namespace echofold {
namespace {

constexpr std::uint64_t block_bytes = std::uint64_t{1} << 20;

}  // namespace

FileBytes::FileBytes(int fd) : fd_(fd), size_(0) {
  struct stat status {};
  if (fstat(fd, &status) != 0) throw system_error(errno, "can't look at the file");
  size_ = static_cast<std::uint64_t>(status.st_size);
}

std::string FileBytes::at(std::uint64_t offset, std::uint64_t count) const {
  if (offset > size_ || count > size_ - offset)
    throw Error(Fault::damaged, "the file ends where its structure does not");
  std::string bytes(count, '\0');
  for (std::uint64_t filled = 0; filled < count;) {
    const ssize_t n = uninterrupted([&] {
      return pread(fd_, bytes.data() + filled, count - filled, static_cast<off_t>(offset + filled));
    });
    if (n < 0) throw system_error(errno, "can't read the file");
    if (n == 0) throw Error(Fault::damaged, "the file got shorter while it was read");
    filled += static_cast<std::uint64_t>(n);
  }
  return bytes;
}

std::uint64_t FileBytes::big(std::uint64_t offset, unsigned bytes) const {
  return big_endian(at(offset, bytes));
}

std::uint64_t FileBytes::little(std::uint64_t offset, unsigned bytes) const {
  return little_endian(at(offset, bytes));
}

bool FileBytes::has(std::uint64_t offset, std::string_view bytes) const {
  return offset <= size_ && bytes.size() <= size_ - offset && at(offset, bytes.size()) == bytes;
}

void FileBytes::add_to(StreamHash& hash, std::uint64_t offset, std::uint64_t count) const {
  while (count > 0) {
    const std::uint64_t step = std::min(count, block_bytes);
    hash.add(at(offset, step));
    offset += step;
    count -= step;
  }
}

std::uint64_t big_endian(std::string_view bytes) noexcept {
  std::uint64_t number = 0;
  for (const char c : bytes) number = number << 8 | static_cast<unsigned char>(c);
  return number;
}

std::uint64_t little_endian(std::string_view bytes) noexcept {
  std::uint64_t number = 0;
  for (auto c = bytes.rbegin(); c != bytes.rend(); ++c) number = number << 8 | static_cast<unsigned char>(*c);
  return number;
}

std::string big_endian_bytes(std::uint64_t value, std::size_t count) {
  std::string bytes;
  while (count-- > 0) bytes += count < sizeof value ? static_cast<char>(value >> (8 * count) & 0xff) : '\0';
  return bytes;
}

}  // namespace echofold
