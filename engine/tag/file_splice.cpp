// Moves the rest block by block, from the side on which it overwrites nothing that is still needed.
#include "engine/tag/file_splice.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "engine/tag/file_bytes.h"
#include "index/base/error.h"
#include "index/base/fd.h"

namespace echofold {
namespace {

constexpr std::uint64_t block_bytes = std::uint64_t{1} << 20;

void write_at(int fd, std::uint64_t offset, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n =
        uninterrupted([&] { return pwrite(fd, bytes.data(), bytes.size(), static_cast<off_t>(offset)); });
    if (n < 0) throw system_error(errno, "can't write the new tags");
    offset += static_cast<std::uint64_t>(n);
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
}

void move_up(int fd, const FileBytes& file, std::uint64_t from, std::uint64_t to) {
  for (std::uint64_t left = file.size() - from; left > 0;) {
    const std::uint64_t step = std::min(left, block_bytes);
    left -= step;
    write_at(fd, to + left, file.at(from + left, step));
  }
}

void move_down(int fd, const FileBytes& file, std::uint64_t from, std::uint64_t to) {
  for (std::uint64_t done = 0, all = file.size() - from; done < all;) {
    const std::uint64_t step = std::min(all - done, block_bytes);
    write_at(fd, to + done, file.at(from + done, step));
    done += step;
  }
}

}  // namespace

void replace_range(int fd, std::uint64_t begin, std::uint64_t end, std::string_view bytes) {
  const FileBytes file(fd);
  const std::uint64_t new_end = begin + bytes.size();
  if (new_end > end) move_up(fd, file, end, new_end);
  if (new_end < end) move_down(fd, file, end, new_end);
  write_at(fd, begin, bytes);
  const std::uint64_t size = file.size() - end + new_end;
  if (size < file.size() && uninterrupted([&] { return ftruncate(fd, static_cast<off_t>(size)); }) != 0)
    throw system_error(errno, "can't write the new tags");
}

}  // namespace echofold
