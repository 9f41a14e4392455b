// An ext4 in a file whose power can be cut: as on a disk, unwritten data is lost.
#pragma once

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "tests/support/mounts.h"
#include "tests/support/temp_dir.h"

namespace echofold::test {

class Disk {
 public:
  explicit Disk(const std::string& size) : size_(size) { plug_in(); }

  /// False if mounting an ext4 in a file is not allowed.
  explicit operator bool() const { return mount_ != nullptr; }
  std::string path(const std::string& name) const { return at() + "/" + name; }

  /// Writes everything so far to the disk.
  void sync() const {
    const int fd = open(at().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    EXPECT_EQ(syncfs(fd), 0);
    close(fd);
  }

  using Acknowledge = std::function<void(std::uint64_t)>;

  /// Runs `job` in another process, which acknowledges one thing after the other. Cuts the power shortly after the
  /// `after`th acknowledgement, then mounts the disk again.
  /// @return everything acknowledged, also between the cut and the end of the process
  std::vector<std::uint64_t> cut_power_during(const std::function<void(const Acknowledge&)>& job,
                                              unsigned after, std::mt19937& random) {
    int ends[2];
    if (pipe(ends) != 0) throw std::runtime_error("no pipe");
    const pid_t child = fork();
    if (child == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      close(ends[0]);
      try {
        job([&](std::uint64_t n) { (void)!write(ends[1], &n, sizeof n); });
      } catch (const std::exception&) {
        _exit(1);  // the power is off: nothing can be written any more
      }
      close(ends[1]);  // the job finished: there are no more acknowledgements
      pause();
    }
    close(ends[1]);
    std::vector<std::uint64_t> acknowledged;
    const auto next = [&] {
      std::uint64_t n = 0;
      if (read(ends[0], &n, sizeof n) != sizeof n) return false;
      acknowledged.push_back(n);
      return true;
    };
    while (acknowledged.size() < after && next()) continue;
    usleep(random() % 3000);
    mount_->cut_power(random() % 2 == 0);
    usleep(2000);
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    while (next()) continue;
    close(ends[0]);
    EXPECT_TRUE(mount_->gone());
    plug_in();
    return acknowledged;
  }

 private:
  std::string at() const { return (dir_ / "disk").native(); }
  void plug_in() {
    mount_.reset();
    auto mount = Mount::ext4((dir_ / "image").native(), at(), size_);
    if (mount) mount_ = std::make_unique<Mount>(std::move(mount));
  }

  TempDir dir_;
  std::string size_;
  std::unique_ptr<Mount> mount_;
};

}  // namespace echofold::test
