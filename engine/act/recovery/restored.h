// What became of an attempt to take a step back.
#pragma once

#include <string>

namespace echofold {

struct Restored {
  bool back = false;
  std::string note = {};  ///< why not, or what the user should know
};

}  // namespace echofold
