// pread behind libav's callbacks.
#include "engine/audio/fd_source.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <new>
#include <utility>

#include "index/base/error.h"

namespace echofold {
namespace {

constexpr int io_buffer_bytes = 128 * 1024;

int read_callback(void* opaque, std::uint8_t* into, int size) {
  auto& source = *static_cast<FdSource*>(opaque);
  const std::size_t got = source.read({into, static_cast<std::size_t>(size)});
  if (got > 0) return static_cast<int>(got);
  if (source.stopped()) return AVERROR_EXIT;
  return source.failed() ? AVERROR(EIO) : AVERROR_EOF;
}

std::int64_t seek_callback(void* opaque, std::int64_t offset, int whence) {
  auto& source = *static_cast<FdSource*>(opaque);
  if ((whence & AVSEEK_SIZE) != 0) return source.size_bytes();
  switch (whence & ~AVSEEK_FORCE) {
    case SEEK_SET:
      break;
    case SEEK_CUR:
      offset += source.position();
      break;
    case SEEK_END:
      offset += source.size_bytes();
      break;
    default:
      return AVERROR(EINVAL);
  }
  if (offset < 0) return AVERROR(EINVAL);
  source.seek(offset);
  return offset;
}

}  // namespace

FdSource::FdSource(int fd, std::stop_token stop) : fd_(fd), stop_(std::move(stop)) {
  // Not with fstat: glibc implements it with a call that can also open paths, which the jail forbids.
  const off_t here = lseek(fd_, 0, SEEK_CUR);
  size_bytes_ = lseek(fd_, 0, SEEK_END);
  if (here < 0 || size_bytes_ < 0) throw Error(Fault::io, system_error(errno, "cannot read").what());
  lseek(fd_, here, SEEK_SET);
  posix_fadvise(fd_, 0, 0, POSIX_FADV_SEQUENTIAL);  // a hint only: its failure changes nothing
}

void FdSource::show(std::int64_t begin, std::int64_t end) noexcept {
  begin = std::clamp<std::int64_t>(begin, 0, size_bytes_);
  size_bytes_ = std::clamp(end, begin, size_bytes_) - begin;
  begin_ += begin;
  bounded_ = true;
  position_ = 0;
}

void FdSource::overwrite(std::int64_t position, std::span<const std::uint8_t> bytes) {
  corrections_.push_back({begin_ + position, {bytes.begin(), bytes.end()}});
}

void FdSource::correct(std::span<std::uint8_t> got, std::int64_t position) const noexcept {
  for (const Correction& correction : corrections_)
    for (std::size_t i = 0; i < correction.bytes.size(); ++i) {
      const std::int64_t at = correction.position + static_cast<std::int64_t>(i) - position;
      if (at >= 0 && at < static_cast<std::int64_t>(got.size()))
        got[static_cast<std::size_t>(at)] = correction.bytes[i];
    }
}

std::size_t FdSource::read(std::span<std::uint8_t> into) noexcept {
  if (stopped() || failed()) return 0;
  if (bounded_) {
    const std::int64_t left = std::max<std::int64_t>(size_bytes_ - position_, 0);
    into = into.first(
        static_cast<std::size_t>(std::min<std::uint64_t>(into.size(), static_cast<std::uint64_t>(left))));
    if (into.empty()) return 0;
  }
  ssize_t got = -1;
  do {
    got = pread(fd_, into.data(), into.size(), begin_ + position_);
  } while (got < 0 && errno == EINTR);
  if (got < 0) {
    error_ = errno;
    return 0;
  }
  correct(into.first(static_cast<std::size_t>(got)), begin_ + position_);
  position_ += got;
  return static_cast<std::size_t>(got);
}

void FdSource::check() const {
  if (stopped()) throw Error(Fault::interrupted, "stopped on request");
  if (failed()) throw Error(Fault::io, system_error(error_, "cannot read").what());
}

av::Io make_av_io(FdSource& source) {
  auto* buffer = static_cast<std::uint8_t*>(av_malloc(io_buffer_bytes));
  if (buffer == nullptr) throw std::bad_alloc();
  AVIOContext* io =
      avio_alloc_context(buffer, io_buffer_bytes, 0, &source, read_callback, nullptr, seek_callback);
  if (io == nullptr) {
    av_free(buffer);
    throw std::bad_alloc();
  }
  return av::Io(io);
}

}  // namespace echofold
