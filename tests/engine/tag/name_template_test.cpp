// Templates: what they mean, and how wrong ones are refused.
#include "engine/tag/name_template.h"

#include <gtest/gtest.h>

#include "index/base/error.h"

namespace echofold::tag_name_template_test {
namespace {

NameFields song() {
  NameFields fields;
  fields.tags.artist = "Björk";
  fields.tags.album_artist = "Björk";
  fields.tags.album = "Homogenic";
  fields.tags.title = "Jóga";
  fields.tags.track = "2/10";
  fields.tags.date = "1997-09-22";
  return fields;
}

std::string named(std::string_view text, const NameFields& fields) {
  const ExpandedName name = NameTemplate::parse(text).expand(fields);
  if (name.missing) return "missing " + *name.missing;
  std::string path;
  for (const std::string& folder : name.folders) path += folder + "/";
  return path + name.stem;
}

std::string refusal(std::string_view text) {
  try {
    NameTemplate::parse(text);
  } catch (const Error& e) {
    return e.fault() == Fault::usage ? e.what() : "another fault";
  }
  return "accepted";
}

TEST(DefaultName, IsPicards) {
  NameFields fields = song();
  EXPECT_EQ(named(default_name_template, fields), "Björk/Homogenic/02 Jóga");
  fields.discs = 2;
  fields.tags.disc = std::string("1");
  EXPECT_EQ(named(default_name_template, fields), "Björk/Homogenic/1-02 Jóga");
  fields.tags.disc = "3/12";
  EXPECT_EQ(named(default_name_template, fields), "Björk/Homogenic/03-02 Jóga");
  fields.discs = 1;
  fields.tags.disc = std::string("1/1");
  fields.tags.album_artist = "Various Artists";
  EXPECT_EQ(named(default_name_template, fields), "Various Artists/Homogenic/02 Björk - Jóga");
}

TEST(DefaultName, DoesWithoutWhatIsMissing) {
  NameFields fields = song();
  fields.tags.album.clear();
  fields.tags.track.clear();
  fields.tags.album_artist.clear();
  EXPECT_EQ(named(default_name_template, fields), "Björk/Jóga");
  fields.tags.title.clear();
  EXPECT_EQ(named(default_name_template, fields), "missing title");
  fields = song();
  fields.tags.artist = std::string(" ");
  fields.tags.album_artist.clear();
  EXPECT_EQ(named(default_name_template, fields), "missing albumartist|artist");
}

TEST(NameTemplate, FallsBackPadsAndLeavesOut) {
  const NameFields fields = song();
  EXPECT_EQ(named("{track:3}", fields), "002");
  EXPECT_EQ(named("{track} of {tracks:4}", fields), "2 of 0010");
  EXPECT_EQ(named("{disc|\"one\"} {title}", fields), "one Jóga");
  EXPECT_EQ(named("[{disc}-[{year}]]{title}[ ({year})]", fields), "Jóga (1997)");
  EXPECT_EQ(named("[[{disc}-]{track} ]{title}", fields), "2 Jóga");
  EXPECT_EQ(named("\\{{title}\\} \\[x\\]\\\\", fields), "{Jóga} [x]_");
}

TEST(NameTemplate, KeepsWhatIsNoNumber) {
  NameFields fields = song();
  for (const auto& [tag, name] :
       {std::pair("A1", "A1"), std::pair("007", "07"), std::pair(" 3 / 9 ", "03"), std::pair("1-3", "1-3"),
        std::pair("99999999999", "99999999999"), std::pair("/3", "_3")}) {
    fields.tags.track = tag;
    EXPECT_EQ(named("{track:2}", fields), name);
  }
}

TEST(NameTemplate, NoTagLeadsOutOfTheLibrary) {
  NameFields fields = song();
  fields.tags.artist = std::string("..");
  fields.tags.album = "/etc";
  fields.tags.title = "../../passwd";
  fields.tags.album_artist.clear();
  EXPECT_EQ(named("{artist}/{album}/{title}", fields), "_/_etc/_._.._passwd");
  fields.tags.title = std::string("a\0/../b", 7);
  EXPECT_EQ(named("{title|\"../x\"}", fields), "a__.._b");
  EXPECT_EQ(named("{disc|\"../x\"}{year}", fields), "_._x1997");
}

TEST(NameTemplate, NamesTheColumnOfAnError) {
  for (const auto& [text, what] :
       {std::pair("{titel}", "column 2: there is no field `titel`; there are artist, "),
        std::pair("a/{title", "column 3: this `{` is not closed"),
        std::pair("{title|", "column 1: this `{` is not closed"),
        std::pair("{title}]", "column 8: `]` without"), std::pair("x}{title}", "column 2: `}` without"),
        std::pair("{title}[{disc}", "column 8: this `[` is not closed"),
        std::pair("{title}[x]", "column 8: an optional part without a field"),
        std::pair("{title:x}", "column 8: behind the `:`"),
        std::pair("{title|\"x}", "column 1: the text in this `{` is not closed"),
        std::pair("{title|\"\"}", "column 1: an empty text"),
        std::pair("{title x}", "column 7: `}`, `|` or `:`"),
        std::pair("{}", "column 2: the name of a field is missing"),
        std::pair("{title}\\", "column 8: nothing follows"),
        std::pair("/{title}", "column 1: names lie below"),
        std::pair("{artist}/", "column 9: the name of the file"),
        std::pair("{artist}//{title}", "column 10: a folder without"),
        std::pair("../{title}", "column 1: it leads elsewhere"),
        std::pair("{artist}/x", "column 10: the name of the file needs a field"),
        std::pair("", "column 1: it is empty")})
    EXPECT_NE(refusal(text).find(what), std::string::npos) << text << ": " << refusal(text);
  EXPECT_NE(refusal(std::string(20, '[') + "{disc}" + std::string(20, ']') + "{title}").find("too deep"),
            std::string::npos);
  EXPECT_NE(refusal(std::string(5000, 'x') + "{title}").find("column 4097: it is longer"), std::string::npos);
}

}  // namespace
}  // namespace echofold::tag_name_template_test
