// A read-only file system that a test defines, including inode numbers and link counts. A separate process speaks the
// FUSE protocol directly with the kernel.
#pragma once

#include <dirent.h>
#include <fcntl.h>
#include <linux/fuse.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/mounts.h"

namespace echofold::test {

struct FuseFile {
  std::string folder;  ///< "" or a folder that precedes it in the list
  std::string name;
  std::uint64_t inode = 1;
  std::uint32_t links = 1;
  std::string bytes;
  bool is_folder = false;
  std::uint64_t mtime_s = 1'600'000'000;
};

/// Mounted during its lifetime. Requires may_mount(); see operator bool.
class FuseDisk {
 public:
  FuseDisk(std::string at, std::vector<FuseFile> files, const std::string& type = "fuse.merged")
      : at_(std::move(at)) {
    std::filesystem::create_directories(at_);
    const int device = ::open("/dev/fuse", O_RDWR | O_CLOEXEC);
    if (device < 0) return;
    const std::string options = "fd=" + std::to_string(device) + ",rootmode=40000,user_id=0,group_id=0";
    if (::mount("disk", at_.c_str(), type.c_str(), MS_NOSUID | MS_NODEV, options.c_str()) != 0) {
      ::close(device);
      return;
    }
    server_ = ::fork();
    if (server_ == 0) Server(device, std::move(files)).run();
    ::close(device);
  }
  FuseDisk(const FuseDisk&) = delete;
  FuseDisk& operator=(const FuseDisk&) = delete;
  ~FuseDisk() {
    if (server_ <= 0) return;
    ::umount2(at_.c_str(), MNT_DETACH);
    ::kill(server_, SIGKILL);
    ::waitpid(server_, nullptr, 0);
  }

  explicit operator bool() const noexcept { return server_ > 0; }

 private:
  /// Node 1 is the root; node n + 2 is file n.
  class Server {
   public:
    Server(int device, std::vector<FuseFile> files) : device_(device), files_(std::move(files)) {}

    [[noreturn]] void run() {
      std::vector<char> request(1 << 18);
      for (;;) {
        const ssize_t got = ::read(device_, request.data(), request.size());
        if (got < 0 && (errno == EINTR || errno == ENOENT)) continue;
        if (got < static_cast<ssize_t>(sizeof(fuse_in_header))) ::_exit(0);
        fuse_in_header header;
        std::memcpy(&header, request.data(), sizeof header);
        answer(header, request.data() + sizeof header);
      }
    }

   private:
    void send(std::uint64_t unique, int error, const void* data, std::size_t size) const {
      const fuse_out_header header{static_cast<std::uint32_t>(sizeof(fuse_out_header) + size), -error,
                                   unique};
      std::string bytes(reinterpret_cast<const char*>(&header), sizeof header);
      bytes.append(static_cast<const char*>(data), size);
      if (::write(device_, bytes.data(), bytes.size()) < 0 && errno != ENOENT) ::_exit(1);
    }
    template <class T>
    void send(std::uint64_t unique, const T& data) const {
      send(unique, 0, &data, sizeof data);
    }
    template <class T>
    static T taken(const char* from) {
      T out;
      std::memcpy(&out, from, sizeof out);
      return out;
    }

    const FuseFile* file(std::uint64_t node) const {
      return node == FUSE_ROOT_ID ? nullptr : &files_.at(node - 2);
    }
    std::string path(std::uint64_t node) const {
      if (node == FUSE_ROOT_ID) return "";
      const FuseFile& f = *file(node);
      return f.folder.empty() ? f.name : f.folder + "/" + f.name;
    }
    fuse_attr attributes(std::uint64_t node) const {
      fuse_attr out{};
      const FuseFile* f = file(node);
      const bool folder = f == nullptr || f->is_folder;
      out.ino = f == nullptr ? 1 : f->inode;
      out.mode = folder ? S_IFDIR | 0755 : S_IFREG | 0644;
      out.nlink = f == nullptr ? 2 : f->links;
      out.size = f == nullptr ? 0 : f->bytes.size();
      out.mtime = out.ctime = out.atime = f == nullptr ? 1'600'000'000 : f->mtime_s;
      out.blksize = 4096;
      return out;
    }

    void answer(const fuse_in_header& in, const char* data) {
      switch (in.opcode) {
        case FUSE_INIT: {
          fuse_init_out out{};
          out.major = FUSE_KERNEL_VERSION;
          out.minor = 31;
          out.max_readahead = out.max_write = 1 << 16;
          out.time_gran = 1;
          return send(in.unique, out);
        }
        case FUSE_LOOKUP:
          return look_up(in, data);
        case FUSE_GETATTR: {
          fuse_attr_out out{};
          out.attr = attributes(in.nodeid);
          return send(in.unique, out);
        }
        case FUSE_OPEN:
        case FUSE_OPENDIR:
          return send(in.unique, fuse_open_out{});
        case FUSE_READDIR:
          return read_folder(in, taken<fuse_read_in>(data));
        case FUSE_READ: {
          const auto wanted = taken<fuse_read_in>(data);
          const std::string& bytes = file(in.nodeid)->bytes;
          const std::size_t from = std::min<std::size_t>(wanted.offset, bytes.size());
          return send(in.unique, 0, bytes.data() + from,
                      std::min<std::size_t>(wanted.size, bytes.size() - from));
        }
        case FUSE_STATFS: {
          fuse_statfs_out out{};
          out.st.bsize = out.st.frsize = 4096;
          out.st.namelen = 255;
          return send(in.unique, out);
        }
        case FUSE_FLUSH:
        case FUSE_RELEASE:
        case FUSE_RELEASEDIR:
          return send(in.unique, 0, nullptr, 0);
        case FUSE_FORGET:
        case FUSE_BATCH_FORGET:
        case FUSE_INTERRUPT:
          return;
        default:
          return send(in.unique, ENOSYS, nullptr, 0);
      }
    }

    void look_up(const fuse_in_header& in, const char* name) const {
      const std::string folder = path(in.nodeid);
      for (std::size_t i = 0; i < files_.size(); ++i)
        if (files_[i].folder == folder && files_[i].name == name) {
          fuse_entry_out out{};
          out.nodeid = i + 2;
          out.attr = attributes(out.nodeid);
          return send(in.unique, out);
        }
      send(in.unique, ENOENT, nullptr, 0);
    }

    void read_folder(const fuse_in_header& in, const fuse_read_in& wanted) const {
      const std::string folder = path(in.nodeid);
      std::string out;
      for (std::size_t i = wanted.offset; i < files_.size(); ++i) {
        const FuseFile& f = files_[i];
        if (f.folder != folder) continue;
        const std::size_t size = FUSE_DIRENT_ALIGN(FUSE_NAME_OFFSET + f.name.size());
        if (out.size() + size > wanted.size) break;
        std::string entry(size, '\0');
        const std::uint64_t offset = i + 1;
        const auto name_size = static_cast<std::uint32_t>(f.name.size());
        const std::uint32_t type = f.is_folder ? DT_DIR : DT_REG;
        std::memcpy(entry.data(), &f.inode, 8);
        std::memcpy(entry.data() + 8, &offset, 8);
        std::memcpy(entry.data() + 16, &name_size, 4);
        std::memcpy(entry.data() + 20, &type, 4);
        std::memcpy(entry.data() + FUSE_NAME_OFFSET, f.name.data(), f.name.size());
        out += entry;
      }
      send(in.unique, 0, out.data(), out.size());
    }

    int device_;
    std::vector<FuseFile> files_;
  };

  std::string at_;
  pid_t server_ = -1;
};

}  // namespace echofold::test
