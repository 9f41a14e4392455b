// MP4: the items of the tag, and every atom that is neither audio nor leads to it.
#include "engine/tag/tag_parts_mp4.h"

#include <fmt/format.h>

#include <string>

#include "engine/tag/mp4_items.h"
#include "index/base/error.h"

namespace echofold {
namespace {

constexpr const char* tag_place = "moov/udta/meta/ilst";
constexpr std::uint64_t longest_kept_bytes = 1 << 16;

class Parts {
 public:
  Parts(std::vector<TagPart>& parts, const FileBytes& file) : parts_(parts), file_(file) {}

  void add() {
    for (const Mp4Atom& atom : mp4_atoms_in(file_, 0, file_.size())) {
      if (atom.name == "moof" || atom.name == "mfra")
        throw Error(Fault::unsupported, "it is an MP4 in fragments");
      if (atom.name == "moov")
        add_inside(atom, atom.body, "moov", false, 0);
      else if (atom.name == "meta")
        add_inside(atom, mp4_meta_body(file_, atom), "meta", true, 0);
      else if (atom.name != "mdat")
        add_one(atom, "MP4", shown_mp4_name(atom.name), "");
    }
  }

 private:
  /// @param tags  true below udta and meta, where payload_hash() does not look
  void add_inside(const Mp4Atom& parent, std::uint64_t body, const std::string& place, bool tags, int depth) {
    if (depth > deepest_mp4_atom) throw Error(Fault::damaged, "its parts lie too deep in each other");
    const std::vector<Mp4Atom> atoms = mp4_atoms_in(file_, body, parent.end);
    for (const Mp4Atom& atom : atoms) {
      const std::string inner = fmt::format("{}/{}", place, shown_mp4_name(atom.name));
      if (inner == tag_place)
        add_items(atom);
      else if (atom.name == "meta")
        add_inside(atom, mp4_meta_body(file_, atom), inner, true, depth + 1);
      else if (atom.name == "udta" || (tags && atom.name == "ilst"))
        add_inside(atom, atom.body, inner, true, depth + 1);
      else if (is_mp4_folder(atom.name))
        add_inside(atom, atom.body, inner, tags, depth + 1);
      else
        add_leaf(atom, place, tags);
    }
    add_rest(atoms.empty() ? body : atoms.back().end, parent.end, place);
  }

  void add_leaf(const Mp4Atom& atom, const std::string& place, bool tags) {
    if (atom.name == "iloc" || atom.name == "saio")
      throw Error(Fault::unsupported,
                  "it has further offsets that would be wrong with new tags (" + atom.name + ")");
    const bool free = atom.name == "free" || atom.name == "skip";
    if (free && place == "moov/udta/meta") return;  // reserved for tags
    if (tags || free)
      add_one(atom, place, shown_mp4_name(atom.name),
              place == "moov/udta/meta" && atom.name == "hdlr" ? "*" : "");
  }

  void add_items(const Mp4Atom& ilst) {
    const std::vector<TagPart> items = mp4_items_in(file_, ilst);
    parts_.insert(parts_.end(), items.begin(), items.end());
  }

  void add_one(const Mp4Atom& atom, const std::string& place, const std::string& name, std::string property) {
    const std::uint64_t size = atom.end - atom.begin;
    std::string bytes;
    if (size <= longest_kept_bytes) {
      bytes = file_.at(atom.begin, size);
    } else {
      StreamHash hash;
      file_.add_to(hash, atom.begin, size);
      bytes = fmt::format("{}:{}", size, hex_of(hash.digest()));
    }
    parts_.push_back({place, name, std::move(property), std::move(bytes)});
  }

  /// Adds bytes that are too few for an atom: QuickTime ends `udta` with four zeros.
  void add_rest(std::uint64_t begin, std::uint64_t end, const std::string& place) {
    if (begin < end) parts_.push_back({place, "its last bytes", "", file_.at(begin, end - begin)});
  }

  std::vector<TagPart>& parts_;
  const FileBytes& file_;
};

}  // namespace

void add_mp4_parts(std::vector<TagPart>& parts, const FileBytes& file) { Parts(parts, file).add(); }

}  // namespace echofold
