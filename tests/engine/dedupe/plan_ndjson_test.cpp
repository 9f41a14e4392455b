// A plan is read as it was written; anything else is refused, naming the line.
#include "engine/dedupe/plan_ndjson.h"

#include <gtest/gtest.h>

#include <functional>
#include <sstream>

#include "index/base/error.h"
#include "index/base/json.h"

namespace echofold::dedupe_plan_ndjson_test {
namespace {

TrackRecord track(TrackId id, const std::string& path) {
  TrackRecord t;
  t.id = id;
  t.path = path;
  t.stamp = {18446744073709551615u, 9007199254740993u, 1234567, -1700000000123456789};
  t.properties = {"flac", "flac", true, 901'234, 44'100, 16, 2, 213.4};
  t.tags.artist = "A \"quoted\" artist";
  t.tags.has_art = true;
  t.quality.frames_skipped = 3;
  t.quality.sounding_channels = 6;
  t.quality.distinct_channels = 5;
  t.quality.mix = Mix::loudest_channel;
  t.contents = {true, 1, 2, 3, 4, true, true, {0x0fedcba987654321, 0x123456789abcdef0}};
  t.item_count = 1700;
  t.items_hash = {0x0123456789abcdef, 0xfedcba9876543210};
  return t;
}

PlanGroup group(std::uint32_t number, const std::string& keep, const std::string& drop) {
  PlanGroup out;
  out.number = number;
  out.keep.track = track(number * 2 - 1, keep);
  out.why = "lossless";
  PlanDrop loser;
  loser.file.track = track(number * 2, drop);
  loser.similarity = 0.97996;
  loser.offset_s = -0.4125;
  loser.relation = Relation::same_recording;
  loser.band = Band::review;
  loser.action = Action::review;
  loser.why = "lossy";
  out.drops.push_back(loser);
  return out;
}

Plan read(const std::string& text) {
  std::istringstream in(text);
  return read_plan(in);
}

TEST(PlanNdjson, ContractFieldsComeFirst) {
  const std::string line = group_to_line(group(7, "/m/a", "/m/b"), "lib");
  EXPECT_TRUE(
      line.starts_with(R"({"schema":"echofold.group/1","group":7,"keep":{"path":"/m/a","why":"lossless",)"))
      << line;
  EXPECT_NE(
      line.find(R"("drop":[{"path":"/m/b","similarity":0.9799,"relation":"same_recording","band":"review",)"
                R"("action":"review","why":"lossy",)"),
      std::string::npos)
      << line;
  EXPECT_EQ(line.find('\n'), std::string::npos);
}

TEST(PlanNdjson, RoundTrips) {
  const std::string odd("/m/\xff\x01\n\"x", 8);
  PlanGroup first = group(1, odd, "/m/b");
  const PlanGroup second = group(2, "/m/c", "/m/d");
  first.drops[0].file.is_new = true;
  const std::string text = group_to_line(first, "lib") + "\n\n" + group_to_line(second, "lib") + "\n";
  const Plan plan = read(text);
  EXPECT_EQ(plan.library_id, "lib");
  ASSERT_EQ(plan.groups.size(), 2u);
  EXPECT_EQ(plan.groups[0].keep.track, first.keep.track);
  EXPECT_EQ(plan.groups[0].drops[0].file.track, first.drops[0].file.track);
  EXPECT_EQ(plan.groups[0].drops[0].similarity, 0.9799);
  EXPECT_EQ(plan.groups[0].drops[0].action, Action::review);
  EXPECT_TRUE(plan.groups[0].drops[0].file.is_new);
  EXPECT_FALSE(plan.groups[0].keep.is_new);
  EXPECT_EQ(group_to_line(plan.groups[0], "lib"), group_to_line(first, "lib"));
  EXPECT_EQ(group_to_line(plan.groups[1], "lib"), group_to_line(second, "lib"));
}

TEST(PlanNdjson, UnknownFieldsAreIgnored) {
  Json object = parse_object(group_to_line(group(1, "/m/a", "/m/b"), "lib"));
  object["later"] = {1, 2};
  object["keep"]["later"] = nullptr;
  EXPECT_EQ(read(to_line(object)).groups.size(), 1u);
}

TEST(PlanNdjson, NothingIsAnEmptyPlan) { EXPECT_TRUE(read("\n \r\n").groups.empty()); }

/// The message with which read_plan refuses the text, as wrong input.
std::string refusal(const std::string& text) {
  try {
    read(text);
  } catch (const Error& e) {
    EXPECT_EQ(e.fault(), Fault::usage);
    return e.what();
  }
  ADD_FAILURE() << "accepted: " << text;
  return "";
}

TEST(PlanNdjson, RefusesWhatIsNoPlan) {
  const std::string good = group_to_line(group(1, "/m/a", "/m/b"), "lib") + "\n";
  EXPECT_NE(refusal("hello").find("line 1"), std::string::npos);
  EXPECT_NE(refusal(good + "{\"schema\":\"echofold.pair/1\"}").find("line 2"), std::string::npos);
  EXPECT_NE(refusal(good + group_to_line(group(2, "/m/c", "/m/a"), "lib")).find("twice"), std::string::npos);
  EXPECT_NE(refusal(group_to_line(group(1, "/m/a", "/m/a"), "lib")).find("twice"), std::string::npos);
  EXPECT_NE(refusal(good + group_to_line(group(2, "/m/c", "/m/d"), "other")).find("two libraries"),
            std::string::npos);
}

TEST(PlanNdjson, RefusesFieldsOfTheWrongKind) {
  const std::vector<std::function<void(Json&)>> damages = {
      [](Json& o) { o.erase("keep"); },
      [](Json& o) { o.erase("library"); },
      [](Json& o) { o["group"] = -1; },
      [](Json& o) { o["keep"] = "x"; },
      [](Json& o) { o["keep"].erase("path"); },
      [](Json& o) { o["keep"]["stamp"] = 3; },
      [](Json& o) { o["keep"]["stamp"]["size_bytes"] = -5; },
      [](Json& o) { o["keep"]["stamp"]["mtime_ns"] = "12x"; },
      [](Json& o) { o["keep"]["properties"]["channels"] = 70000; },
      [](Json& o) { o["keep"]["items_hash"] = "zz"; },
      [](Json& o) { o["keep"]["place"] = "elsewhere"; },
      [](Json& o) { o["drop"] = 1; },
      [](Json& o) { o["drop"][0] = 1; },
      [](Json& o) { o["drop"][0]["action"] = "delete"; },
      [](Json& o) { o["drop"][0]["similarity"] = "1"; },
  };
  for (std::size_t i = 0; i < damages.size(); ++i) {
    Json object = parse_object(group_to_line(group(1, "/m/a", "/m/b"), "lib"));
    damages[i](object);
    EXPECT_NE(refusal(to_line(object)).find("line 1"), std::string::npos) << i;
  }
}

}  // namespace
}  // namespace echofold::dedupe_plan_ndjson_test
