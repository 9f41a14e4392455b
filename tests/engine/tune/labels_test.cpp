// Labels in two formats, contradictions, odd paths, and the manifest of a labelled library.
#include "engine/tune/labels.h"

#include <gtest/gtest.h>

#include <fstream>

#include "engine/tune/csv_rows.h"
#include "engine/tune/labelled_set.h"
#include "index/base/error.h"
#include "index/base/json.h"
#include "tests/support/temp_dir.h"

namespace echofold::tune_labels_test {
namespace {

std::vector<LabelledPair> parse(std::string_view text) { return parse_labels(text, "L", "/music"); }

/// The message with which `text` is refused.
std::string refusal(std::string_view text) {
  try {
    parse(text);
  } catch (const Error& e) {
    EXPECT_EQ(e.fault(), Fault::usage);
    return e.what();
  }
  ADD_FAILURE() << "was taken: " << text;
  return {};
}

TEST(CsvRows, QuotesCommasAndLineBreaksAreCells) {
  const auto rows = parse_csv(
      "\xef\xbb\xbf"
      "a,b\r\n\"x,\"\"1\"\"\n2\",y\n\nz,\n",
      "L");
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].cells, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(rows[1].cells, (std::vector<std::string>{"x,\"1\"\n2", "y"}));
  EXPECT_EQ(rows[2].cells, (std::vector<std::string>{"z", ""}));
  EXPECT_EQ(rows[1].line, 2u);
  EXPECT_EQ(rows[2].line, 5u);
  EXPECT_THROW(parse_csv("a\n\"b", "L"), Error);
  EXPECT_THROW(parse_csv("\"a\"b", "L"), Error);
  EXPECT_THROW(parse_csv("a\"b", "L"), Error);
  EXPECT_TRUE(parse_csv("", "L").empty());
}

TEST(Labels, ColumnsStandAnywhereAndPathsAreRelativeToTheFolder) {
  const auto pairs = parse("family,label,b,a,treatment\ncopy,same,sub/../b.mp3,/x/a.flac,mp3\n,edit,c,d,\n");
  ASSERT_EQ(pairs.size(), 2u);
  EXPECT_EQ(pairs[0], (LabelledPair{"/x/a.flac", "/music/b.mp3", Label::same, "mp3"}));
  EXPECT_EQ(pairs[1], (LabelledPair{"/music/d", "/music/c", Label::edit, ""}));
}

TEST(Labels, PathsAreBytes) {
  const auto csv = parse("a,b,label\n=x\xff,-y,version\n");
  EXPECT_EQ(csv.at(0), (LabelledPair{"/music/=x\xff", "/music/-y", Label::version, ""}));
  const auto ndjson =
      parse("{\"a_base64\":\"" + to_base64("/m/x\xff\n") + "\",\"b\":\"y\",\"label\":\"different\"}\n");
  EXPECT_EQ(ndjson.at(0), (LabelledPair{"/m/x\xff\n", "/music/y", Label::different, ""}));
}

TEST(Labels, EveryLabelHasAName) {
  for (const Label label : all_labels) EXPECT_EQ(label_named(name_of(label)), label);
  EXPECT_EQ(name_of(Label::remaster), "remaster");
}

TEST(Labels, APairCountsOnceInEitherOrder) {
  EXPECT_EQ(parse("a,b,label\nx,y,same\ny,x,same\n./x,y,same\n").size(), 1u);
}

TEST(Labels, ContradictionsAndBadLinesAreRefusedByLine) {
  EXPECT_EQ(refusal("a,b,label\nx,y,same\nz,y,edit\ny,./x,edit\n"),
            "L:4: contradicts line 2, which calls the same pair `same`");
  EXPECT_EQ(refusal("a,b,label\nx,./x,same\n"), "L:2: a file is paired with itself");
  EXPECT_EQ(refusal("a,b,label\nx,y,Same\n"),
            "L:2: `Same` is not a label: use same, remaster, altered, edit, version or different");
  EXPECT_EQ(refusal("a,b,label\nx,,same\n"), "L:2: a path is empty");
  EXPECT_EQ(refusal("a,b,label\nx,y,same,\n"), "L:2: 4 cells, where the header has 3");
  EXPECT_EQ(refusal("a,label\n"), "L:1: the header has no column `b`");
  EXPECT_TRUE(refusal("").starts_with("L:1: "));
  const std::string good = "{\"a\":\"x\",\"b\":\"y\",\"label\":\"same\"}\n";
  for (const char* bad :
       {"nonsense", "{\"a\":\"x\",\"b\":\"y\"}", "{\"a\":\"x\",\"b\":\"y\",\"label\":1}",
        "{\"a\":1,\"b\":\"y\",\"label\":\"same\"}", "{\"a\":\"x\",\"b\":\"y\",\"label\":\"edit\"}"})
    EXPECT_TRUE(refusal(good + "\n" + bad + "\n").starts_with("L:3: ")) << bad;
}

TEST(Manifest, FilesThatShareAnOriginalAreNoStrangers) {
  const auto manifest =
      Manifest::parse("track,file\none,1\ntwo,2\none+two,12\nthree,3\ntwo+one,21\n", "M", "/m");
  ASSERT_TRUE(manifest);
  const auto strangers = [&](const char* a, const char* b) {
    return manifest->strangers(manifest->set_of(a), manifest->set_of(b));
  };
  EXPECT_TRUE(strangers("/m/1", "/m/2"));
  EXPECT_FALSE(strangers("/m/1", "/m/12"));
  EXPECT_TRUE(strangers("/m/3", "/m/12"));
  EXPECT_EQ(manifest->set_of("/m/12"), manifest->set_of("/m/21"));
  std::vector<std::size_t> sets;
  for (const std::string& path : manifest->paths()) sets.push_back(manifest->set_of(path));
  EXPECT_EQ(sets.size(), 5u);
  EXPECT_EQ(manifest->stranger_pairs(sets), 5u);  // 1-2, 1-3, 2-3, 12-3, 21-3

  EXPECT_FALSE(Manifest::parse("file,name\n1,one\n", "M", "/m"));
  EXPECT_THROW(Manifest::parse("track,file\none,1\ntwo,1\n", "M", "/m"), Error);
  EXPECT_THROW(Manifest::parse("track,file\n,1\n", "M", "/m"), Error);
}

TEST(LabelledSet, AFolderIsItsLabelsAndItsManifest) {
  const test::TempDir dir;
  std::ofstream(dir / "labels.csv") << "a,b,label\n1,2,different\n";
  EXPECT_FALSE(read_labelled_set(dir.path().string()).manifest);
  std::ofstream(dir / "manifest.csv") << "file,track\n1,one\n2,two\n3,three\n";
  const LabelledSet set = read_labelled_set(dir.path().string());
  ASSERT_TRUE(set.manifest);
  EXPECT_EQ(set.paths().size(), 3u);
  std::ofstream(dir / "labels.csv") << "a,b,label\n1,4,different\n";
  EXPECT_THROW(read_labelled_set((dir / "labels.csv").string()), Error);
  EXPECT_THROW(read_labelled_set((dir / "none.csv").string()), Error);
}

}  // namespace
}  // namespace echofold::tune_labels_test
