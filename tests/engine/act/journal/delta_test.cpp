// Deltas give the old bytes back, are small where little changed, and say so when they can't.
#include "engine/act/journal/delta.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include "index/base/error.h"
#include "index/base/fd.h"
#include "tests/engine/act/rewrite_support.h"

namespace echofold::journal_delta_test {
namespace {

struct DeltaTest : testing::Test {
  Fd file(const std::string& name, const std::string& bytes) const {
    test::write_file((dir / name).native(), bytes);
    return Fd(open((dir / name).c_str(), O_RDWR | O_CLOEXEC));
  }

  /// There and back. @return the size of the delta
  std::size_t there_and_back(const std::string& before, const std::string& after) const {
    const Fd old_file = file("old", before);
    const Fd new_file = file("new", after);
    const Fd delta = file("delta", "");
    const Fd out = file("out", "");
    write_delta(new_file.get(), old_file.get(), delta.get(), "x");
    EXPECT_EQ(hash_by_delta(new_file.get(), delta.get(), "x"), bytes_hash(old_file.get(), "x"));
    apply_delta(new_file.get(), delta.get(), out.get(), "x");
    EXPECT_EQ(test::read_file((dir / "out").native()), before);
    return test::read_file((dir / "delta").native()).size();
  }

  test::TempDir dir;
};

TEST_F(DeltaTest, GivesTheOldBytesBack) {
  const std::string audio = test::noise(1, 3'000'000);
  EXPECT_LT(there_and_back(audio, test::noise(2, 70'001) + audio), 20'000u) << "only what moved";
  EXPECT_LT(there_and_back(test::noise(3, 5'000) + audio + "TAG", test::noise(4, 77) + audio), 30'000u);
  EXPECT_LT(there_and_back(audio, audio), 100u);
}

TEST_F(DeltaTest, OfSmallAndEmptyFiles) {
  there_and_back("", "");
  there_and_back("a", "");
  there_and_back("", "a");
  there_and_back("#EXTM3U\na.mp3\n", "#EXTM3U\nb/b.flac\n");
  there_and_back(test::noise(5, 100'000), test::noise(6, 100'000));
}

TEST_F(DeltaTest, WhatIsNoDeltaIsDamage) {
  const Fd basis = file("basis", "basis");
  const Fd out = file("out", "");
  for (const std::string& bytes : {std::string(), std::string("rs"), test::noise(1, 500)}) {
    const Fd delta = file("delta", bytes);
    EXPECT_THROW(apply_delta(basis.get(), delta.get(), out.get(), "x"), Error);
  }
}

TEST_F(DeltaTest, AFullDiskIsSaid) {
  const Fd full(open("/dev/full", O_RDWR | O_CLOEXEC));
  if (!full.valid()) GTEST_SKIP() << "no /dev/full here";
  const Fd old_file = file("old", test::noise(1, 100'000));
  const Fd new_file = file("new", "x");
  try {
    write_delta(new_file.get(), old_file.get(), full.get(), "x");
    FAIL();
  } catch (const Error& e) {
    EXPECT_EQ(e.fault(), Fault::full) << e.what();
  }
}

}  // namespace
}  // namespace echofold::journal_delta_test
