// recover_library DB: recovers what a crash left open, as a program that can itself be killed. Prints how many moves
// it resolved.
#include <cstdio>
#include <exception>

#include "engine/act/recovery/recover.h"

int main(int argc, char** argv) try {
  if (argc != 2) return 2;
  auto store = echofold::Store::open(argv[1]);
  std::printf("%llu\n", static_cast<unsigned long long>(echofold::recover(store)));
  return 0;
} catch (const std::exception& e) {
  std::fprintf(stderr, "recover_library: %s\n", e.what());
  return 1;
}
