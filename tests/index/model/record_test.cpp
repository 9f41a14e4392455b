// Records stay the same when they are written and read; a changed, missing or foreign byte is always found.
#include "index/model/record.h"

#include <gtest/gtest.h>

#include <cmath>

#include "index/base/bytes.h"
#include "index/base/error.h"
#include "tests/support/old_tracks.h"
#include "tests/support/sample_tracks.h"

namespace echofold::model_record_test {
namespace {

TrackRecord full_track() {
  TrackRecord record = test::sample_track(5);
  record.id = 17;
  record.path = std::string("/m/\n\xff\0quote\"", 13);
  record.link_paths = {"/a", "", std::string(4095, 'p')};
  record.set_aside_path = "/m/.echofold-duplicates/1/x";
  record.place = TrackPlace::set_aside;
  record.status = TrackStatus::failed;
  record.failure = "the file ends in the middle of a frame";
  record.item_count = 948;
  record.items_hash = {0x0123456789ABCDEF, 0xFEDCBA9876543210};
  return record;
}

Evidence full_evidence() {
  Evidence e;
  e.offset_items = -12;
  e.phase_items = 0.25;
  e.ber = 0.01;
  e.self_ber = 0.2;
  e.corrected_ber = 0.003;
  e.contrast = 0.4;
  e.overlap_items = 900;
  e.informative_items = 800;
  e.silent_items = 7;
  e.coverage_shorter = 0.99;
  e.coverage_longer = 0.9;
  e.unmatched_head_s = 1.5;
  e.unmatched_tail_s = 2.5;
  e.strip = {0, 1, 254, strip_unknown};
  e.segments = {{-5, 10, 100}, {70, 200, 50}};
  e.short_ber = 0.06;
  e.short_item = 321;
  e.unknown_items = 12;
  e.speed = 1.025;
  return e;
}

const std::string track_bytes = encode(full_track());
const std::string root_bytes = encode(Root{"/music", 77, -5});
const std::string evidence_bytes = encode(full_evidence());

struct Kind {
  const char* name;
  const std::string& bytes;
  void (*decode)(std::string_view);
};

/// Found by GoogleTest: without it the names of tests would hold addresses.
void PrintTo(const Kind& kind, std::ostream* out) { *out << kind.name; }

class EncodedRecordTest : public testing::TestWithParam<Kind> {
 protected:
  /// The fault that decoding ends with; nothing when it succeeds.
  std::optional<Fault> fault_of(std::string_view bytes) const {
    try {
      GetParam().decode(bytes);
      return std::nullopt;
    } catch (const Error& e) {
      EXPECT_NE(std::string(e.what()).find("thing 9"), std::string::npos) << e.what();
      return e.fault();
    }
  }
};

TEST_P(EncodedRecordTest, WholeIsAccepted) { EXPECT_EQ(fault_of(GetParam().bytes), std::nullopt); }

TEST_P(EncodedRecordTest, EveryFlippedBitIsFound) {
  for (std::size_t i = 0; i < GetParam().bytes.size(); ++i)
    for (int bit = 0; bit < 8; ++bit) {
      std::string bytes = GetParam().bytes;
      bytes[i] = static_cast<char>(bytes[i] ^ (1 << bit));
      // An older version that is read, too, is noticed by the checksum.
      const bool is_foreign = i == 0 && (bytes[0] <= 0 || bytes[0] > GetParam().bytes[0]);
      ASSERT_EQ(fault_of(bytes), is_foreign ? Fault::version : Fault::damaged)
          << "byte " << i << " bit " << bit;
    }
}

TEST_P(EncodedRecordTest, EveryTruncationIsFound) {
  for (std::size_t size = 0; size < GetParam().bytes.size(); ++size)
    ASSERT_EQ(fault_of(std::string_view(GetParam().bytes).substr(0, size)), Fault::damaged) << size;
}

TEST_P(EncodedRecordTest, ExtraByteIsFound) { EXPECT_EQ(fault_of(GetParam().bytes + '\0'), Fault::damaged); }

// Fields may be wrong even if the checksum is right.
TEST_P(EncodedRecordTest, SealedNonsenseIsFound) {
  ByteWriter nothing(1);
  EXPECT_EQ(fault_of(nothing.seal()), Fault::damaged);
  ByteWriter lengths(1);
  for (int i = 0; i < 300; ++i) lengths.number(0xFFFFFFFFu);
  EXPECT_EQ(fault_of(lengths.seal()), Fault::damaged);
  ByteWriter zeros(1);
  for (int i = 0; i < 300; ++i) zeros.number(0u);
  EXPECT_EQ(fault_of(zeros.seal()), Fault::damaged) << "bytes are left over";
}

INSTANTIATE_TEST_SUITE_P(
    All, EncodedRecordTest,
    testing::Values(Kind{"track", track_bytes, [](std::string_view b) { decode_track(b, "thing 9"); }},
                    Kind{"root", root_bytes, [](std::string_view b) { decode_root(b, "thing 9"); }},
                    Kind{"evidence", evidence_bytes,
                         [](std::string_view b) { decode_evidence(b, "thing 9"); }}),
    [](const auto& info) { return info.param.name; });

TEST(RecordTest, TrackRoundTrip) {
  EXPECT_EQ(decode_track(encode(full_track()), "t"), full_track());
  EXPECT_EQ(decode_track(encode(TrackRecord{}), "t"), TrackRecord{});
}

void forget_version_five(TrackRecord& record) { record.quality.spectrum_curve.clear(); }

/// The fields that versions 4 and 5 added.
void forget_version_four(TrackRecord& record) {
  forget_version_five(record);
  record.contents = {};
  record.quality.sounding_channels = record.quality.distinct_channels = 0;
  record.quality.mix = Mix::mono;
  record.quality.level_curve.clear();
}

TEST(RecordTest, RootRoundTrip) {
  const Root root{"/mnt/\xfe music", 1234567890123, -7};
  EXPECT_EQ(decode_root(encode(root), "r"), root);
}

TEST(RecordTest, EvidenceRoundTrip) {
  EXPECT_EQ(decode_evidence(encode(full_evidence()), "e"), full_evidence());
  EXPECT_EQ(decode_evidence(encode(Evidence{}), "e"), Evidence{});
}

/// As an older version wrote it: without the last `fewer` bytes of fields.
std::string older_evidence(const Evidence& evidence, std::uint8_t version, std::size_t fewer) {
  const std::string now = encode(evidence);
  ByteWriter to(version);
  for (std::size_t i = 1; i + 8 + fewer < now.size(); ++i) to.number(now[i]);
  return to.seal();
}

TEST(RecordTest, EvidenceOfVersionOneIsReadAsNotMeasured) {
  Evidence expected = full_evidence();
  expected.short_ber = Evidence::not_measured;
  expected.short_item = expected.unknown_items = 0;
  expected.speed = 1;
  EXPECT_EQ(decode_evidence(older_evidence(full_evidence(), 1, 24), "e"), expected);
}

TEST(RecordTest, EvidenceOfAnImpossibleSpeedIsDamaged) {
  for (const double speed : {0.0, -1.0, 0.49, 2.01, std::nan("")}) {
    Evidence evidence = full_evidence();
    evidence.speed = speed;
    try {
      decode_evidence(encode(evidence), "e");
      ADD_FAILURE() << speed;
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), Fault::damaged);
    }
  }
}

