// See undo_run.h.
#include "tools/stages/undo_run.h"

#include "engine/dedupe/answers.h"
#include "engine/dedupe/kept.h"

namespace echofold {

std::size_t take_answers_back(Store& store, const UndoSummary& summary) {
  const auto answers = answers_against(store.snapshot(), summary.back);
  if (answers.empty()) return 0;
  forget(store, answers);
  store.write([&](Writer& writer) {
    for (const TrackId track : summary.back) unmark_kept(writer, track);
  });
  return answers.size();
}

}  // namespace echofold
