// MP4: media data and all that leads to it. New tags move the media data, so chunk offsets are taken relative to it.
#include "engine/tag/payload_mp4.h"

#include <string>
#include <vector>

#include "engine/tag/mp4_atoms.h"
#include "index/base/error.h"

namespace echofold {
namespace {

class Payload {
 public:
  Payload(StreamHash& hash, const FileBytes& file) : hash_(hash), file_(file) {}

  void add() {
    const std::vector<Mp4Atom> top = mp4_atoms_in(file_, 0, file_.size());
    for (const Mp4Atom& atom : top) {
      if (atom.name == "moof") throw Error(Fault::unsupported, "it is an MP4 in fragments");
      if (atom.name == "mdat") media_.push_back(atom);
    }
    if (media_.empty()) throw Error(Fault::damaged, "it has no media data");
    for (const Mp4Atom& atom : media_) {
      hash_.add("mdat");
      file_.add_to(hash_, atom.body, atom.end - atom.body);
    }
    for (const Mp4Atom& atom : top)
      if (atom.name == "moov") add_inside(atom, 0);
  }

 private:
  void add_inside(const Mp4Atom& parent, int depth) {
    if (depth > deepest_mp4_atom) throw Error(Fault::damaged, "its parts lie too deep in each other");
    for (const Mp4Atom& atom : mp4_atoms_in(file_, parent.body, parent.end)) {
      if (atom.name == "udta" || atom.name == "meta" || atom.name == "free" || atom.name == "skip") continue;
      // The chunk offsets in it could not be adjusted when new tags move the media data.
      if (atom.name == "cmov") throw Error(Fault::unsupported, "its header is compressed");
      hash_.add(atom.name);
      if (is_mp4_folder(atom.name))
        add_inside(atom, depth + 1);
      else if (atom.name == "stco" || atom.name == "co64")
        add_chunks(atom, atom.name == "stco" ? 4 : 8);
      else
        file_.add_to(hash_, atom.body, atom.end - atom.body);
    }
  }

  void add_chunks(const Mp4Atom& atom, unsigned width) {
    const std::uint64_t count = file_.big(atom.body + 4, 4);
    if (atom.end - atom.body < 8 || count > (atom.end - atom.body - 8) / width)
      throw Error(Fault::damaged, "its table of chunks is cut");
    const std::string table = file_.at(atom.body + 8, count * width);
    for (std::uint64_t i = 0; i < count; ++i)
      add_place(big_endian(std::string_view(table).substr(i * width, width)));
  }

  /// Adds which media data it lies in, and where in it.
  void add_place(std::uint64_t offset) {
    for (std::size_t i = 0; i < media_.size(); ++i)
      if (offset >= media_[i].body && offset <= media_[i].end)
        return hash_.add(std::to_string(i) + "+" + std::to_string(offset - media_[i].body) + ";");
    throw Error(Fault::damaged, "a chunk lies outside its media data");
  }

  StreamHash& hash_;
  const FileBytes& file_;
  std::vector<Mp4Atom> media_;
};

}  // namespace

void add_mp4_payload(StreamHash& hash, const FileBytes& file) { Payload(hash, file).add(); }

}  // namespace echofold