TEST(RecordTest, EvidenceOfVersionTwoHasOneSpeed) {
  Evidence expected = full_evidence();
  expected.speed = 1;
  EXPECT_EQ(decode_evidence(older_evidence(full_evidence(), 2, 8), "e"), expected);
}

TEST(RecordTest, TrackOfVersionOneIsReadAsNotMeasured) {
  TrackRecord expected = full_track();
  const AudioQuality known = expected.quality;
  expected.quality = {};
  expected.quality.frames_skipped = known.frames_skipped;
  expected.quality.truncated = known.truncated;
  expected.quality.header_duration_s = known.header_duration_s;
  expected.hashes = {};
  expected.contents = {};
  ASSERT_NE(expected.quality, known);
  EXPECT_EQ(decode_track(test::encode_old_version(1, full_track()), "track 17"), expected);
}

TEST(RecordTest, TrackOfVersionTwoIsReadAsNotHashed) {
  TrackRecord expected = full_track();
  ASSERT_TRUE(expected.hashes.payload.known() && expected.hashes.samples.known());
  expected.hashes = {};
  forget_version_four(expected);
  EXPECT_EQ(decode_track(test::encode_old_version(2, full_track()), "track 17"), expected);
}

TEST(RecordTest, TrackOfVersionThreeIsReadAsOfUnknownContents) {
  TrackRecord expected = full_track();
  ASSERT_TRUE(expected.contents.known && !expected.quality.level_curve.empty());
  forget_version_four(expected);
  EXPECT_EQ(decode_track(test::encode_old_version(3, full_track()), "track 17"), expected);
}

TEST(RecordTest, TrackOfVersionFourIsReadWithoutItsSpectrum) {
  TrackRecord expected = full_track();
  ASSERT_FALSE(expected.quality.spectrum_curve.empty());
  forget_version_five(expected);
  EXPECT_EQ(decode_track(test::encode_old_version(4, full_track()), "track 17"), expected);
}

TEST(RecordTest, TrackOfANewerVersionIsRefusedByName) {
  std::string bytes = track_bytes;
  bytes[0] = 6;
  try {
    decode_track(bytes, "track 17");
    ADD_FAILURE() << "no error";
  } catch (const Error& e) {
    EXPECT_EQ(e.fault(), Fault::version);
    EXPECT_STREQ(e.what(), "track 17 has version 6, this echofold knows 5: use the echofold that wrote it");
  }
}

// The layout is a contract with existing stores: a change of it must raise the version.
TEST(RecordTest, LayoutOfVersionOne) {
  const std::string bytes = encode(Root{"/m", 2, 3});
  const std::string fields("\x01\x02\0\0\0/m\x02\0\0\0\0\0\0\0\x03\0\0\0\0\0\0\0", 23);
  EXPECT_EQ(bytes.substr(0, bytes.size() - 8), fields);
  EXPECT_EQ(encode(TrackRecord{}).size(), 293u);
  EXPECT_EQ(encode(Evidence{}).size(), 129u);
}

TEST(RecordTest, MessageNamesBothVersions) {
  std::string bytes = root_bytes;
  bytes[0] = 7;
  try {
    decode_root(bytes, "root 3");
    FAIL();
  } catch (const Error& e) {
    EXPECT_EQ(e.fault(), Fault::version);
    EXPECT_NE(std::string(e.what()).find("root 3 has version 7, this echofold knows 1"), std::string::npos);
  }
}

}  // namespace
}  // namespace echofold::model_record_test
