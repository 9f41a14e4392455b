// Swaps a file with its new version. If the file system allows it, the name has a complete file at every moment.
#pragma once

#include <cstdint>
#include <string>

#include "index/base/fs/folder.h"
#include "index/base/fs/stamp.h"

namespace echofold {

/// How the new version gets its name. Each falls back to the next if the file system can't do it.
enum class SwapMeans : std::uint8_t {
  exchange,  ///< renameat2(RENAME_EXCHANGE), then the old version is checked and removed
  link,      ///< a second name for the old version, then a rename over the first; the name always has a file
  rename     ///< the old version gets another name, then the new one gets its: for a moment the name is free
};

struct SwapOrder {
  const Folder& folder;
  std::string name;                       ///< of the file
  std::string part;                       ///< of its new version, complete and durable
  std::string old;                        ///< a free name, for the old version if it needs one
  Stamp stamp;                            ///< what the file must be
  SwapMeans first = SwapMeans::exchange;  ///< the first means to try
};

/// Gives `name` to the new version and removes the old one, but only if the old one is the file of `stamp`: it is
/// checked once more under its other name, and put back if another program has changed it meanwhile. Durable when it
/// returns.
/// @throws Error  Fault::changed, Fault::permission, Fault::full, Fault::io; `name` then has the old version, except
///                that a failing disk may leave files under any of the three names; resolve_rewrite() finds out which
void swap_in(const SwapOrder& order);

/// The temporary names for rewrite `number` of a run: short, hidden and unique to this rewrite.
std::string new_version_name(const std::string& run, std::uint64_t number);
std::string old_version_name(const std::string& run, std::uint64_t number);

}  // namespace echofold
