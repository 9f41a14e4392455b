// Fingerprints of real music from tests/index/data/ (its README says what each is).
#pragma once

#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "index/model/fingerprint.h"
#include "tests/support/source_tree.h"

namespace echofold::test {

/// @param name  of the file, without ".txt"
inline std::vector<Item> real_items(const std::string& name) {
  const std::string path = source_tree() / "tests/index/data" / (name + ".txt");
  std::ifstream file(path);
  std::vector<Item> items;
  for (std::string number; std::getline(file, number, ',');)
    items.push_back(static_cast<Item>(std::stoul(number)));
  if (items.empty()) throw std::runtime_error(path + ": no fingerprint");
  return items;
}

}  // namespace echofold::test
