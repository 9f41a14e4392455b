// The table of databases, and its orders.
#include "index/store/databases.h"

#include <algorithm>

#include "index/store/entry_checks.h"

namespace echofold {

// clang-format off
constinit const std::array<Database, 13> database_table{{
    // name              handle                       since key  check                  places   rebuilt
    {"meta",            &Databases::meta,             1,    0,   check_meta,            1,  6,   Rebuilt::by_a_step},
    {"roots",           &Databases::roots,            1,    16,  check_root,            6,  5,   Rebuilt::copied},
    {"tracks",          &Databases::tracks,           1,    8,   check_track,           3,  1,   Rebuilt::by_a_step},
    {"items",           &Databases::items,            1,    8,   check_items,           2,  2,   Rebuilt::by_a_step},
    {"paths",           &Databases::paths,            1,    16,  check_path,            8,  7,   Rebuilt::by_a_step},
    {"pairs",           &Databases::pairs,            1,    16,  check_pair,            4,  3,   Rebuilt::by_a_step},
    {"partners",        &Databases::partners,         1,    16,  check_partner,         5,  8,   Rebuilt::by_a_step},
    {"verdicts",        &Databases::verdicts,         1,    32,  check_verdict,         7,  4,   Rebuilt::copied},
    {"classes",         &Databases::classes,          2,    24,  check_class,           9,  9,   Rebuilt::derived},
    {"representatives", &Databases::representatives,  2,    8,   check_representatives, 10, 10,  Rebuilt::derived},
    {"lookups",         &Databases::lookups,          3,    24,  check_lookup,          11, 11,  Rebuilt::copied},
    {"heard",           &Databases::heard,            4,    32,  check_heard,           12, 12,  Rebuilt::copied},
    {"variants",        &Databases::variants,         5,    16,  check_variants,        13, 13,  Rebuilt::copied},
}};
// clang-format on

const Database* find_database(std::string_view name) noexcept {
  const auto at = std::find_if(database_table.begin(), database_table.end(),
                               [&](const Database& database) { return database.name == name; });
  return at != database_table.end() ? &*at : nullptr;
}

std::vector<const Database*> databases_by(int Database::*place) {
  std::vector<const Database*> ordered;
  ordered.reserve(database_table.size());
  for (const Database& database : database_table) ordered.push_back(&database);
  std::sort(ordered.begin(), ordered.end(),
            [&](const Database* a, const Database* b) { return a->*place < b->*place; });
  return ordered;
}

}  // namespace echofold
