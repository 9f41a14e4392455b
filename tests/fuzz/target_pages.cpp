// A whole data file, as `check` reads it.
#include <iterator>

#include "index/base/error.h"
#include "index/store/store.h"
#include "index/store/validator.h"
#include "tests/fuzz/target.h"
#include "tests/support/read_file.h"
#include "tests/support/sample_heard.h"
#include "tests/support/sample_tracks.h"
#include "tests/support/synthetic.h"
#include "tests/support/temp_dir.h"

namespace echofold::fuzz {
namespace {

void run_pages(std::string_view bytes) {
  const MemoryFile file(bytes);
  try {
    Salvage tables(file.path());
    const Validated validated = validate(tables);
    std::uint64_t whole = 0;
    for (const TableHealth& table : validated.health.tables) whole += table.whole;
    require(whole <= bytes.size(), "no more entries than bytes");
    for (const char* name : {"tracks", "items", "pairs"})
      for (const SalvagedEntry& entry : tables.table(name).entries) tables.read(entry);
  } catch (const Error&) {
  }
}

std::string small_store(std::uint64_t tracks) {
  const test::TempDir temp;
  {
    Store store = Store::open(temp / "db", {std::size_t{1} << 20});
    store.write([&](Writer& writer) {
      for (std::uint64_t seed = 1; seed <= tracks; ++seed)
        writer.put_track(test::sample_track(seed), test::make_items(seed, seed % 3 == 0 ? 1200 : 60));
      writer.put_root({"/music", 7, 8});
    });
    store.write([&](Writer& writer) {
      for (TrackId a = 1; a < tracks; ++a) writer.put_pair(a, a + 1, Evidence{});
      writer.put_verdict({1, 2}, {3, 4}, Verdict::keep_b);
      writer.put_lookup({{1, 2}, 200}, {3, "answer"});
      writer.put_heard({{1, 2}, {3, 4}}, test::sample_heard(1));
      writer.put_meta("name", "value");
      writer.remove_track(1);
    });
  }
  return test::read_file(temp / "db" / "data.mdb");
}

std::vector<std::string> page_seeds() { return {small_store(1), small_store(24)}; }

}  // namespace

const Target pages{"pages", run_pages, page_seeds};

}  // namespace echofold::fuzz
