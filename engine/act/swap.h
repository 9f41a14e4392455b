// A file and its new version trade places: at no moment is the name without a whole file where that can be
// had.
#pragma once

#include <cstdint>
#include <string>

#include "engine/act/folder.h"

namespace echofold {

/// How the new version gets its name; each falls back to the next where the file system can't.
enum class SwapMeans : std::uint8_t {
  exchange,  ///< renameat2(RENAME_EXCHANGE), then the old version is looked at and goes
  link,      ///< a second name for the old version, then a rename over the first; the name always has a file
  rename     ///< the old version gets another name, then the new one gets its: for a moment the name is free
};

struct SwapOrder {
  const Folder& folder;
  std::string name;                       ///< of the file
  std::string part;                       ///< of its new version, complete and durable
  std::string old;                        ///< a free name, for the old version where it needs one
  Stamp stamp;                            ///< what the file must be
  SwapMeans first = SwapMeans::exchange;  ///< the first means to try
};

/// Gives `name` to the new version and removes the old one, but only when that is the very file of `stamp`:
/// it is looked at once more under its other name, and put back when another program has changed it
/// meanwhile. Durable when it returns.
/// @throws Error  Fault::changed, Fault::permission, Fault::full, Fault::io; `name` then has the old version,
///                except that a failing disk may leave any of the three names: settle_rewrite() tells
void swap_in(const SwapOrder& order);

/// The temporary names for rewrite `number` of a run: short, hidden, and only this rewrite's.
std::string new_version_name(const std::string& run, std::uint64_t number);
std::string old_version_name(const std::string& run, std::uint64_t number);

}  // namespace echofold
