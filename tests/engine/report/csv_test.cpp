// CSV that spreadsheets read as data.
#include "engine/report/csv.h"

#include <gtest/gtest.h>

#include <map>
#include <sstream>

#include "engine/report/library_rows.h"
#include "tests/engine/dedupe/small_library.h"
#include "tests/engine/report/sample_plan.h"

namespace echofold::report_csv_test {
namespace {

/// A reader by RFC 4180: rows of cells.
std::vector<std::vector<std::string>> parse(const std::string& text) {
  std::vector<std::vector<std::string>> rows(1, {""});
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    std::string& cell = rows.back().back();
    if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
      cell += text[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && c == ',') {
      rows.back().emplace_back();
    } else if (!quoted && text.compare(i, 2, "\r\n") == 0) {
      ++i;
      rows.push_back({""});
    } else {
      cell += c;
    }
  }
  EXPECT_FALSE(quoted);
  EXPECT_EQ(rows.back(), std::vector<std::string>{""});  // ends in CRLF
  rows.pop_back();
  for (const auto& row : rows) EXPECT_EQ(row.size(), rows[0].size());
  return rows;
}

TEST(Csv, CellsAreQuotedAndGuarded) {
  EXPECT_EQ(csv_text("plain"), "plain");
  EXPECT_EQ(csv_text("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_text("say \"x\""), "\"say \"\"x\"\"\"");
  EXPECT_EQ(csv_text("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(csv_text("=1+1"), "'=1+1");
  EXPECT_EQ(csv_text("+a"), "'+a");
  EXPECT_EQ(csv_text("-a"), "'-a");
  EXPECT_EQ(csv_text("@a"), "'@a");
  EXPECT_EQ(csv_text("\ta"), "'\ta");
  EXPECT_EQ(csv_text("\ra"), "\"'\ra\"");
  EXPECT_EQ(csv_text("a=b"), "a=b");
  EXPECT_EQ(csv_text(""), "");
}

TEST(Csv, AllOfItIsUtf8) {
  EXPECT_EQ(csv_path("/m/caf\xc3\xa9.mp3"), "/m/caf\xc3\xa9.mp3");
  EXPECT_EQ(csv_path("/m/caf\xe9 1%.mp3"), "file:///m/caf%E9%201%25.mp3");
  EXPECT_EQ(csv_path("/m/a,\xff.mp3"), "file:///m/a%2C%FF.mp3");
  EXPECT_EQ(csv_path(""), "");
  EXPECT_EQ(csv_text("caf\xe9"), "caf\xef\xbf\xbd");
  EXPECT_EQ(csv_text("\xc3\xa9\xe9\xc3\xa9"), "\xc3\xa9\xef\xbf\xbd\xc3\xa9");
  EXPECT_EQ(csv_text("cut \xe6\x97"), "cut \xef\xbf\xbd\xef\xbf\xbd");
}

TEST(Csv, PairsKeepNegativeNumbers) {
  ListedPair pair;
  pair.evidence.offset_items = -26;
  pair.evidence.corrected_ber = 0.00001;
  pair.judgement = {Relation::same_recording, Band::automatic, ""};
  const auto rows = parse(pair_csv_header() + pair_to_csv(test::sample_track(1, "/m/a,\"x\""),
                                                          test::sample_track(2, "=b"), pair));
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[1][0], "/m/a,\"x\"");
  EXPECT_EQ(rows[1][1], "'=b");
  EXPECT_EQ(rows[1][2], "0.9999");
  EXPECT_EQ(rows[1][4], "auto");
  EXPECT_EQ(rows[1][5], "-3.219");
}

TEST(Csv, PlanHasALineAFile) {
  std::ostringstream out;
  Plan plan = test::sample_plan();
  plan.groups[0].drops[1].exact = true;
  write_plan_csv(out, plan);
  const auto rows = parse(out.str());
  ASSERT_EQ(rows.size(), 8u);
  EXPECT_EQ(rows[1], (std::vector<std::string>{"1", "keep", "/m/a.flac", "", "", "", "", "lossless", "1",
                                               "10100000", "", ""}));
  EXPECT_EQ(rows[2], (std::vector<std::string>{"1", "drop", "/m/b.mp3", "0.9799", "same_recording", "auto",
                                               "move", "lossy", "2", "10100000", "", ""}));
  EXPECT_EQ(rows[3].back(), "audio");
  EXPECT_EQ(rows[0].back(), "exact");
}

TEST(Csv, LibraryReportOfARealStore) {
  using namespace test;
  SmallLibrary library;
  library.add(lossless("/m/a,1.flac"), music(1));
  library.add(mp3("/m/b.mp3", 320), copy_of(1));
  library.add(mp3("/m/c.mp3"), music(2));
  TrackRecord failed = mp3("/m/d.mp3");
  failed.status = TrackStatus::failed;
  failed.failure = "-no audio";
  library.add(failed, {});
  const TrackId gone = library.add(mp3("/m/e.mp3"), music(3));
  library.change(gone, [](TrackRecord& t) { t.place = TrackPlace::missing; });
  library.update();
  const Snapshot snapshot = library.store().snapshot();
  std::ostringstream out;
  write_library_csv(out, snapshot, make_plan(snapshot, library.store().library_id(), {}));
  const auto rows = parse(out.str());
  ASSERT_EQ(rows.size(), 6u);
  const auto cell = [&](std::size_t row, const std::string& name) {
    for (std::size_t i = 0; i < rows[0].size(); ++i)
      if (rows[0][i] == name) return rows[row][i];
    ADD_FAILURE() << "no column " << name;
    return std::string();
  };
  EXPECT_EQ(cell(1, "path"), "/m/a,1.flac");
  EXPECT_EQ(cell(1, "state"), "keep");
  EXPECT_EQ(cell(1, "quality_rank"), "1");
  EXPECT_EQ(cell(1, "bits_per_sample"), "16");
  EXPECT_EQ(cell(2, "state"), "duplicate");
  EXPECT_EQ(cell(2, "duplicate_of"), "/m/a,1.flac");
  EXPECT_EQ(cell(2, "relation"), "same_recording");
  EXPECT_EQ(cell(2, "bit_rate_kbps"), "320");
  EXPECT_EQ(cell(2, "duration_s"), "100");
  EXPECT_GT(std::stod(cell(2, "similarity")), 0.98);
  EXPECT_EQ(cell(3, "state"), "unique");
  EXPECT_EQ(cell(3, "quality_rank"), "");
  EXPECT_EQ(cell(4, "state"), "failed");
  EXPECT_EQ(cell(4, "why"), "'-no audio");
  EXPECT_EQ(cell(5, "state"), "missing");
}

TEST(Csv, EachNameOfAFileHasARow) {
  using namespace test;
  SmallLibrary library;
  TrackRecord linked = lossless("/m/b.flac");
  linked.link_paths = {"/a/first.flac", "/m/taken.flac"};
  library.add(linked, music(1));
  library.add(mp3("/m/taken.flac"), music(2));  // another file has that name now
  const Snapshot snapshot = library.store().snapshot();
  std::ostringstream out;
  write_library_csv(
      out, snapshot, {}, [](const LibraryRow&) { return true; },
      [](const TrackRecord& track) { return "print of " + std::to_string(track.id); });
  const auto rows = parse(out.str());
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[0].back(), "fingerprint");
  EXPECT_EQ(rows[0].at(rows[0].size() - 2), "link_of");
  EXPECT_EQ(rows[1].front(), "/a/first.flac");
  EXPECT_EQ(rows[1].at(rows[1].size() - 2), "/m/b.flac");
  EXPECT_EQ(rows[1].back(), rows[2].back());
  EXPECT_EQ(rows[2].front(), "/m/b.flac");
  EXPECT_EQ(rows[3].front(), "/m/taken.flac");
  EXPECT_EQ(rows[3].at(rows[3].size() - 2), "");
}

TEST(Csv, EveryStateOfAPlan) {
  using namespace test;
  SmallLibrary library;
  Plan plan = sample_plan();
  std::uint64_t seed = 0;
  const auto store = [&](TrackRecord& track) {
    track.id = 0;
    track.id = library.add(track, music(++seed));
  };
  for (PlanGroup& group : plan.groups) {
    store(group.keep.track);
    for (PlanDrop& drop : group.drops) store(drop.file.track);
  }
  std::map<std::string, std::string> states;
  for_each_library_row(library.store().snapshot(), plan,
                       [&](const LibraryRow& row) { states[row.track.path] = row.state; });
  EXPECT_EQ(states, (std::map<std::string, std::string>{{"/m/a.flac", "keep"},
                                                        {"/m/b.mp3", "duplicate"},
                                                        {"/m/c.mp3", "review"},
                                                        {"/safe/d.mp3", "protected"},
                                                        {"/m/e.mp3", "related"},
                                                        {"/m/f.flac", "unique"},
                                                        {"/m/g.mp3", "related"}}));
}

}  // namespace
}  // namespace echofold::report_csv_test
