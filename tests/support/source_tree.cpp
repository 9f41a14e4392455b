#include "tests/support/source_tree.h"

namespace echofold::test {

std::filesystem::path source_tree() { return ECHOFOLD_SOURCE_TREE; }

}  // namespace echofold::test
