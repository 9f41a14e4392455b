// Answers that wait for the library: they were given while another run had it.
//
// A review must not lose an answer because a scan has the library's lock, and must not keep a scan from it either. So
// such an answer goes into a file beside the library. Whoever opens the library to write next takes it in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "index/model/record.h"
#include "index/store/store.h"

namespace echofold {

/// What the library is to know about a pair of fingerprints.
struct StoredAnswer {
  Hash128 a, b;
  std::optional<Verdict> verdict;  ///< nothing: no answer; one that is there is forgotten
  std::int64_t said_at_s = 0;      ///< Unix time; 0: not known
  bool operator==(const StoredAnswer&) const = default;
};

/// What the library knows about the pair.
StoredAnswer answer_in(const Snapshot& snapshot, const Hash128& a, const Hash128& b);

void put_answer(Writer& writer, const StoredAnswer& answer);

/// Appends the answers to the waiting ones. They are on disk when it returns. Thread-safe, also between processes.
/// @param library  the folder of the library
/// @throws Error Fault::io, Fault::full, Fault::permission
void let_wait(const std::filesystem::path& library, const std::vector<StoredAnswer>& answers);

/// The waiting answers in the order in which they were given. A line that was cut by a crash is left out: nobody was
/// told that it is stored.
std::vector<StoredAnswer> waiting_answers(const std::filesystem::path& library);

/// Stores the waiting answers and forgets them, in this order: a crash in between stores them once more.
/// @return how many there were
/// @throws Error as Store::write
std::size_t take_waiting_answers(Store& store);

}  // namespace echofold
