// Reads the databases inside one transaction, of a snapshot or of a writer. Private to the store.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "index/base/error.h"
#include "index/base/text/printable.h"
#include "index/model/record.h"
#include "index/store/environment.h"

namespace echofold {

/// The numbers that every commit updates; one value in `meta`.
struct Counters {
  std::uint64_t generation = 0;
  TrackId next_track = 1;
  TrackId paired_through = 0;
};
std::string encode(const Counters& counters);
Counters decode_counters(std::string_view bytes);  ///< @throws Error Fault::damaged, Fault::version

class View {
 public:
  View(const Environment& environment, MDB_txn* txn) : environment_(environment), txn_(txn) {}

  const Databases& databases() const noexcept { return environment_.databases(); }

  /// The bytes under `key`. Valid until the transaction ends; in a writer, until its next change.
  std::optional<std::string_view> find(MDB_dbi database, std::string_view key) const;
  /// Visits the keys from `from` on in ascending order, until `visit` returns false. When `from` is empty and all
  /// entries were visited, their number must be the one that LMDB counts. @throws Error Fault::damaged
  void for_each(MDB_dbi database, std::string_view from,
                const std::function<bool(std::string_view key, std::string_view value)>& visit) const;
  std::size_t size(MDB_dbi database) const;
  std::optional<std::string_view> last_key(MDB_dbi database) const;

  Counters counters() const;
  std::optional<TrackRecord> track(TrackId id) const;
  TrackRecord decode(TrackId id, std::string_view value) const;
  Items items(TrackId id) const;
  /// The evidence of a pair. Its checksum does not cover the key: the entry of `partners` shows that the key is right.
  Evidence pair(TrackId a, TrackId b, std::string_view value) const;
  /// The entry of the path table, which may be stale.
  std::optional<TrackId> path_entry(std::string_view path) const;
  /// The track whose record has this path.
  std::optional<TrackId> find_path(std::string_view path) const;

  /// Runs `read` and adds the library's name to what it throws.
  template <class Read>
  auto naming(const Read& read) const {
    try {
      return read();
    } catch (const Error& e) {
      throw Error(e.fault(), (environment_.dir() / "data.mdb").string() + ": " + e.what());
    }
  }

 private:
  const Environment& environment_;
  MDB_txn* txn_;
};

/// To be called before `number_of_key`, which relies on the size of a key. @throws Error Fault::damaged
void require_key_size(std::string_view key, std::size_t size, const char* database);

/// For messages: "the pair of tracks 3 and 17".
std::string pair_name(TrackId a, TrackId b);

/// The prefix of the keys in `meta` of entries that users of the store put there.
inline constexpr std::string_view user_meta_prefix = "user/";
/// `key` with that prefix; the store's own entries have none.
/// @throws Error Fault::usage when `key` is empty or longer than 490 bytes
std::string meta_key(std::string_view key);

/// One sealed number: entries of the path table, the format.
std::string encode_number(std::uint64_t number);
std::uint64_t decode_number(std::string_view bytes, const std::string& what);
/// One sealed text: entries of `meta`.
std::string encode_text(std::string_view text);
std::string decode_text(std::string_view bytes, const std::string& what);

}  // namespace echofold
