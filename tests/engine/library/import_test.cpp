#include "engine/library/import.h"

#include <gtest/gtest.h>

#include <sstream>

#include "engine/audio/fingerprinter.h"
#include "engine/library/import_line.h"
#include "index/base/error.h"
#include "index/base/json.h"
#include "tests/support/synthetic.h"
#include "tests/support/temp_dir.h"

namespace echofold::library_import_test {
namespace {

std::string array_text(const std::vector<Item>& items, bool is_signed = false) {
  std::string text = "[";
  for (const Item item : items) {
    if (text.size() > 1) text += ',';
    text += is_signed ? std::to_string(static_cast<std::int32_t>(item)) : std::to_string(item);
  }
  return text += ']';
}

std::string line_of(const std::string& path, double duration_s, const std::string& fingerprint) {
  Json object;
  put_path(object, "path", path);
  object["duration"] = duration_s;
  std::string line = to_line(object);
  line.pop_back();
  return line + ",\"fingerprint\":" + fingerprint + "}\n";
}

std::string refusal_of(const std::string& line) {
  try {
    parse_import_line(line);
  } catch (const Error& e) {
    EXPECT_EQ(e.fault(), Fault::usage);
    return e.what();
  }
  return "accepted";
}

TEST(ImportLine, ReadsArraysAndText) {
  const std::vector<Item> items = test::make_items(1, 300);
  const std::string text = "\"" + encode_fingerprint_text(items) + "\"";
  for (const std::string& fingerprint : {array_text(items), array_text(items, true), text}) {
    const ImportedTrack track = parse_import_line(line_of("/m/\xff.mp3", 37.5, fingerprint));
    EXPECT_EQ(track.path, "/m/\xff.mp3");
    EXPECT_EQ(track.duration_s, 37.5);
    EXPECT_EQ(track.items, items);
  }
}

TEST(ImportLine, TakesAnyJsonLayout) {
  const std::vector<Item> expected = {1, 4294967295u, 4294967295u, 2147483648u, 0};
  for (
      const char* line :
      {R"( { "fingerprint" : [ 1 , 4294967295 ,-1, -2147483648 , 0 ] , "duration":1e1,"path":"a" } )",
       R"({"x":{"fingerprint":[9]},"s":"\"fingerprint\":[7]","path":"a","fingerprint":[1,4294967295,-1,-2147483648,0],"duration":10})",
       R"({"a\\":[1,{"b":"]"}],"duration":10.0,"finger\u0070rint":[1,4294967295,-1,-2147483648,0],"path":"a"})"}) {
    const ImportedTrack track = parse_import_line(line);
    EXPECT_EQ(track.items, expected) << line;
    EXPECT_EQ(track.path, "a");
    EXPECT_EQ(track.duration_s, 10);
  }
}

