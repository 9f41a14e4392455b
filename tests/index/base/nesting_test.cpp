// How deep JSON and TOML may be: levels count, and text that only looks like levels does not.
#include "index/base/nesting.h"

#include <gtest/gtest.h>

#include <string>

#include "index/base/error.h"
#include "index/base/json.h"

namespace echofold::base_nesting_test {
namespace {

constexpr std::size_t far_too_deep = 100'000;

std::string times(std::size_t count, const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

template <class Check>
bool refuses(Check check, const std::string& text) {
  try {
    check(text);
    return false;
  } catch (const Error& e) {
    EXPECT_EQ(e.fault(), Fault::usage);
    EXPECT_NE(std::string(e.what()).find("levels deep"), std::string::npos) << e.what();
    return true;
  }
}

bool refuses_json(const std::string& text) { return refuses(require_shallow_json, text); }
bool refuses_toml(const std::string& text) { return refuses(require_shallow_toml, text); }

TEST(JsonNesting, LevelsAreCountedWhetherTheyCloseOrNot) {
  for (const std::size_t levels : {most_levels, most_levels + 1, far_too_deep}) {
    const bool deep = levels > most_levels;
    const std::string arrays = times(levels, "["), objects = times(levels, "{\"a\":");
    EXPECT_EQ(refuses_json(arrays), deep) << levels;
    EXPECT_EQ(refuses_json(arrays + times(levels, "]")), deep) << levels;
    EXPECT_EQ(refuses_json(objects + "1" + times(levels, "}")), deep) << levels;
    EXPECT_EQ(refuses_json(times(levels / 2, "[{\"a\": ") + times(levels % 2, "[")), deep) << levels;
  }
}

TEST(JsonNesting, WhatStandsSideBySideIsNotDeep) {
  EXPECT_FALSE(refuses_json("[" + times(far_too_deep, "[],{},") + "1]"));
  EXPECT_FALSE(refuses_json(times(far_too_deep, "]")));
}

TEST(JsonNesting, StringsArePassedOver) {
  const std::string brackets = times(far_too_deep, "[{");
  EXPECT_FALSE(refuses_json("{\"" + brackets + "\":\"" + brackets + "\"}"));
  EXPECT_FALSE(refuses_json(R"({"a":"\")" + brackets + R"(\\"})"));
  EXPECT_TRUE(refuses_json(R"({"a":"\\",")" + std::string("b\":") + brackets));
  EXPECT_FALSE(refuses_json("\""));
  EXPECT_FALSE(refuses_json("\"\\"));
}

TEST(JsonNesting, TheParserNeverGetsWhatIsTooDeep) {
  EXPECT_TRUE(refuses([](const std::string& text) { parse_object(text); },
                      "{\"a\":" + times(far_too_deep, "[") + times(far_too_deep, "]") + "}"));
  EXPECT_TRUE(refuses([](const std::string& text) { parse_object(text); }, times(far_too_deep, "{\"a\":")));
}

TEST(TomlNesting, EveryPartOfAKeyIsALevel) {
  for (const std::size_t parts : {most_levels, most_levels + 1, far_too_deep}) {
    const bool deep = parts > most_levels;
    const std::string name = times(parts - 1, "a.") + "a";
    EXPECT_EQ(refuses_toml(name + " = 1\n"), deep) << parts;
    EXPECT_EQ(refuses_toml("x = 1\n  " + name + " = 1"), deep) << parts;
    EXPECT_EQ(refuses_toml("[" + name + "]"), deep) << parts;
    EXPECT_EQ(refuses_toml(times(parts - 1, "\"a.b\" . ") + "'c' = 1\n"), deep) << parts;
    EXPECT_EQ(refuses_toml("[ " + times(parts - 1, "'a' .\t") + "b ] # x\n"), deep) << parts;
  }
}

TEST(TomlNesting, LevelsAddUp) {
  const std::string half = times(most_levels / 2 - 1, "a.") + "a";
  EXPECT_FALSE(refuses_toml("[" + half + "]\nb = 1\n[c]\n" + half + " = 1\n"));
  EXPECT_TRUE(refuses_toml("[" + half + "]\n" + half + ".b = 1\n"));
  EXPECT_TRUE(refuses_toml("[[" + half + "]]\n" + half + " = 1\n"));
  EXPECT_TRUE(refuses_toml(half + " = { " + half + " = 1 }\n"));
  EXPECT_TRUE(refuses_toml("a = { b = 1, " + half + " = { c = [ {" + half + " = 1}]}}\n"));
}

TEST(TomlNesting, ArraysAndInlineTables) {
  for (const std::size_t levels : {most_levels / 2 - 1, most_levels + 1, far_too_deep}) {
    const bool deep = levels > most_levels;
    EXPECT_EQ(refuses_toml("a = " + times(levels, "[")), deep) << levels;
    EXPECT_EQ(refuses_toml("a = " + times(levels, "[\n") + times(levels, "]")), deep) << levels;
    EXPECT_EQ(refuses_toml("a = " + times(levels, "{a=")), deep) << levels;
    EXPECT_EQ(refuses_toml("a = [ 1, # [[[\n " + times(levels, "[")), deep) << levels;
  }
}

TEST(TomlNesting, ValuesCommentsAndNeighboursAreNotDeep) {
  const std::string dots = times(far_too_deep, "a."), brackets = times(far_too_deep, "[{");
  for (const std::string& text :
       {"# " + dots + brackets + "\n", "a = \"" + dots + brackets + "\"\n", "a = '" + dots + brackets + "'\n",
        "a = \"\"\"\n" + dots + "\n\"\" \\\"\"\" " + brackets + "\"\"\"\"\"\nb = 1.5\n",
        "a = '''\n" + dots + "\n'' \" \\" + brackets + "'''\n", "a = \"\\\\\" # \"" + dots + "\n",
        "a = [" + times(far_too_deep, "1.5, ") + "]\n",
        "a = [\n" + times(far_too_deep, "[], {b.c = 1.5},\n") + "]\n", times(far_too_deep, "a.b = 1\n"),
        times(far_too_deep, "[a.b]\n"), times(far_too_deep, "[[a]]\nb.c = 1\n"), "\"" + dots + "\" = 1\n",
        "[\"" + dots + "\"]\n", std::string("a = \"\nb = '\n\\")})
    EXPECT_FALSE(refuses_toml(text)) << text.substr(0, 40);
  EXPECT_TRUE(refuses_toml("a = \"x\" # y\n" + dots + "a = 1\n")) << "a comment ends with its line";
  EXPECT_TRUE(refuses_toml("a = '\\'\n" + dots + "a = 1\n")) << "a literal string knows no escapes";
  EXPECT_TRUE(refuses_toml("a = \"\"\n" + dots + "a = 1\n")) << "an empty string is none of three quotes";
  EXPECT_TRUE(refuses_toml("a = \"\"\"x\"\"\"\"\"\n" + dots + "a = 1\n")) << "two quotes inside, at the end";
}

}  // namespace
}  // namespace echofold::base_nesting_test
