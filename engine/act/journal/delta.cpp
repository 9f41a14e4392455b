// librsync on open descriptors: the signature of the basis is in memory, everything else is a stream.
#include "engine/act/journal/delta.h"

#include <fcntl.h>
#include <librsync.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <vector>

#include "index/base/error.h"
#include "index/base/fd.h"
#include "index/base/handle.h"
#include "index/base/hash.h"

namespace echofold {
namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 20;

using File = Handle<std::FILE, std::fclose>;
using Signature = Handle<rs_signature_t, rs_free_sumset>;

/// The bytes that a stream in memory has written. They belong to this object once the stream is closed.
struct Memory {
  char* bytes = nullptr;
  std::size_t size = 0;
  Memory() = default;
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;
  ~Memory() { std::free(bytes); }
};

File checked(std::FILE* file, const std::string& what) {
  if (file == nullptr) throw system_error(errno, what);
  return File(file);
}

/// A new stream over the whole of an open file, with a descriptor of its own.
File stream_of(int fd, const char* mode, const std::string& what) {
  if (lseek(fd, 0, SEEK_SET) < 0) throw system_error(errno, what);
  const int own = fcntl(fd, F_DUPFD_CLOEXEC, 0);  // the stream closes it
  if (own < 0) throw system_error(errno, what);
  std::FILE* file = fdopen(own, mode);
  if (file != nullptr) return File(file);
  const int failure = errno;
  ::close(own);
  throw system_error(failure, what);
}

void require(rs_result result, const std::string& what) {
  if (result == RS_DONE) return;
  if (result == RS_IO_ERROR) throw system_error(errno == 0 ? EIO : errno, what);
  if (result == RS_MEM_ERROR) throw system_error(ENOMEM, what);
  throw Error(Fault::damaged, what + ": " + rs_strerror(result));
}

void flush(const File& file, const std::string& what) {
  if (std::fflush(file.get()) != 0) throw system_error(errno, what);
}

Signature signature_of(int basis, const std::string& what) {
  struct stat status {};
  if (fstat(basis, &status) != 0) throw system_error(errno, what);
  rs_magic_number magic = RS_RK_BLAKE2_SIG_MAGIC;
  std::size_t block = 0;
  std::size_t strong = 0;
  require(rs_sig_args(status.st_size, &magic, &block, &strong), what);

  Memory memory;
  {
    const File from = stream_of(basis, "rb", what);
    const File to = checked(open_memstream(&memory.bytes, &memory.size), what);
    require(rs_sig_file(from.get(), to.get(), block, strong, magic, nullptr), what);
    flush(to, what);
  }
  const File from = checked(fmemopen(memory.bytes, memory.size, "rb"), what);
  rs_signature_t* loaded = nullptr;
  const rs_result result = rs_loadsig_file(from.get(), &loaded, nullptr);
  Signature signature(loaded);
  require(result, what);
  require(rs_build_hash_table(signature.get()), what);
  return signature;
}

void patch(int basis, int delta, std::FILE* out, const std::string& what) {
  const File from = stream_of(basis, "rb", what);
  const File steps = stream_of(delta, "rb", what);
  errno = 0;
  require(rs_patch_file(from.get(), steps.get(), out, nullptr), what);
}

ssize_t add_to_hash(void* hash, const char* bytes, std::size_t count) {
  static_cast<StreamHash*>(hash)->add({bytes, count});
  return static_cast<ssize_t>(count);
}

}  // namespace

std::string bytes_hash(int fd, const std::string& what) {
  StreamHash hash;
  std::vector<char> block(block_bytes);
  for (off_t offset = 0;;) {
    const ssize_t n = uninterrupted([&] { return pread(fd, block.data(), block.size(), offset); });
    if (n < 0) throw system_error(errno, what);
    if (n == 0) return hex_of(hash.digest());
    hash.add({block.data(), static_cast<std::size_t>(n)});
    offset += n;
  }
}

void write_delta(int basis, int wanted, int delta, const std::string& what) {
  rs_trace_set_level(RS_LOG_EMERG);  // the log would go to stderr; the results have all that matters
  const Signature signature = signature_of(basis, what);
  const File from = stream_of(wanted, "rb", what);
  const File to = stream_of(delta, "wb", what);
  errno = 0;
  require(rs_delta_file(signature.get(), from.get(), to.get(), nullptr), what);
  flush(to, what);
  if (uninterrupted([&] { return fsync(delta); }) != 0) throw system_error(errno, what);
}

void apply_delta(int basis, int delta, int out, const std::string& what) {
  rs_trace_set_level(RS_LOG_EMERG);
  const File to = stream_of(out, "wb", what);
  patch(basis, delta, to.get(), what);
  flush(to, what);
}

std::string hash_by_delta(int basis, int delta, const std::string& what) {
  rs_trace_set_level(RS_LOG_EMERG);
  StreamHash hash;
  {
    cookie_io_functions_t sink{};
    sink.write = add_to_hash;
    const File to = checked(fopencookie(&hash, "wb", sink), what);
    patch(basis, delta, to.get(), what);
    flush(to, what);
  }
  return hex_of(hash.digest());
}

}  // namespace echofold
