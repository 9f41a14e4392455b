// A music file, opened for reading and checked to be the one that was found.
#pragma once

#include <string>

#include "index/base/fd.h"
#include "index/base/fs/stamp.h"

namespace echofold {

/// Follows no link and does not block.
class MusicFile {
 public:
  /// @throws Error  Fault::missing, Fault::permission or Fault::io if it can't be opened, Fault::changed if another file
  ///                is at this path now
  MusicFile(const std::string& path, const Stamp& found);

  int fd() const noexcept { return fd_.get(); }
  /// As it was when it was opened.
  const Stamp& stamp() const noexcept { return stamp_; }

  /// To be called after reading. @throws Error Fault::changed if it changed while it was read
  void check_unchanged() const;

 private:
  Stamp status() const;

  Fd fd_;
  Stamp stamp_;
};

}  // namespace echofold
