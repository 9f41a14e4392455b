// The journal of a run, as given and with corrected checksums.
#include <iterator>

#include "engine/act/journal/journal.h"
#include "engine/act/journal/journal_line.h"
#include "engine/act/journal/journal_read.h"
#include "engine/act/journal/run_info.h"
#include "engine/act/journal/step.h"
#include "index/base/error.h"
#include "index/base/json.h"
#include "tests/engine/act/step_support.h"
#include "tests/fuzz/target.h"
#include "tests/support/read_file.h"
#include "tests/support/temp_dir.h"

namespace echofold::fuzz {
namespace {

/// Seals each line that is an object.
std::string sealed(std::string_view bytes) {
  std::string text;
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    try {
      Json object = parse_object(bytes.substr(0, end));
      object.erase("sum");
      text += seal(object);
    } catch (const Error&) {
    }
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
  return text;
}

void read(const std::string& bytes) {
  const MemoryFile file(bytes);
  try {
    const JournalContents contents = read_journal(file.path());
    const RunInfo& info = contents.info;
    require(info.moves_done + info.moves_open + info.moves_skipped + info.moves_undone + info.moves_purged ==
                test::moves(contents).size(),
            "each move has one state");
    require(info.rewrites_done + info.rewrites_open + info.rewrites_skipped + info.rewrites_undone ==
                test::rewrites(contents).size(),
            "each rewrite has one state");
    for (std::size_t i = 0; i < test::rewrites(contents).size(); ++i)
      require(test::rewrites(contents)[i].rewrite.number == i + 1, "rewrites are numbered from 1");
    for (std::size_t i = 0; i < test::moves(contents).size(); ++i)
      require(test::moves(contents)[i].move.number == i + 1, "moves are numbered from 1");
  } catch (const Error&) {
  }
  is_settled(file.path());
}

void run_journal(std::string_view bytes) {
  read(std::string(bytes));
  read(sealed(bytes));
}

std::vector<std::string> journal_seeds() {
  const test::TempDir temp;
  std::filesystem::path file;
  {
    Journal journal = Journal::create(temp / "runs", "7d0c9a4e-0000-4000-8000-000000000000");
    Move move{1,
              2,
              MovePurpose::set_aside,
              "/m/a\xff.mp3",
              "/m/.echofold-duplicates/r/a",
              {1, 2, 3, 4},
              0644,
              0,
              0,
              "/m/a.flac",
              "/m"};
    Move second = move;
    second.number = 2;
    second.from = "/m/b.mp3";
    journal.intend({{move, second}, {"/m/.echofold-duplicates"}, {{"/m", {0, 5}, {0, 6}, true}}});
    journal.done(test::move_id(1), {1, 2, 3, 4}, {{"/m", {0, 5}, {0, 7}, true}});
    journal.skipped(test::move_id(2), "it changed");
    const Rewrite rewrite{1, 3, "/m/c.mp3", {1, 5, 3, 4}, 0644, 0, 0, RewriteKind::tags, ""};
    journal.prepare_rewrite(rewrite, {{"/m", {0, 7}, {0, 7}, true}});
    journal.intend_rewrite(1, {{1, 6, 9, 8}, "00ff", "ff00", "1", Tags{}, Tags{}, {{"user.a", "\x01\xff"}}});
    journal.done(test::rewrite_id(1), {1, 6, 9, 8}, {{"/m", {0, 7}, {0, 9}, true}});
    journal.finish();
    journal.restoring({test::rewrite_id(1)}, {});
    journal.undone(test::rewrite_id(1), {});
    journal.restoring({test::move_id(1)}, {});
    journal.undone(test::move_id(1), {});
    journal.taken_back();
    journal.settled();
    file = journal.file();
  }
  return {test::read_file(file),
          "{\"event\":\"x\",\"more\":" + repeated(deep_levels, "[") + repeated(deep_levels, "]") + "}\n"};
}

}  // namespace

const Target journal{"journal", run_journal, journal_seeds};

}  // namespace echofold::fuzz
