// Exchange, else link and rename, else two renames. The old version is checked before it is removed.
#include "engine/act/files/swap.h"

#include <fcntl.h>
#include <stdio.h>  // NOLINT: renameat2
#include <unistd.h>

#include <cerrno>

#include "index/base/error.h"
#include "index/base/fs/stamp.h"
#include "index/base/text/printable.h"

namespace echofold {
namespace {

enum class Tried : std::uint8_t { done, unable };

Tried outcome(int result, const std::string& what) {
  if (result == 0) return Tried::done;
  if (errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP || errno == EXDEV) return Tried::unable;
  throw system_error(errno, what + ": can't give it its new version");
}

/// The system calls of one swap, on names in its folder.
class Names {
 public:
  explicit Names(const SwapOrder& order) : order_(order), fd_(order.folder.fd()) {}

  std::string path() const { return printable(order_.folder.path_of(order_.name)); }

  Tried rename(const std::string& from, const std::string& to, unsigned flags) const {
    const int result = uninterrupted([&] { return renameat2(fd_, from.c_str(), fd_, to.c_str(), flags); });
    if (result != 0 && errno == EEXIST) throw taken();
    return outcome(result, path());
  }

  /// If the file system knows no flags, looks first whether `to` is free.
  void rename_to_free(const std::string& from, const std::string& to) const {
    if (rename(from, to, RENAME_NOREPLACE) == Tried::done) return;
    if (order_.folder.look(to)) throw taken();
    if (uninterrupted([&] { return renameat(fd_, from.c_str(), fd_, to.c_str()); }) != 0)
      throw system_error(errno, path());
  }

  Tried link(const std::string& from, const std::string& to) const {
    const int result = uninterrupted([&] { return linkat(fd_, from.c_str(), fd_, to.c_str(), 0); });
    if (result != 0 && (errno == EPERM || errno == EMLINK)) return Tried::unable;
    return outcome(result, path());
  }

  void remove(const std::string& name) const {
    if (uninterrupted([&] { return unlinkat(fd_, name.c_str(), 0); }) != 0 && errno != ENOENT)
      throw system_error(errno, path() + ": can't remove its old version");
  }

  /// Requires that the file under `name` is the one that was to be replaced.
  void require_expected(const std::string& name) const {
    const auto now = order_.folder.look(name);
    const auto change = now ? difference(order_.stamp, *now) : "it is not there any more";
    if (change)
      throw Error(Fault::changed,
                  path() + ": changed by another program just as it was rewritten: " + *change);
  }

  void sync() const { order_.folder.sync(); }

 private:
  Error taken() const { return {Fault::changed, path() + ": another file has just taken its place"}; }

  const SwapOrder& order_;
  int fd_;
};

Tried by_exchange(const Names& names, const SwapOrder& order) {
  if (names.rename(order.part, order.name, RENAME_EXCHANGE) == Tried::unable) return Tried::unable;
  try {
    names.require_expected(order.part);
  } catch (const Error&) {
    names.rename(order.part, order.name, RENAME_EXCHANGE);
    throw;
  }
  names.remove(order.part);
  return Tried::done;
}

Tried by_link(const Names& names, const SwapOrder& order) {
  if (names.link(order.name, order.old) == Tried::unable) return Tried::unable;
  try {
    names.require_expected(order.old);
    names.require_expected(order.name);
  } catch (const Error&) {
    names.remove(order.old);
    throw;
  }
  names.rename(order.part, order.name, 0);
  try {
    names.require_expected(order.old);
  } catch (const Error&) {
    names.rename(order.old, order.name, 0);
    throw;
  }
  names.remove(order.old);
  return Tried::done;
}

void by_rename(const Names& names, const SwapOrder& order) {
  names.rename_to_free(order.name, order.old);
  try {
    names.require_expected(order.old);
    names.rename_to_free(order.part, order.name);
  } catch (const Error&) {
    if (!order.folder.look(order.name)) names.rename_to_free(order.old, order.name);
    throw;
  }
  names.remove(order.old);
}

}  // namespace

void swap_in(const SwapOrder& order) {
  const Names names(order);
  names.require_expected(order.name);
  if (order.first > SwapMeans::exchange || by_exchange(names, order) == Tried::unable)
    if (order.first > SwapMeans::link || by_link(names, order) == Tried::unable) by_rename(names, order);
  names.sync();
}

std::string new_version_name(const std::string& run, std::uint64_t number) {
  return ".echofold-" + run + "-r" + std::to_string(number) + ".part";
}

std::string old_version_name(const std::string& run, std::uint64_t number) {
  return ".echofold-" + run + "-r" + std::to_string(number) + ".old";
}

}  // namespace echofold
