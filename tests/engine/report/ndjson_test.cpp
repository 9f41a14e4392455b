// NDJSON lines: fields, order, figures that are never rounded across a threshold.
#include "engine/report/ndjson.h"

#include <gtest/gtest.h>

#include "index/base/json.h"
#include "index/base/rounding.h"
#include "tests/engine/report/sample_plan.h"

namespace echofold::report_ndjson_test {
namespace {

ListedPair sample_pair() {
  ListedPair pair;
  pair.evidence.offset_items = 3;
  pair.evidence.phase_items = 0.3277;
  pair.evidence.ber = 0.05114;
  pair.evidence.corrected_ber = 1 - 0.97996;
  pair.evidence.overlap_items = 1704;
  pair.evidence.informative_items = 1650;
  pair.evidence.coverage_longer = 0.99999;
  pair.evidence.strip = {0, 127, strip_unknown};
  pair.judgement = {Relation::same_recording, Band::review, "similarity"};
  return pair;
}

TEST(Ndjson, PairFieldsInTheContractsOrder) {
  const std::string line =
      pair_to_line(test::sample_track(1, "/m/a"), test::sample_track(2, "/m/\xff"), sample_pair());
  EXPECT_TRUE(line.starts_with(
      R"({"schema":"echofold.pair/1","a":"/m/a","b_base64":"L20v/w==","similarity":0.9799,)"
      R"("relation":"same_recording","band":"review","offset_s":0.412,"overlap_s":213.4,"coverage":0.9999,)"
      R"("ber":0.0511,"informative":1650,"guard":"similarity",)"))
      << line;
  EXPECT_EQ(parse_object(line)["windows"].dump(), "[0.0,0.25,null]");
}

TEST(Ndjson, SimilarityNeverRoundsUp) {
  EXPECT_EQ(similarity_out(0.97996), 0.9799);
  EXPECT_EQ(similarity_out(0.99999), 0.9999);
  EXPECT_EQ(similarity_out(1 - 0.02), 0.98);
  EXPECT_EQ(similarity_out(1.0), 1.0);
  EXPECT_EQ(similarity_out(0.0), 0.0);
  for (int i = 0; i <= 10'000; ++i) {
    EXPECT_EQ(similarity_out(i / 10'000.0), i / 10'000.0);
    EXPECT_LE(similarity_out(i / 10'000.0 + 0.00009), i / 10'000.0 + 1e-12);
  }
}

TEST(Ndjson, FileLines) {
  EXPECT_EQ(
      file_to_line({"/m/a", FileStatus::fingerprinted, 213.4}),
      R"({"schema":"echofold.file/1","path":"/m/a","status":"fingerprinted","duration_s":213.4,"error":null})");
  EXPECT_EQ(
      file_to_line({"/m/a\n", FileStatus::failed, 0, "no \"audio\""}),
      R"({"schema":"echofold.file/1","path":"/m/a\n","status":"failed","duration_s":0.0,"error":"no \"audio\"","known":false})");
}

TEST(Ndjson, LibraryRows) {
  LibraryRow row;
  row.track = test::sample_track(2, "/m/b");
  row.state = "duplicate";
  row.group = 1;
  row.quality_rank = 2;
  row.duplicate_of = "/m/a";
  row.similarity = 0.99626;
  row.relation = Relation::same_recording;
  EXPECT_TRUE(library_row_to_line(row).starts_with(
      R"({"schema":"echofold.track/1","path":"/m/b","state":"duplicate","group":1,"quality_rank":2,)"
      R"("duplicate_of":"/m/a","similarity":0.9962,"relation":"same_recording","why":null,"id":2,)"))
      << library_row_to_line(row);
  row = {};
  row.track = test::sample_track(3, "/m/c");
  row.state = "unique";
  const Json object = parse_object(library_row_to_line(row));
  EXPECT_TRUE(object["duplicate_of"].is_null());
  EXPECT_TRUE(object["similarity"].is_null());
  EXPECT_TRUE(object["link_of"].is_null());
  EXPECT_FALSE(object.contains("fingerprint")) << "only where it was asked for";
  row.state = "link";
  row.link_of = "/m/b";
  row.fingerprint = "AQAA";
  const Json link = parse_object(library_row_to_line(row));
  EXPECT_EQ(link["link_of"], "/m/b");
  EXPECT_EQ(link["fingerprint"], "AQAA");
  row.fingerprint = "";
  EXPECT_TRUE(parse_object(library_row_to_line(row))["fingerprint"].is_null());
}

}  // namespace
}  // namespace echofold::report_ndjson_test