TEST(ImportLine, SaysWhatIsWrong) {
  const auto with = [](const std::string& fingerprint) {
    return R"({"path":"a","duration":1,"fingerprint":)" + fingerprint + "}";
  };
  for (const char* bad : {"[1,x]", "[1,1.5]", "[1,4294967296]", "[1,-2147483649]", "[1,\"2\"]", "[1,+2]",
                          "[1,]", "[1,01]", "[1,99999999999999999999]", "[1,null]", "[1,[2]]"})
    EXPECT_EQ(refusal_of(with(bad)), "item 1 of the fingerprint is not a 32-bit integer") << bad;
  EXPECT_EQ(refusal_of(with("[1 2]")), "item 0 of the fingerprint is not a 32-bit integer");
  EXPECT_EQ(refusal_of(with("[]")), "the fingerprint is empty");
  EXPECT_EQ(refusal_of(R"({"path":"a","duration":1,"fingerprint":[)"), "the fingerprint does not end");
  EXPECT_EQ(refusal_of(R"({"path":"a","duration":1,"fingerprint":[1,)"), "the fingerprint does not end");
  EXPECT_EQ(refusal_of(with("7")), "\"fingerprint\" is neither text nor an array");
  EXPECT_EQ(refusal_of(with("null")), "\"fingerprint\" is neither text nor an array");
  EXPECT_NE(refusal_of(with("\"\"")), "accepted");
  EXPECT_NE(refusal_of(with("\"!!!!\"")), "accepted");
  EXPECT_EQ(refusal_of(with("[1],\"fingerprint\":[2]")), "there is more than one \"fingerprint\"");
  EXPECT_EQ(refusal_of(R"({"path":"a","duration":1})"), "there is no \"fingerprint\"");
  EXPECT_EQ(refusal_of(R"({"path":"a","fingerprint":[1]})"), "there is no \"duration\"");
  EXPECT_EQ(refusal_of(R"({"path":"a","duration":"1","fingerprint":[1]})"), "\"duration\" is not a number");
  EXPECT_EQ(refusal_of(R"({"path":"a","duration":-1,"fingerprint":[1]})"),
            "\"duration\" is not a length of time");
  EXPECT_EQ(refusal_of(R"({"path":"","duration":1,"fingerprint":[1]})"), "\"path\" is empty");
  EXPECT_EQ(refusal_of(R"({"duration":1,"fingerprint":[1]})"), "there is no \"path\"");
  for (const char* bad : {"x", "[1]", "{", "{\"fingerprint\":", "{\"fingerprint\":[1]} {}", "\"", "{\"\\"})
    EXPECT_NE(refusal_of(bad), "accepted") << bad;
}

class ImportTest : public ::testing::Test {
 protected:
  ImportSummary import(const std::string& text) {
    failures_.clear();
    std::istringstream in(text);
    return import_fingerprints(store_, in,
                               [&](const ImportFailure& failure) { failures_.push_back(failure); });
  }
  std::optional<TrackRecord> record(const std::string& path) const {
    const Snapshot snapshot = store_.snapshot();
    const auto id = snapshot.find_path(path);
    return id ? snapshot.track(*id) : std::nullopt;
  }
  std::vector<Item> items(const std::string& path) const {
    const Snapshot snapshot = store_.snapshot();
    const Items items = snapshot.items(snapshot.find_path(path).value_or(0));
    return {items.begin(), items.end()};
  }

  test::TempDir dir_;
  Store store_ = Store::open(dir_ / "db");
  std::vector<ImportFailure> failures_;
};

TEST_F(ImportTest, KeepsTheGoodLinesAndNumbersTheBadOnes) {
  const std::vector<Item> items = test::make_items(1, 300);
  const ImportSummary summary =
      import(line_of("one.mp3", 40, array_text(items)) + "\n  \nnot json\n" + line_of("two.mp3", -1, "[1]") +
             line_of("three.mp3", 41, "\"" + encode_fingerprint_text(items) + "\""));
  EXPECT_EQ(summary.imported, 2u);
  EXPECT_EQ(summary.failed, 2u);
  ASSERT_EQ(failures_.size(), 2u);
  EXPECT_EQ(failures_[0].line, 4u);
  EXPECT_EQ(failures_[1].line, 5u);
  const auto track = record("three.mp3");
  ASSERT_TRUE(track);
  EXPECT_EQ(track->place, TrackPlace::imported);
  EXPECT_EQ(track->stamp, Stamp{});
  EXPECT_EQ(track->status, TrackStatus::fingerprinted);
  EXPECT_EQ(track->properties.duration_s, 41);
  EXPECT_EQ(ImportTest::items("one.mp3"), items);
  EXPECT_EQ(ImportTest::items("three.mp3"), items);
}

TEST_F(ImportTest, RepeatsWithoutWritingAndReplacesWhatChanged) {
  const std::string one = line_of("one.mp3", 40, array_text(test::make_items(1, 300)));
  const std::string two = line_of("two.mp3", 40, array_text(test::make_items(2, 300)));
  import(one + two);
  const ImportSummary again = import(one + two);
  EXPECT_EQ(again.imported, 0u);
  EXPECT_EQ(again.unchanged, 2u);
  const ImportSummary changed = import(line_of("one.mp3", 40, "[1,2,3]") + two);
  EXPECT_EQ(changed.imported, 1u);
  EXPECT_EQ(items("one.mp3"), (std::vector<Item>{1, 2, 3}));
  EXPECT_EQ(store_.snapshot().track_count(), 2u);
}

