// A run of rewrites alone: its journal from the first to the last line.
#include <optional>
#include <utility>

#include "engine/act/journal/entry_state.h"
#include "engine/act/journal/runs_dir.h"
#include "engine/act/recovery/recover.h"
#include "engine/act/recovery/restore.h"
#include "engine/act/rewrite.h"

namespace echofold {

struct RewriteRun::Impl {
  Store& store;
  std::string kind;
  std::optional<Journal> journal;
  FolderTimes times;
  std::optional<Rewriter> rewriter;
};

RewriteRun::RewriteRun(Store& store, std::string kind) : impl_(new Impl{store, std::move(kind), {}, {}, {}}) {
  recover(store);
}
RewriteRun::~RewriteRun() = default;

Store& RewriteRun::store() noexcept { return impl_->store; }

Rewriter& RewriteRun::rewriter() {
  if (!impl_->journal) {
    impl_->journal = Journal::create(runs_dir(impl_->store), impl_->store.library_id(), impl_->kind);
    impl_->rewriter.emplace(impl_->store, *impl_->journal, impl_->times);
  }
  return *impl_->rewriter;
}

RewriteSummary RewriteRun::close(bool interrupted) {
  RewriteSummary summary;
  if (!impl_->journal) return summary;
  Journal& journal = *impl_->journal;
  summary.run = journal.run();
  bool open = false;
  for (const RewriteEntry& entry : impl_->rewriter->entries()) {
    ++(entry.state == MoveState::done ? summary.rewritten : summary.skipped);
    open = open || entry.state == MoveState::intended;
  }
  close_if_nothing_left(journal);
  if (!interrupted) journal.finish();
  if (!open) journal.settled();
  return summary;
}

}  // namespace echofold
