// What an answer means for the library: the same in the terminal and in the browser.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "engine/dedupe/waiting_answers.h"
#include "index/model/record.h"
#include "tools/review/questions.h"

namespace echofold {

/// What the library has to store for an answer about these two; nothing for "both for now", which is not stored: the
/// next review asks about the pair again.
std::optional<StoredAnswer> stored_answer(const TrackRecord& left, const TrackRecord& right, Answer answer,
                                          std::int64_t said_at_s);

/// What the library knew about pairs before a review answered them: an answer that is taken back gives way to it.
class AnswersBefore {
 public:
  /// Only the first one about a pair is kept, until it is taken.
  void note(const StoredAnswer& before);
  /// What is to be stored again; nothing if the pair was not answered. The pair is forgotten.
  std::optional<StoredAnswer> take(const TrackRecord& left, const TrackRecord& right);

 private:
  std::map<std::pair<Hash128, Hash128>, StoredAnswer> before_;
};

}  // namespace echofold
