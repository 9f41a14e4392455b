// rewrite_tracks DB VERSION: makes a library's track records those of another version, for old_store.sh.
// 1: as echofold wrote them before it measured the signal. Above: only the version byte, which is read first.
#include <lmdb.h>

#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include "index/lmdb.h"
#include "tests/support/old_tracks.h"

namespace {

void require(int code) {
  if (code != 0) throw std::runtime_error(mdb_strerror(code));
}

std::string rewritten(std::string_view bytes, int version) {
  if (version == 1) return echofold::test::encode_version_one(echofold::decode_track(bytes, "track"));
  std::string other(bytes);
  other[0] = static_cast<char>(version);
  return other;
}

/// @return how many records there are
int rewrite_all(const char* folder, int version) {
  using namespace echofold;
  MDB_env* env = nullptr;
  require(mdb_env_create(&env));
  const lmdb::Env env_owner(env);
  require(mdb_env_set_maxdbs(env, 16));
  require(mdb_env_open(env, folder, 0, 0600));
  MDB_txn* txn = nullptr;
  require(mdb_txn_begin(env, nullptr, 0, &txn));
  lmdb::Txn txn_owner(txn);
  MDB_dbi tracks = 0;
  require(mdb_dbi_open(txn, "tracks", 0, &tracks));
  int count = 0;
  {
    MDB_cursor* cursor = nullptr;
    require(mdb_cursor_open(txn, tracks, &cursor));
    const lmdb::Cursor cursor_owner(cursor);
    MDB_val key, value;
    for (; mdb_cursor_get(cursor, &key, &value, MDB_NEXT) == 0; ++count) {
      const std::string other = rewritten(lmdb::to_view(value), version);
      MDB_val to = lmdb::to_value(other);
      require(mdb_cursor_put(cursor, &key, &to, MDB_CURRENT));
    }
  }
  require(mdb_txn_commit(txn_owner.release()));
  return count;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  try {
    std::printf("%d\n", rewrite_all(argv[1], std::atoi(argv[2])));
  } catch (const std::exception& e) {
    std::fprintf(stderr, "rewrite_tracks: %s\n", e.what());
    return 1;
  }
}
