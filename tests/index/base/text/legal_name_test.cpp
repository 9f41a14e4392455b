// Names that are legal on ext4, NTFS and SMB, made from any bytes.
#include "index/base/text/legal_name.h"

#include <gtest/gtest.h>

#include <random>

#include "index/base/text/utf8.h"

namespace echofold::text_legal_name_test {
namespace {

TEST(LegalName, StaysWhereItIsLegal) {
  for (const char* name :
       {"Jóga", "03 Ænima", "!!!", "Sigur Rós - ( )", "a.b", "コンピューター", "comet", "con_", "COM10"})
    EXPECT_EQ(legal_name(name), name);
}

TEST(LegalName, ReplacesWhatSomeSystemRefuses) {
  EXPECT_EQ(legal_name("AC/DC"), "AC_DC");
  EXPECT_EQ(legal_name("a<b>c:d\"e\\f|g?h*i"), "a_b_c_d_e_f_g_h_i");
  EXPECT_EQ(legal_name("a\tb\x7f"
                       "c\xc2\x85"
                       "d"),
            "a_b_c_d");
  EXPECT_EQ(legal_name(std::string_view("a\0b", 3)), "a_b");
  EXPECT_EQ(legal_name("caf\xe9"), "caf_");
}

TEST(LegalName, HasNoDotsOrSpacesAtItsEndsAndIsNotHidden) {
  EXPECT_EQ(legal_name("R.E.M."), "R.E.M");
  EXPECT_EQ(legal_name("  what . . "), "what");
  EXPECT_EQ(legal_name(".hack"), "_hack");
  for (const char* nothing : {"", ".", "..", "...", " . ", "   "}) EXPECT_EQ(legal_name(nothing), "_");
}

TEST(LegalName, IsNoDeviceOfWindows) {
  EXPECT_EQ(legal_name("Con"), "Con_");
  EXPECT_EQ(legal_name("nul.x.y"), "nul_.x.y");
  EXPECT_EQ(legal_name("aux .x"), "aux_.x");
  EXPECT_EQ(legal_name("COM\u00b9"), "COM\u00b9_");
  EXPECT_EQ(legal_name("lpt0"), "lpt0_");
  EXPECT_EQ(legal_name("COM1", 16), "COM1_");
  EXPECT_EQ(legal_file_name("prn", ".flac"), "prn_.flac");
}

TEST(LegalName, IsInNormalFormC) { EXPECT_EQ(legal_name("Cafe\u0301"), "Caf\u00e9"); }

TEST(LegalName, IsCutBetweenCharactersAsReadersSeeThem) {
  const std::string long_name(300, 'x');
  EXPECT_EQ(legal_name(long_name).size(), 255U);
  EXPECT_EQ(legal_file_name(long_name, ".flac"), std::string(250, 'x') + ".flac");
  // "a" with three marks that no composed character has: 7 bytes that stay together.
  const std::string character = "a\u0331\u0323\u0330";
  std::string many;
  while (many.size() < 300) many += character;
  EXPECT_EQ(legal_name(many, 20).size(), 14U);
  // One that is longer than a name is cut between its code points.
  std::string monster = "a";
  for (int i = 0; i < 200; ++i) monster += "\u0331";
  EXPECT_EQ(legal_name(monster).size(), 255U);
  EXPECT_TRUE(is_utf8(legal_name(monster)));
  // A cut leaves no space at the end.
  EXPECT_EQ(legal_name(std::string(15, 'x') + " yyyy", 16), std::string(15, 'x'));
}

TEST(LegalName, HoldsForAnyBytes) {
  std::mt19937 random(1);
  const std::string_view letters = "aC.oNn \x7f/\\:e\xcc\x81\xff\xe2\x80\xf0\x9f\x8e\xb5";
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (auto n = random() % 40; n > 0; --n) text += letters[random() % letters.size()];
    const std::string name = legal_name(text, 16 + random() % 20);
    ASSERT_TRUE(is_utf8(name) && !name.empty() && name.front() != '.') << text;
    ASSERT_EQ(legal_name(name), name) << text;
  }
}

TEST(LegalName, KeepsTheExtensionThatAFileHas) {
  EXPECT_EQ(legal_file_name("a", ".m?3"), "a.m_3");
  EXPECT_EQ(legal_file_name("a.b", ""), "a.b");
}

}  // namespace
}  // namespace echofold::text_legal_name_test
