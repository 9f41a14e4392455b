#include "index/base/json.h"

#include <gtest/gtest.h>

#include <functional>

#include "index/base/error.h"

namespace echofold::base_json_test {
namespace {

std::string fault_message(const std::function<void()>& body) {
  try {
    body();
  } catch (const Error& e) {
    EXPECT_EQ(e.fault(), Fault::usage);
    return e.what();
  }
  ADD_FAILURE() << "nothing was thrown";
  return {};
}

TEST(Base64, KnowsTheVectorsOfRfc4648) {
  const std::pair<const char*, const char*> vectors[] = {
      {"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(to_base64(bytes), text);
    EXPECT_EQ(from_base64(text), bytes);
  }
  EXPECT_EQ(from_base64("Zg"), "f");
}

TEST(Base64, GivesBackEveryByte) {
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  for (std::size_t n = 0; n <= all.size(); ++n)
    EXPECT_EQ(from_base64(to_base64(all.substr(0, n))), all.substr(0, n));
}

TEST(Base64, RefusesOtherText) {
  for (const char* text : {"Z", "Zm9vY", "Zm9v!", "Zm 9v", "Zg=a", "Zg===", "\xff\xff\xff\xff"})
    EXPECT_FALSE(from_base64(text)) << text;
}

TEST(JsonPath, SurvivesAnyBytes) {
  for (const std::string path :
       {"/music/a.mp3", "/m/new\nline \"quoted\" \\.mp3", "/m/\xff\xfe.mp3", "-dash", "/m/\xc3\xa9"}) {
    Json object;
    put_path(object, "path", path);
    const std::string line = to_line(object);
    EXPECT_EQ(line.find('\n'), std::string::npos);
    EXPECT_EQ(get_path(parse_object(line), "path"), path);
  }
}

TEST(JsonPath, IsBase64OnlyWhenItMustBe) {
  Json object;
  put_path(object, "a", "/m/\xc3\xa9");
  put_path(object, "b", "/m/\xe9");
  EXPECT_TRUE(object.contains("a"));
  EXPECT_FALSE(object.contains("b"));
  EXPECT_EQ(object["b_base64"], "L20v6Q==");
}

TEST(JsonPath, SaysWhatIsWrong) {
  EXPECT_EQ(fault_message([] { get_path(parse_object("{}"), "path"); }), "there is no \"path\"");
  EXPECT_EQ(fault_message([] { get_path(parse_object(R"({"path":7})"), "path"); }),
            "\"path\" is not a string");
  EXPECT_EQ(fault_message([] { get_path(parse_object(R"({"path_base64":"!"})"), "path"); }),
            "\"path_base64\" is not base64");
  EXPECT_EQ(fault_message([] { get_path(parse_object(R"({"path":"a\u0000b"})"), "path"); }),
            "\"path\" holds a NUL byte");
}

TEST(JsonNumber, TakesEveryWholeNumberOfItsType) {
  const Json object =
      parse_object(R"({"least":-9223372036854775808,"most":18446744073709551615,"four":4294967295})");
  EXPECT_EQ(get_whole<std::int64_t>(object, "least"), INT64_MIN);
  EXPECT_EQ(get_whole<std::uint64_t>(object, "most"), UINT64_MAX);
  EXPECT_EQ(get_whole<std::uint32_t>(object, "four"), UINT32_MAX);
}

TEST(JsonNumber, RefusesFractionsAndWhatIsOutOfRange) {
  EXPECT_EQ(fault_message([] { get_whole<std::uint32_t>(parse_object("{}"), "n"); }), "there is no \"n\"");
  for (const char* value :
       {"1.5", "1.0", "7e53", "-1", "4294967296", "18446744073709551616", "true", "\"1\"", "null"})
    EXPECT_EQ(fault_message(
                  [&] { get_whole<std::uint32_t>(parse_object(std::string("{\"n\":") + value + "}"), "n"); }),
              "\"n\" is not a whole number in its range")
        << value;
  EXPECT_EQ(fault_message([] { get_whole<std::int64_t>(parse_object(R"({"n":9223372036854775808})"), "n"); }),
            "\"n\" is not a whole number in its range");
}

TEST(JsonLine, ReplacesWhatIsNotUtf8) {
  Json object;
  object["title"] = "caf\xe9";
  EXPECT_EQ(to_line(object), "{\"title\":\"caf\xef\xbf\xbd\"}");
}

TEST(ParseObject, RefusesOtherValuesAndOtherText) {
  for (const char* text : {"[]", "1", "\"a\"", "null"})
    EXPECT_EQ(fault_message([&] { parse_object(text); }), "not a JSON object");
  for (const char* text : {"", "{", "{}{}", "{\"a\":1} x", "{'a':1}", "{\"a\":\"\xff\"}", "{\"a\":1e999}"})
    EXPECT_EQ(fault_message([&] { parse_object(text); }).find("not JSON: "), 0u) << text;
}

TEST(ParseObject, SurvivesDeepNestingAndQuotesLittle) {
  EXPECT_LT(fault_message([] { parse_object(std::string(200'000, '[')); }).size(), 300u);
  EXPECT_LT(fault_message([] { parse_object("{\"a\":\"" + std::string(100'000, 'x')); }).size(), 300u);
}

}  // namespace
}  // namespace echofold::base_json_test
