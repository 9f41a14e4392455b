// rewrite_tracks DB VERSION: rewrites a library's track records in another version, for old_store.sh. 1 to 4: as
// echofold wrote them before it measured the signal, hashed the audio, searched for further streams, stored the
// spectrum. Above: only the version byte, which is read first.
// rewrite_tracks DB format1: rewrites the library in format 1.
#include <lmdb.h>

#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include "index/store/lmdb.h"
#include "tests/support/old_library.h"
#include "tests/support/old_tracks.h"

namespace echofold::test {
namespace {

std::string rewritten(std::string_view bytes, int version) {
  if (version <= 4)
    return encode_old_version(static_cast<std::uint8_t>(version), decode_track(bytes, "track"));
  std::string other(bytes);
  other[0] = static_cast<char>(version);
  return other;
}

/// @return the number of records
int rewrite_all(MDB_txn* txn, int version) {
  MDB_dbi tracks = 0;
  require_lmdb(mdb_dbi_open(txn, "tracks", 0, &tracks));
  MDB_cursor* cursor = nullptr;
  require_lmdb(mdb_cursor_open(txn, tracks, &cursor));
  const lmdb::Cursor cursor_owner(cursor);
  int count = 0;
  MDB_val key, value;
  for (; mdb_cursor_get(cursor, &key, &value, MDB_NEXT) == 0; ++count) {
    const std::string other = rewritten(lmdb::to_view(value), version);
    const std::string id(lmdb::to_view(key));  // a value of another size moves what is on the page
    MDB_val same = lmdb::to_value(id), to = lmdb::to_value(other);
    require_lmdb(mdb_cursor_put(cursor, &same, &to, MDB_CURRENT));
  }
  return count;
}

}  // namespace
}  // namespace echofold::test

int main(int argc, char** argv) {
  using namespace echofold::test;
  if (argc != 3) return 2;
  try {
    if (argv[2] == std::string("format1")) {
      make_format_one(argv[1]);
      return 0;
    }
    int count = 0;
    change_by_lmdb(argv[1], [&](MDB_txn* txn) { count = rewrite_all(txn, std::atoi(argv[2])); });
    std::printf("%d\n", count);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "rewrite_tracks: %s\n", e.what());
    return 1;
  }
}
