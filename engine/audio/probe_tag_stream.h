// TagLib's view of an open descriptor: read only, under a made-up name.
#pragma once

#include <tiostream.h>

#include <cstdint>
#include <string>
#include <utility>

#include "engine/audio/fd_source.h"

namespace echofold {

class TagStream : public TagLib::IOStream {
 public:
  /// @param name  only its extension matters: TagLib uses it to choose the format
  TagStream(FdSource& source, std::string name) : source_(source), name_(std::move(name)) {}

  TagLib::FileName name() const override { return name_.c_str(); }
  TagLib::ByteVector readBlock(unsigned long length) override;
  void seek(long offset, Position from) override;
  long tell() const override { return static_cast<long>(source_.position()); }
  long length() override { return static_cast<long>(source_.size_bytes()); }
  bool readOnly() const override { return true; }
  bool isOpen() const override { return true; }
  void clear() override {}

  // A reader writes nothing.
  void writeBlock(const TagLib::ByteVector&) override {}
  void insert(const TagLib::ByteVector&, unsigned long, unsigned long) override {}
  void removeBlock(unsigned long, unsigned long) override {}
  void truncate(long) override {}

 private:
  static constexpr std::uint64_t max_block_bytes = 64 << 20;  // more than any real cover picture

  FdSource& source_;
  std::string name_;
};

}  // namespace echofold
