// Answers of AcoustID are read; invalid ones are refused.
#include "engine/online/acoustid_answer.h"

#include <gtest/gtest.h>

#include "engine/online/acoustid_answer_json.h"
#include "index/base/error.h"
#include "tests/support/read_file.h"
#include "tests/support/source_tree.h"

namespace echofold::online_acoustid_answer_test {
namespace {

std::string recorded(const std::string& name) {
  return test::read_file(test::source_tree() / "tests/engine/online/data" / (name + ".json"));
}

AcoustidAnswer read(const std::string& name) {
  return std::get<AcoustidAnswer>(parse_acoustid_answer(recorded(name)));
}

std::string why_refused(const std::string& json) {
  try {
    parse_acoustid_answer(json);
    return "taken: " + json;
  } catch (const Error& e) {
    EXPECT_EQ(e.fault(), Fault::unsupported);
    return e.what();
  }
}

constexpr const char* uuid = "9ff43b6a-4f16-427c-93c2-92307ca505e0";

std::string with_recording(const std::string& fields) {
  return std::string(R"({"status":"ok","results":[{"id":")") + uuid +
         R"(","score":0.9,"recordings":[{"id":")" + uuid + "\"," + fields + "}]}]}";
}

TEST(AcoustidAnswerTest, NoResultAndIdsAlone) {
  EXPECT_TRUE(read("no_result").results.empty());
  const AcoustidAnswer ids = read("id_only");
  ASSERT_EQ(ids.results.size(), 2u);
  ASSERT_EQ(ids.results[0].recordings.size(), 1u);
  EXPECT_EQ(ids.results[0].recordings[0].title, "");
  EXPECT_EQ(ids.results[0].recordings[0].sources, 84u);
  EXPECT_TRUE(ids.results[1].recordings.empty());
}

TEST(AcoustidAnswerTest, EveryFieldOfARecording) {
  const AcoustidAnswer answer = read("one_recording");
  ASSERT_EQ(answer.results.size(), 2u);
  EXPECT_DOUBLE_EQ(answer.results[0].score, 0.98);
  const Recording& recording = answer.results[0].recordings[0];
  EXPECT_EQ(recording.title, "Norðurljós");
  EXPECT_EQ(recording.duration_s, 213);
  EXPECT_EQ(recording.sources, 84u);
  EXPECT_EQ(text_of(recording.artists), "Jörð feat. The Quiet Ones");
  ASSERT_EQ(recording.groups.size(), 3u);
  EXPECT_EQ(recording.groups[0].secondary_types, std::vector<std::string>{"Compilation"});
  const Release& release = recording.groups[2].releases[1];
  EXPECT_EQ(release.date, (PartialDate{2003, 2, 17}));
  EXPECT_EQ(release.track_count, 12u);
  EXPECT_EQ(release.mediums[0].tracks[0].position, 4u);
  EXPECT_EQ(text_of(release.artists), "Jörð");
}

TEST(AcoustidAnswerTest, TheCompressedFormSaysTheSame) {
  ASSERT_LT(recorded("one_recording_compressed").size(), recorded("one_recording").size());
  EXPECT_EQ(read("one_recording_compressed"), read("one_recording"));
}

TEST(AcoustidAnswerTest, WhatIsWrittenIsReadTheSame) {
  for (const char* name : {"no_result", "id_only", "one_recording", "one_recording_compressed",
                           "many_recordings", "two_results"}) {
    const AcoustidAnswer answer = read(name);
    const std::string json = to_json(answer);
    EXPECT_EQ(std::get<AcoustidAnswer>(parse_acoustid_answer(json)), answer) << name;
  }
  // A release without any artist, in a group that has one: no artist is filled in.
  AcoustidAnswer odd = read("one_recording");
  odd.results[0].recordings[0].groups[0].releases[0].artists.clear();
  odd.results[0].recordings[0].groups[0].releases[0].title.clear();
  EXPECT_EQ(std::get<AcoustidAnswer>(parse_acoustid_answer(to_json(odd))), odd);
}

TEST(AcoustidAnswerTest, ErrorsOfTheServiceAreRefusals) {
  const auto refusal = std::get<AcoustidRefusal>(
      parse_acoustid_answer(R"({"error":{"code":4,"message":"invalid\u001b API key"},"status":"error"})"));
  EXPECT_EQ(refusal.code, 4);
  EXPECT_EQ(refusal.message, "invalid  API key") << "no control characters";
  why_refused(R"({"status":"error"})");
  why_refused(R"({"status":"error","error":{"code":-1}})");
}

TEST(AcoustidAnswerTest, AllElseIsRefusedWithAReason) {
  for (const char* json :
       {"", "<html>Sign in to the hotel</html>", "null", "[]", "{", R"({"status":"ok"})", R"({"results":[]})",
        R"({"status":"ok","results":{}})", R"({"status":"ok","results":[1]})", R"({"status":1,"results":[]})",
        R"({"status":"ok","results":[{"score":1}]})", R"({"status":"ok","results":[{"id":"x","score":1}]})",
        R"({"status":"ok","results":[{"id":"9ff43b6a-4f16-427c-93c2-92307ca505e0"}]})",
        R"({"status":"ok","results":[{"id":"9ff43b6a-4f16-427c-93c2-92307ca505e0","score":1.5}]})",
        R"({"status":"ok","results":[{"id":"9ff43b6a-4f16-427c-93c2-92307ca505e0","score":1e999}]})",
        R"({"status":"ok","results":[{"id":"9ff43b6a-4f16-427c-93c2-92307ca505e","score":1}]})"})
    EXPECT_NE(why_refused(json).find("makes no sense"), std::string::npos) << json;
  for (
      const char* fields :
      {R"("title":7)", R"("duration":-1)", R"("duration":"3")", R"("sources":-5)", R"("sources":1.5)",
       R"("sources":99999999999)", R"("artists":[{"name":"x"}])", R"("artists":{})",
       R"("releasegroups":[[]])",
       R"("releasegroups":[{"id":"9ff43b6a-4f16-427c-93c2-92307ca505e0","secondarytypes":[1]}])",
       R"("releasegroups":[{"id":"9ff43b6a-4f16-427c-93c2-92307ca505e0","releases":[{"id":"9ff43b6a-4f16-427c-93c2-92307ca505e0","date":{"year":2000,"month":13}}]}])"})
    EXPECT_NE(why_refused(with_recording(fields)).find("makes no sense"), std::string::npos) << fields;
  EXPECT_NE(why_refused(with_recording("\"title\":\"" + std::string(5000, 'x') + "\"")).find("too long"),
            std::string::npos);
  EXPECT_NE(why_refused(with_recording("\"title\":\"\xff\xfe\"")).find("not JSON"), std::string::npos);
}

TEST(AcoustidAnswerTest, NeitherDepthNorSizeNorKeysCostMuch) {
  for (const std::string& deep : {std::string(2'000'000, '['),
                                  "{\"status\":\"ok\",\"results\":[],\"more\":" + std::string(100'000, '[') +
                                      std::string(100'000, ']') + "}"})
    EXPECT_NE(why_refused(deep).find("levels deep"), std::string::npos);
  why_refused(std::string(5'000'000, ' '));
  std::string keys = "{\"status\":\"ok\",\"results\":[]";
  for (int i = 0; i < 150'000; ++i) keys += ",\"" + std::to_string(i) + "\":1";
  EXPECT_TRUE(std::get<AcoustidAnswer>(parse_acoustid_answer(keys + "}")).results.empty());
}

TEST(AcoustidAnswerTest, CreditsWithoutJoinsAreListed) {
  EXPECT_EQ(text_of({{"", "A", ""}, {"", "B", ""}}), "A, B");
  EXPECT_EQ(text_of({}), "");
}

}  // namespace
}  // namespace echofold::online_acoustid_answer_test
