// The meta pages must make sense, and the file system must be local and have space.
#include "index/store/preflight.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <string>

#include "index/base/error.h"
#include "index/base/fd.h"
#include "index/store/damage_signals.h"
#include "index/store/meta_page.h"

namespace echofold {
namespace {

constexpr std::uint64_t greatest_map_bytes = std::uint64_t{1} << 46;
constexpr std::uint64_t least_room_bytes = std::uint64_t{256} * 1024;

struct File {
  Fd fd;
  std::string name;
};

[[noreturn]] void throw_damaged(const std::string& file, const std::string& why) {
  throw Error(Fault::damaged, file + " is damaged: " + why + "; " + damage_advice);
}

MetaPage sound_meta_page(const File& file, std::uint64_t offset) {
  const auto meta = read_meta_page(file.fd.get(), offset, file.name);
  if (!meta) throw_damaged(file.name, "it is cut short");
  if (!meta->is_lmdb()) throw_damaged(file.name, "it is not an LMDB file");
  if (!meta->has_known_version())
    throw_damaged(file.name, "it is of an LMDB format that this echofold does not know");
  if (!meta->has_page_size() || meta->map_bytes > greatest_map_bytes)
    throw_damaged(file.name, "its header makes no sense");
  return *meta;
}

std::uint64_t size_of(const File& file) {
  struct stat status {};
  if (fstat(file.fd.get(), &status) != 0) throw system_error(errno, "can't read " + file.name);
  if (!S_ISREG(status.st_mode)) throw_damaged(file.name, "it is not a regular file");
  return static_cast<std::uint64_t>(status.st_size);
}

}  // namespace

bool is_network_file_system(unsigned long statfs_type) noexcept {
  switch (static_cast<std::uint32_t>(statfs_type)) {
    case 0x6969:      // NFS
    case 0x517B:      // SMB
    case 0xFF534D42:  // CIFS
    case 0xFE534D42:  // SMB2
    case 0x73757245:  // Coda
    case 0x5346414F:  // AFS
    case 0x6B414653:  // kAFS
      return true;
    default:
      return false;
  }
}

void require_local(const std::filesystem::path& dir) {
  struct statfs status {};
  if (statfs(dir.c_str(), &status) != 0) throw system_error(errno, "can't open the library " + dir.string());
  if (is_network_file_system(static_cast<unsigned long>(status.f_type))) {
    throw Error(Fault::unsupported, "the library " + dir.string() +
                                        " is on a network file system, where it can't be kept safely: "
                                        "choose a folder on a local disk with --db");
  }
}

void require_some_room(const std::filesystem::path& dir) {
  struct statvfs status {};
  if (statvfs(dir.c_str(), &status) != 0) throw system_error(errno, "can't open the library " + dir.string());
  if (std::uint64_t{status.f_bavail} * status.f_frsize < least_room_bytes)
    throw Error(Fault::full,
                "no space left for the library " + dir.string() + ": free some space and run again");
}

Error no_library(const std::filesystem::path& dir) {
  return {Fault::no_database,
          "there is no library in " + dir.string() + ": run `echofold scan` on a folder of music first"};
}

DataFile inspect_data_file(const std::filesystem::path& dir) {
  const std::string name = (dir / "data.mdb").string();
  const File file{Fd(open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)), name};
  if (!file.fd.valid() && errno == ENOENT) return {};
  if (!file.fd.valid()) throw system_error(errno, "can't open " + name);
  if (size_of(file) == 0) return {};
  const MetaPage first = sound_meta_page(file, 0);
  const MetaPage second = sound_meta_page(file, first.page_bytes);
  const MetaPage& latest = second.transaction > first.transaction ? second : first;
  // The size is read after the meta pages: beside a writer the file only grows.
  const std::uint64_t size = size_of(file);
  if (size < std::uint64_t{2} * first.page_bytes) throw_damaged(name, "it is cut short");
  if (latest.last_page >= greatest_map_bytes / latest.page_bytes)
    throw_damaged(name, "its header makes no sense");
  return {true, latest.map_bytes, size < (latest.last_page + 1) * latest.page_bytes};
}

}  // namespace echofold
