// Replaces one range of bytes, and adjusts the sizes of the atoms around it and the offsets after it.
#include "engine/tag/edit_mp4.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "engine/tag/file_bytes.h"
#include "engine/tag/file_splice.h"
#include "engine/tag/mp4_items.h"
#include "engine/tag/new_parts.h"
#include "index/base/error.h"

namespace echofold {
namespace {

constexpr std::uint64_t head_bytes = 8;

std::optional<Mp4Atom> find(const std::vector<Mp4Atom>& atoms, std::string_view name) {
  const auto found =
      std::find_if(atoms.begin(), atoms.end(), [&](const Mp4Atom& atom) { return atom.name == name; });
  if (found == atoms.end()) return std::nullopt;
  const bool several =
      std::any_of(found + 1, atoms.end(), [&](const Mp4Atom& atom) { return atom.name == name; });
  if (several) throw Error(Fault::unsupported, "it has two tags; it stays as it is");
  return *found;
}

class Edit {
 public:
  Edit(int fd, const TagEdit& edit) : fd_(fd), file_(fd), edit_(edit) {}

  void write() {
    const auto moov = find(mp4_atoms_in(file_, 0, file_.size()), "moov");
    if (!moov) throw Error(Fault::damaged, "it has no header");
    above_.push_back(*moov);
    const auto udta = find(mp4_atoms_in(file_, moov->body, moov->end), "udta");
    if (!udta) return put(moov->end, moov->end, mp4_atom_of("udta", new_meta()));
    above_.push_back(*udta);
    const auto meta = find(mp4_atoms_in(file_, udta->body, udta->end), "meta");
    if (!meta) return put(udta->end, udta->end, new_meta());
    above_.push_back(*meta);
    const std::vector<Mp4Atom> atoms = mp4_atoms_in(file_, mp4_meta_body(file_, *meta), meta->end);
    const auto ilst = find(atoms, "ilst");
    if (!ilst) return put(meta->end, meta->end, items_in(std::nullopt));
    const auto next = std::find_if(atoms.begin(), atoms.end(),
                                   [&](const Mp4Atom& atom) { return atom.begin == ilst->end; });
    const bool room = next != atoms.end() && next->name == "free";
    put_with_room(*ilst, room ? next->end - next->begin : 0, items_in(ilst));
  }

 private:
  std::string items_in(const std::optional<Mp4Atom>& ilst) const {
    std::vector<TagPart> items;
    if (ilst) items = mp4_items_in(file_, *ilst);
    replace_parts(items, edit_.main, new_mp4_items(edit_.main, edit_.pictures));
    std::string body;
    for (const TagPart& item : items) body += item.bytes;
    return mp4_atom_of("ilst", body);
  }

  std::string new_meta() const {
    const std::string handler = big_endian_bytes(0, 8) + "mdirappl" + big_endian_bytes(0, 9);
    return mp4_atom_of("meta",
                       big_endian_bytes(0, 4) + mp4_atom_of("hdlr", handler) + items_in(std::nullopt));
  }

  void put_with_room(const Mp4Atom& ilst, std::uint64_t room, std::string items) {
    const std::uint64_t before = ilst.end - ilst.begin + room;
    const bool fits = items.size() == before || items.size() + head_bytes <= before;
    if (fits && items.size() < before)
      items += mp4_atom_of("free", std::string(before - items.size() - head_bytes, '\0'));
    put(ilst.begin, ilst.end + room, items);
  }

  void put(std::uint64_t begin, std::uint64_t end, const std::string& bytes) {
    by_ = bytes.size() - (end - begin);  // wraps if it becomes shorter, and so do the sums
    from_ = end;
    if (by_ != 0) {
      move_chunks(above_.front(), 0);
      for (const Mp4Atom& atom : above_) resize(atom);
    }
    replace_range(fd_, begin, end, bytes);
  }

  void resize(const Mp4Atom& atom) {
    const std::uint64_t size = file_.big(atom.begin, 4);
    if (size == 0) return;  // it reaches to the end
    if (size == 1) return set(atom.begin + head_bytes, file_.big(atom.begin + head_bytes, 8) + by_, 8);
    set(atom.begin, size + by_, 4);
  }

  void move_chunks(const Mp4Atom& parent, int depth) {
    if (depth > deepest_mp4_atom) throw Error(Fault::damaged, "its parts lie too deep in each other");
    for (const Mp4Atom& atom : mp4_atoms_in(file_, parent.body, parent.end)) {
      if (is_mp4_folder(atom.name)) move_chunks(atom, depth + 1);
      if (atom.name == "stco") move_table(atom, 4);
      if (atom.name == "co64") move_table(atom, 8);
    }
  }

  void move_table(const Mp4Atom& atom, unsigned width) {
    const std::uint64_t count = file_.big(atom.body + 4, 4);
    if (atom.end - atom.body < head_bytes || count > (atom.end - atom.body - head_bytes) / width)
      throw Error(Fault::damaged, "its table of chunks is cut");
    const std::string table = file_.at(atom.body + head_bytes, count * width);
    std::string moved;
    for (std::uint64_t i = 0; i < count; ++i) {
      const std::uint64_t offset = big_endian(std::string_view(table).substr(i * width, width));
      moved += bounded(offset >= from_ ? offset + by_ : offset, width);
    }
    replace_range(fd_, atom.body + head_bytes, atom.body + head_bytes + table.size(), moved);
  }

  void set(std::uint64_t at, std::uint64_t value, unsigned width) {
    replace_range(fd_, at, at + width, bounded(value, width));
  }

  static std::string bounded(std::uint64_t value, unsigned width) {
    if (width < 8 && value >> (8 * width) != 0)
      throw Error(Fault::unsupported, "its header would get too large");
    return big_endian_bytes(value, width);
  }

  int fd_;
  FileBytes file_;
  const TagEdit& edit_;
  std::vector<Mp4Atom> above_;
  std::uint64_t by_ = 0, from_ = 0;
};

}  // namespace

void edit_mp4(int fd, const TagEdit& edit) { Edit(fd, edit).write(); }

}  // namespace echofold
