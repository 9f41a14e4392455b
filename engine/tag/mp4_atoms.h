// The atoms of an MP4 file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/tag/file_bytes.h"

namespace echofold {

struct Mp4Atom {
  std::string name;  ///< four bytes
  std::uint64_t begin = 0, body = 0, end = 0;
};

/// How deep atoms may be nested.
inline constexpr int deepest_mp4_atom = 12;

/// @throws Error Fault::damaged for an atom that is longer than the range, Fault::io
std::vector<Mp4Atom> mp4_atoms_in(const FileBytes& file, std::uint64_t begin, std::uint64_t end);

/// Where the atoms in a `meta` begin: after its version, which QuickTime's `meta` lacks.
std::uint64_t mp4_meta_body(const FileBytes& file, const Mp4Atom& meta);

/// True for an atom that leads to the description of the audio and consists of atoms only.
bool is_mp4_folder(std::string_view name) noexcept;

}  // namespace echofold