TEST_F(ImportTest, TakesTheLastOfOnePath) {
  const ImportSummary summary =
      import(line_of("a", 1, "[1]") + line_of("a", 1, "[2]") + line_of("a", 1, "[3]"));
  EXPECT_EQ(summary.imported, 3u);
  EXPECT_EQ(items("a"), std::vector<Item>{3});
  EXPECT_EQ(store_.snapshot().track_count(), 1u);
}

TEST_F(ImportTest, NeverHidesAScannedFile) {
  store_.write([](Writer& writer) {
    TrackRecord scanned;
    scanned.path = "/music/a.mp3";
    scanned.stamp = {1, 2, 3, 4};
    writer.put_track(scanned, std::vector<Item>{5, 6});
  });
  const ImportSummary summary = import(line_of("/music/a.mp3", 1, "[1]") + line_of("/music/b.mp3", 1, "[1]"));
  EXPECT_EQ(summary.imported, 1u);
  ASSERT_EQ(failures_.size(), 1u);
  EXPECT_EQ(failures_[0].line, 1u);
  EXPECT_EQ(items("/music/a.mp3"), (std::vector<Item>{5, 6}));
}

TEST_F(ImportTest, MarksSilence) {
  import(line_of("quiet", 10, array_text(std::vector<Item>(60, silence_item))));
  EXPECT_EQ(record("quiet")->status, TrackStatus::silent);
}

TEST_F(ImportTest, StreamsManyBlocksInOrder) {
  constexpr std::uint64_t count = 3000;
  std::string text;
  for (std::uint64_t i = 0; i < count; ++i) {
    if (i % 100 == 7) text += "bad\n";
    text += line_of("track " + std::to_string(i), 120, array_text(test::make_items(i, 120)));
  }
  const ImportSummary summary = import(text);
  EXPECT_EQ(summary.imported, count);
  ASSERT_EQ(failures_.size(), 30u);
  for (std::uint64_t i = 0; i < failures_.size(); ++i) EXPECT_EQ(failures_[i].line, i * 101 + 8);
  EXPECT_EQ(items("track 2999"), test::make_items(2999, 120));
  EXPECT_EQ(store_.snapshot().find_path("track 1234"), 1235u) << "ids in the order of the lines";
}

TEST_F(ImportTest, AStopWhileLinesAreWaitedForKeepsTheWholeOnes) {
  std::istringstream in(line_of("/x", 120, array_text(test::make_items(7, 150))) + "{\"path\":\"/ha");
  std::stop_source stop;
  stop.request_stop();  // the stop ends the stream there
  std::uint64_t failures = 0;
  EXPECT_THROW(import_fingerprints(
                   store_, in, [&](const ImportFailure&) { ++failures; }, {}, stop.get_token()),
               Error);
  EXPECT_EQ(store_.snapshot().track_count(), 1u);
  EXPECT_EQ(failures, 0u) << "half a line is no bad line";
}

TEST_F(ImportTest, StopsOnRequestAndKeepsWhatWasRead) {
  std::string text;
  for (int i = 0; i < 3000; ++i)
    text += line_of(std::to_string(i), 120, array_text(test::make_items(7, 150)));
  std::stop_source stop;
  std::istringstream in(text);
  try {
    import_fingerprints(
        store_, in, {}, [&](std::uint64_t) { stop.request_stop(); }, stop.get_token());
    FAIL() << "went on";
  } catch (const Error& e) {
    EXPECT_EQ(e.fault(), Fault::interrupted);
  }
  EXPECT_GT(store_.snapshot().track_count(), 0u);
}

}  // namespace
}  // namespace echofold::library_import_test
