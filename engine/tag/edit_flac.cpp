// Writes the blocks again. The audio moves only if there is too little padding.
#include "engine/tag/edit_flac.h"

#include <string>

#include "engine/tag/file_splice.h"
#include "engine/tag/flac_blocks.h"
#include "engine/tag/new_parts.h"
#include "engine/tag/vorbis_comments.h"
#include "index/base/error.h"

namespace echofold {
namespace {

constexpr std::size_t largest_body = (std::size_t{1} << 24) - 1;
constexpr std::size_t new_padding_bytes = 4096;
constexpr char last_mark = '\x80';

std::string block_of(std::uint8_t kind, const std::string& body) {
  if (body.size() > largest_body)
    throw Error(Fault::unsupported, "a block of its metadata would get too large");
  std::string head(1, static_cast<char>(kind));
  for (int shift = 16; shift >= 0; shift -= 8) head += static_cast<char>(body.size() >> shift & 0xff);
  return head + body;
}

class Blocks {
 public:
  Blocks(int fd, const TagEdit& edit) : fd_(fd), file_(fd), blocks_(flac_blocks_of(file_)), edit_(edit) {}

  void rewrite() {
    for (const FlacBlock& block : blocks_) take(block);
    if (!has_comments_) add(block_of(FlacBlock::comments, changed(render_vorbis_comments({}))));
    for (const TagPicture& picture : edit_.pictures)
      add(block_of(FlacBlock::picture, new_flac_picture(picture)));
    pad();
    bytes_[last_] = static_cast<char>(bytes_[last_] | last_mark);
    replace_range(fd_, blocks_.front().begin, blocks_.back().end, bytes_);
  }

 private:
  void take(const FlacBlock& block) {
    const std::string body =
        file_.at(block.begin + flac_head_bytes, block.end - block.begin - flac_head_bytes);
    if (block.is_blank(body)) return;
    if (block.kind != FlacBlock::comments) return add(block_of(block.kind, body));
    if (has_comments_)
      throw Error(Fault::unsupported, "it has two blocks of Vorbis comments; it stays as it is");
    has_comments_ = true;
    add(block_of(block.kind, changed(body)));
  }

  std::string changed(const std::string& body) const {
    VorbisComments comments = parse_vorbis_comments(body);
    replace_parts(comments.comments, edit_.main, new_vorbis_comments(edit_.main, {}));
    return render_vorbis_comments(comments);
  }

  void add(const std::string& block) {
    last_ = bytes_.size();
    bytes_ += block;
  }

  void pad() {
    const std::uint64_t before = blocks_.back().end - blocks_.front().begin;
    if (bytes_.size() == before) return;
    const bool fits =
        bytes_.size() + flac_head_bytes <= before && before - bytes_.size() - flac_head_bytes <= largest_body;
    add(block_of(FlacBlock::padding,
                 std::string(fits ? before - bytes_.size() - flac_head_bytes : new_padding_bytes, '\0')));
  }

  int fd_;
  FileBytes file_;
  std::vector<FlacBlock> blocks_;
  const TagEdit& edit_;
  std::string bytes_;
  std::size_t last_ = 0;
  bool has_comments_ = false;
};

}  // namespace

void edit_flac(int fd, const TagEdit& edit) { Blocks(fd, edit).rewrite(); }

}  // namespace echofold
