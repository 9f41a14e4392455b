// Titles that take a pair from auto to review, and titles that don't.
#include "engine/dedupe/title_guard.h"

#include <gtest/gtest.h>

#include <utility>

namespace echofold::dedupe_title_guard_test {
namespace {

struct File {
  std::string name;
  Tags tags;
};

/// The reason that the guard gives. It gives one in both directions or in none, whatever the folders.
std::string said(const File& a, const File& b) {
  TrackRecord x, y;
  x.tags = a.tags;
  y.tags = b.tags;
  x.path = "/m/Band - Album (Live) (Explicit) - Remix/" + a.name;
  y.path = "/m/" + b.name;
  EXPECT_EQ(title_guard(x, y).has_value(), title_guard(y, x).has_value())
      << a.name << ", " << a.tags.title << " | " << b.name << ", " << b.tags.title;
  return title_guard(x, y).value_or("");
}

std::string said(const Tags& a, const Tags& b) { return said({"x.mp3", a}, {"y.mp3", b}); }

Tags titled(const std::string& title, const std::string& artist = "", const std::string& album = "") {
  Tags tags;
  tags.title = title;
  tags.artist = artist;
  tags.album = album;
  return tags;
}

std::string said(const std::string& a, const std::string& b) { return said(titled(a), titled(b)); }

bool guarded(const std::string& a, const std::string& b, const std::string& album_of_b = "") {
  return !said(titled(a), titled(b, "", album_of_b)).empty();
}

TEST(TitleGuard, AWordOnOneSideOnly) {
  EXPECT_TRUE(guarded("Song (Live)", "Song"));
  EXPECT_TRUE(guarded("Song", "Song [REMIX]"));
  EXPECT_TRUE(guarded("Song - Instrumental", "Song"));
  EXPECT_TRUE(guarded("Song (2009 Remaster)", "Song"));
  EXPECT_TRUE(guarded("Song (Radio Edit)", "Song (Extended)"));
  EXPECT_TRUE(guarded("Song (a cappella)", "Song"));
}

TEST(TitleGuard, SilentWhereNothingDiffers) {
  EXPECT_FALSE(guarded("Song", "Other words altogether"));
  EXPECT_FALSE(guarded("Live and Let Die", "Live And Let Die"));
  EXPECT_FALSE(guarded("Song (Remastered)", "Song - Remaster"));
  EXPECT_FALSE(guarded("Alive", "Alive!"));
  EXPECT_FALSE(guarded("Delivery", "Song"));
  EXPECT_TRUE(guarded("Song (Live)", "")) << "the other is called y";
  EXPECT_FALSE(guarded("Song (Live)", "Song", "Live at Home"));
  EXPECT_FALSE(guarded("édit", "Song"));
}

TEST(TitleGuard, NamesWhatOnlyOneTitleSays) {
  const std::pair<const char*, const char*> cases[] = {
      {"Without Me (Clean)", "clean"},
      {"Without Me [Clean Version]", "clean"},
      {"Without Me - Clean", "clean"},
      {"Without Me Clean", "clean"},
      {"Without Me (Censored)", "clean"},
      {"Without Me (zensiert)", "clean"},
      {"Without Me (Explicit)", "explicit"},
      {"Without Me [Explicit Album Version]", "explicit"},
      {"Without Me （Explicit）", "explicit"},
      {"Without Me (Dirty)", "explicit"},
      {"Without Me – Uncensored", "explicit"},
      {"Without Me (sin censura)", "explicit"},
      {"Without Me (Radio Edit)", "radio version"},
      {"Without Me - Radio Version", "radio version"},
      {"Without Me (Radioversion)", "radio version"},
      {"Without Me (versión radio)", "radio version"},
      {"Without Me (Single Version)", "single version"},
      {"Without Me (Backing Track)", "backing track"},
      {"Without Me (Minus One)", "backing track"},
      {"Without Me (minus-one)", "backing track"},
      {"Without Me (Off Vocal)", "backing track"},
      {"Without Me (off vocal ver.)", "backing track"},
      {"Without Me -off vocal-", "backing track"},
      {"Without Me (Playback)", "backing track"},
      {"Without Me (минус)", "backing track"},
      {"Without Me (Inst.)", "instrumental"},
      {"Without Me (カラオケ)", "karaoke"},
      {"Without Me (No Drums)", "no drums"},
      {"Without Me (without guitar)", "no guitar"},
      {"Without Me (ohne Gesang)", "no vocals"},
      {"Without Me (drumless)", "no drums"},
      {"Without Me (Vocals Only)", "vocals only"},
      {"Without Me (Commentary)", "commentary"},
      {"Without Me - Track by Track Commentary", "commentary"},
      {"Without Me (ao vivo)", "live"},
      {"Without Me (Sped Up)", "sped up"},
      {"Without Me (Taylor's Version)", "re-recorded"},
  };
  for (const auto& [title, name] : cases)
    EXPECT_EQ(said(title, "Without Me"), "titles differ: \"" + std::string(name) + "\" only in this one")
        << title;
}

TEST(TitleGuard, SaysWhichMarkIsOnWhichSide) {
  EXPECT_EQ(said("Song", "Song (Live)"), "titles differ: \"live\" only in the other");
  EXPECT_EQ(said("Song (Live Acoustic Demo)", "Song (Demo) [Remix]"),
            "titles differ: \"live\", \"acoustic\" only in this one, \"remix\" only in the other");
  EXPECT_EQ(said("Song (Live) (live)", "Song"), "titles differ: \"live\" only in this one");
  TrackRecord live, plain;
  live.tags.title = "Song (Live)";
  plain.tags.title = "Song";
  EXPECT_EQ(title_guard(plain, live, {"the first", "the second"}),
            "titles differ: \"live\" only in the second");
}

TEST(TitleGuard, ALanguage) {
  const std::pair<const char*, const char*> cases[] = {
      {"99 Luftballons (English Version)", "English"},     {"99 Luftballons (English)", "English"},
      {"99 Luftballons [in English]", "English"},          {"99 Luftballons - English Version", "English"},
      {"99 Luftballons English Version", "English"},       {"99 Luftballons (Eng. Ver.)", "English"},
      {"99 Luftballons -Japanese Ver.-", "Japanese"},      {"99 Luftballons (日本語版)", "Japanese"},
      {"99 Luftballons (Korean Ver)", "Korean"},           {"99 Luftballons (auf Deutsch)", "German"},
      {"99 Luftballons (Deutsche Version)", "German"},     {"99 Luftballons (en español)", "Spanish"},
      {"99 Luftballons (EN ESPAÑOL)", "Spanish"},          {"99 Luftballons (versión en español)", "Spanish"},
      {"99 Luftballons (Spanglish Version)", "Spanglish"}, {"99 Luftballons (version française)", "French"},
      {"99 Luftballons (versione italiana)", "Italian"},   {"99 Luftballons (русская версия)", "Russian"},
      {"99 Luftballons (Mandarin Version)", "Mandarin"},
  };
  for (const auto& [title, name] : cases)
    EXPECT_EQ(said(title, "99 Luftballons"), "titles differ: \"" + std::string(name) + "\" only in this one")
        << title;
  EXPECT_TRUE(guarded("Song (English Version)", "Song (Spanish Version)"));
  EXPECT_FALSE(guarded("Song (Deutsch)", "Song (German Version)"));
  EXPECT_FALSE(guarded("Spanish Harlem", "Harlem, Spanish"));
}

TEST(TitleGuard, PartsTakesAndNumbers) {
  EXPECT_EQ(said("Another Brick in the Wall, Pt. 1", "Another Brick in the Wall, Pt. 2"),
            "titles differ: part 1 in this one, 2 in the other");
  EXPECT_EQ(said("Shine On (Parts VI-IX)", "Shine On"), "titles differ: part 6 and 9 only in this one");
  EXPECT_TRUE(guarded("Another Brick in the Wall (Part I)", "Another Brick in the Wall (Part II)"));
  EXPECT_TRUE(guarded("Another Brick in the Wall", "Another Brick in the Wall, Pt. 2"));
  EXPECT_TRUE(guarded("Shine On You Crazy Diamond (Parts I-V)", "Shine On You Crazy Diamond (Parts VI-IX)"));
  EXPECT_TRUE(guarded("Tubular Bells (Part One)", "Tubular Bells (Part Two)"));
  EXPECT_TRUE(guarded("Faust (1. Teil)", "Faust (Teil 2)"));
  EXPECT_EQ(said("So What (Take 3)", "So What (Take 12)"),
            "titles differ: take 3 in this one, 12 in the other");
  EXPECT_TRUE(guarded("So What (take 3)", "So What"));
  EXPECT_TRUE(guarded("So What [Take Two]", "So What [Take Three]"));
  EXPECT_EQ(said("Interlude 1", "Interlude 2"), "titles differ: number 1 in this one, 2 in the other");
  EXPECT_TRUE(guarded("Untitled #3", "Untitled #4"));
  EXPECT_TRUE(guarded("Symphony No. 5 in C minor", "Symphony No. 7 in C minor"));
  EXPECT_TRUE(guarded("Sonata, Op. 27: III. Presto", "Sonata, Op. 27: II. Presto"));
}

TEST(TitleGuard, TheSameNumbersInOtherWriting) {
  EXPECT_FALSE(guarded("Another Brick in the Wall, Pt. 2", "Another Brick in the Wall (Part II)"));
  EXPECT_FALSE(guarded("Tubular Bells (Part One)", "Tubular Bells, Part 1"));
  EXPECT_FALSE(guarded("Shine On (Parts 1-5)", "Shine On, Pts. I - V"));
  EXPECT_FALSE(guarded("Take Five", "Take 5"));
  EXPECT_FALSE(guarded("So What (Take 02)", "So What - take 2"));
  EXPECT_FALSE(guarded("Song 2", "Song II"));
}

TEST(TitleGuard, NumbersThatAreNone) {
  EXPECT_FALSE(guarded("Song (1999)", "Song (2003)")) << "years";
  EXPECT_FALSE(guarded("Song (Remastered 2009)", "Song (2011 Remaster)"));
  EXPECT_FALSE(guarded("03 Song", "11 Song")) << "places on two albums";
  EXPECT_FALSE(guarded("Track 03", "Track 11")) << "no titles";
  EXPECT_FALSE(guarded("Song", "Track 3"));
  EXPECT_FALSE(guarded("Take Me to Church", "Take Me To Church"));
  EXPECT_FALSE(guarded("Part of Me", "Track 2"));
  EXPECT_FALSE(guarded("I Feel Good", "You Feel Good"));
  EXPECT_FALSE(guarded("Take Five", "Track 3"));
}

TEST(TitleGuard, Guests) {
  const Tags plain = titled("Umbrella", "Rihanna");
  EXPECT_EQ(said(plain, titled("Umbrella (feat. Jay-Z)", "Rihanna")),
            "titles differ: a guest (\"jay z\") only in the other");
  for (const char* title : {"Umbrella ft. Jay-Z", "Umbrella [Featuring JAY-Z]", "Umbrella (with Jay-Z)",
                            "Umbrella - feat. Jay Z", "Umbrella (mit Jay-Z)"})
    EXPECT_NE(said(plain, titled(title, "Rihanna")), "") << title;
  EXPECT_NE(said(titled("Umbrella (feat. Jay-Z)"), titled("Umbrella (feat. Chris Brown)")), "");
}

TEST(TitleGuard, GuestsThatBothName) {
  const Tags guest = titled("Umbrella (feat. Jay-Z)", "Rihanna");
  EXPECT_EQ(said(guest, titled("Umbrella", "Rihanna feat. Jay-Z")), "");
  EXPECT_EQ(said(guest, titled("Umbrella", "Rihanna & JAY-Z")), "");
  EXPECT_EQ(said(guest, titled("Umbrella ft. Jay Z", "Rihanna")), "");
  EXPECT_EQ(said(titled("Song (feat. A & Bob)"), titled("Song (feat. Bob)")), "");
  EXPECT_EQ(said(titled("Six Ft. Under"), titled("Six Feet Under")), "");
  EXPECT_EQ(said(titled("With or Without You"), titled("Or Without You")), "");
}

TEST(TitleGuard, EverydayWordsAreNoMarks) {
  const std::pair<const char*, const char*> cases[] = {
      {"Dirty Diana", "Diana"},
      {"Dirty Diana", "Track 4"},
      {"Come Clean", "Something Else"},
      {"Come Clean", "Hilary Duff - Come Clean"},
      {"Radio Ga Ga", "Ga Ga"},
      {"Radio", "Something Else"},
      {"Spanish Harlem", "Track 4"},
      {"French Kiss", "Track 4"},
      {"Englishman in New York", "Track 4"},
      {"(The Italian Job) Theme", "Theme"},
      {"Uncut Gems", "Track 4"},
      {"Commentary on a Life", "Track 4"},
      {"No Woman, No Cry", "No Woman No Cry"},
      {"(I Can't Get No) Satisfaction", "Satisfaction"},
      {"Playback", "Track 4"},
      {"Only You", "Track 4"},
      {"Careless Whisper", "Track 4"},
      {"Bassline", "Track 4"},
      {"Party", "Part"},
      {"Song (Album Version)", "Song"},
      {"Song (Original Version)", "Song"},
      {"Song (from the film)", "Song"},
  };
  for (const auto& [a, b] : cases) EXPECT_EQ(said(a, b), "") << a << " | " << b;
}

TEST(TitleGuard, TheSameMarkInOtherWords) {
  const std::pair<const char*, const char*> cases[] = {
      {"Song (Clean)", "Song [Censored Version]"},   {"Song (Explicit)", "Song - Dirty"},
      {"Song (Radio Edit)", "Song (Radio Version)"}, {"Song (Backing Track)", "Song (Minus One)"},
      {"Song (Off Vocal)", "Song -Off-Vocal Ver.-"}, {"Song (No Drums)", "Song (without drums)"},
      {"Song (Acústico)", "Song (Acoustic)"},        {"Song (Instrumental)", "Song (Inst.)"},
  };
  for (const auto& [a, b] : cases) EXPECT_EQ(said(a, b), "") << a << " | " << b;
}

TEST(TitleGuard, AnyBytesAreATitle) {
  EXPECT_FALSE(guarded("\xff\xfe((((", "]]]]- "));
  EXPECT_TRUE(guarded("So\xffng (Clean)", "So\xffng"));
  EXPECT_FALSE(guarded("(", ")"));
  EXPECT_FALSE(guarded(" - ", "-"));
}

/// Two files without tags.
std::string names(const std::string& a, const std::string& b) { return said(File{a, {}}, File{b, {}}); }

/// Two files that are titled "Song".
std::string titled_songs(const std::string& a, const std::string& b) {
  return said(File{a, titled("Song")}, File{b, titled("Song")});
}

TEST(TitleGuard, AFileWithoutATitleIsCalledByItsName) {
  const std::pair<const char*, const char*> cases[] = {
      {"Song (Clean).flac", "Song.mp3"},
      {"Band - Song (Clean Version).flac", "Band - Song.mp3"},
      {"Band - Song (Clean Version).flac", "Song.mp3"},
      {"Band - Song - Clean.flac", "Band - Song.mp3"},
      {"Band - Song - Clean Version (1).flac", "Band - Song.mp3"},
      {"Band - Song Clean.flac", "Band - Song.mp3"},
      {"Band - Song Clean.flac", "01 Song.mp3"},
      {"01 - Song clean.flac", "Song (1).mp3"},
      {"101-band-song_(clean).flac", "101-band-song.mp3"},
      {"Band_-_Song_-_Clean.flac", "Band_-_Song.mp3"},
      {"07. Song (Clean)", "07. Song"},
  };
  for (const auto& [a, b] : cases)
    EXPECT_EQ(names(a, b), "titles differ: \"clean\" only in this one (file name)") << a << " | " << b;
  EXPECT_EQ(names("Song (Instrumental).flac", "Song.mp3"),
            "titles differ: \"instrumental\" only in this one (file name)");
  EXPECT_EQ(
      names("Song (Remaster 2011).flac", "Song (Mono).mp3"),
      "titles differ: \"remaster\" only in this one (file name), \"mono\" only in the other (file name)");
  EXPECT_EQ(names("01 Song (feat. Bob).flac", "01 Song.mp3"),
            "titles differ: a guest (\"bob\") only in this one (file name)");
  EXPECT_EQ(names("01 Song (feat. Bob).flac", "01 Song (Take 2).mp3"),
            "titles differ: take 2 only in the other (file name)");
  EXPECT_EQ(names("Song (Take 2) 2.flac", "Song (Take 3) (1).mp3"),
            "titles differ: take 2 in this one (file name), 3 in the other (file name)");
  EXPECT_EQ(names("Bob feat. Jay - Song.flac", "Bob - Song.mp3"),
            "titles differ: a guest (\"jay\") only in this one (file name)");
}

TEST(TitleGuard, ANameBesideATitle) {
  EXPECT_EQ(said(File{"x.mp3", titled("Song (Live)")}, File{"05 Song.mp3", {}}),
            "titles differ: \"live\" only in this one");
  EXPECT_EQ(said(File{"05 Song (Live).mp3", {}}, File{"x.mp3", titled("Song")}),
            "titles differ: \"live\" only in this one (file name)");
  EXPECT_EQ(said(File{"Band - Song (Live).mp3", {}}, File{"x.mp3", titled("Song - Live")}), "");
  EXPECT_EQ(said(File{"Bob - Song.mp3", {}}, File{"x.mp3", titled("Song (feat. Bob)")}), "");
  EXPECT_EQ(said(File{"Live - Song.mp3", {}}, File{"x.mp3", titled("Song", "Live")}), "") << "a band";
  EXPECT_EQ(said(File{"05 Song.mp3", titled("Song (Live)")}, File{"05. song (1).wav", {}}), "")
      << "the name of the titled one does not have it either";
  for (const char* nameless : {"05.mp3", "Track 05.mp3", "AudioTrack 05.wav", "1-05.mp3"})
    EXPECT_EQ(said(File{"x.mp3", titled("Song (Remastered)")}, File{nameless, {}}), "") << nameless;
}

TEST(TitleGuard, WhatTheNameOfATitledFileSetsOff) {
  EXPECT_EQ(titled_songs("Song (Clean).flac", "Song.mp3"),
            "titles differ: \"clean\" only in this one (file name)");
  EXPECT_EQ(titled_songs("Band - Song - Live (1).flac", "Song.mp3"),
            "titles differ: \"live\" only in this one (file name)");
  EXPECT_EQ(titled_songs("Band - Song Clean - Copy.flac", "Song.mp3"),
            "titles differ: \"clean\" only in this one (file name)");
  EXPECT_EQ(titled_songs("Song [feat. Bob].flac", "Song.mp3"),
            "titles differ: a guest (\"bob\") only in this one (file name)");
  EXPECT_EQ(titled_songs("Song (Take 2).flac", "Song.mp3"),
            "titles differ: take 2 only in this one (file name)");
  EXPECT_EQ(said(File{"Song (Clean).flac", titled("Song (Acoustic)")}, File{"Song.mp3", titled("Song")}),
            "titles differ: \"acoustic\" only in this one, \"clean\" only in this one (file name)");
  EXPECT_EQ(said(File{"Song (Clean).flac", titled("Song")}, File{"x.mp3", titled("Song (Clean)")}), "");
  EXPECT_EQ(titled_songs("Live Band - Live at Home - 03 - Song.flac", "Song.mp3"), "") << "artist and album";
  EXPECT_EQ(titled_songs("Clean Song.flac", "Song live.mp3"), "") << "nothing sets it off";
  EXPECT_EQ(
      said(File{"Queen - Radio Ga Ga [320].mp3", titled("Radio Ga Ga")}, File{"x.mp3", titled("Ga Ga")}), "");
}

TEST(TitleGuard, WhatCopiesAreCalled) {
  for (const char* copy :
       {"Song (1).mp3", "Song (2).mp3", "Song - Copy.mp3", "Song copy.mp3", "Song copy 2.mp3",
        "Song (Kopie).mp3", "Song - Kopie.mp3", "Song - Copy (3).mp3", "Copy of Song.mp3", "01 Song.mp3",
        "2-13 - Song.mp3", "03. Band - Song.mp3", "Band - 03 - Song.mp3", "Song 2.mp3", "Song (1999).mp3",
        "Song~1.mp3", "Song [320].mp3", "Song (Album Version).mp3"}) {
    EXPECT_EQ(names("Song.flac", copy), "") << copy;
    EXPECT_EQ(titled_songs("Song.flac", copy), "") << copy;
    EXPECT_EQ(said(File{"Song.flac", titled("Song")}, File{copy, {}}), "") << copy;
  }
  EXPECT_EQ(names("Song (Clean) (1).flac", "Song (Clean) - Copy.mp3"), "");
  EXPECT_EQ(names("Song (Part 2) 2.flac", "Song (Part 2) (3).mp3"), "");
  EXPECT_EQ(names("Song - Take 2 - Copy (4).flac", "Song - Take 2.mp3"), "");
  EXPECT_EQ(names("Interlude 1.flac", "Interlude 2.mp3"), "") << "may be a copy's number";
}

TEST(TitleGuard, EverydayWordsInNames) {
  const std::pair<const char*, const char*> cases[] = {
      {"Queen - Radio Ga Ga.flac", "Queen 05.mp3"},  {"Michael Jackson - Dirty Diana.flac", "MJ 4.mp3"},
      {"Taylor Swift - Clean.flac", "01 Clean.mp3"}, {"Beatles - With a Little Help.flac", "Beatles 2.mp3"},
      {"Six Ft. Under.flac", "Six Feet Under.mp3"},  {"bbc - spanish harlem.flac", "harlem.mp3"},
  };
  for (const auto& [a, b] : cases) EXPECT_EQ(names(a, b), "") << a << " | " << b;
}

TEST(TitleGuard, Albums) {
  const auto albums = [](const std::string& a, const std::string& b) {
    return said(titled("Song", "", a), titled("Song", "", b));
  };
  EXPECT_EQ(albums("Album (Clean)", "Album (Explicit)"),
            "titles differ: \"clean\" only in this one (album), \"explicit\" only in the other (album)");
  EXPECT_EQ(albums("Album", "Album [Censored]"), "titles differ: \"clean\" only in the other (album)");
  for (const char* album :
       {"Album (Instrumentals)", "Karaoke Hits", "Live at Home", "Album Clean", "Album - Explicit"})
    EXPECT_NE(albums(album, "Album"), "") << album;
  for (const char* album : {"Album (Deluxe Edition)", "Album (2011 Remaster)", "Album [Mono]", "Come Clean",
                            "Remix Album", "Demos", "Acoustic", "Radio Hits", "Album (feat. Bob)",
                            "Album, Pt. 2", "Album (Japanese Version)", ""}) {
    EXPECT_EQ(albums(album, "Album"), "") << album;
    EXPECT_EQ(albums(album, ""), "") << album;
  }
  EXPECT_EQ(albums("Live at Home", ""), "") << "no album says nothing";
  EXPECT_EQ(albums("Live at Home", "In Concert (live)"), "");
  EXPECT_EQ(said(titled("Song", "", "Live at Home"), titled("Song (Live)", "", "Hits")), "");
  EXPECT_EQ(said(titled("Song (Clean)", "", "Album"), titled("Song", "", "Album (Clean)")), "");
}

TEST(TitleGuard, OnlyEverTakesAutoDown) {
  TrackRecord a, b;
  a.tags.title = "Song (Live)";
  b.tags.title = "Song";
  const Judgement automatic{Relation::same_recording, Band::automatic, ""};
  EXPECT_EQ(with_title_guard(automatic, a, b), (Judgement{Relation::same_recording, Band::review, "title"}));
  EXPECT_EQ(with_title_guard(automatic, b, b), automatic);
  const Judgement related{Relation::edit, Band::related, "coverage"};
  EXPECT_EQ(with_title_guard(related, a, b), related);
}

}  // namespace
}  // namespace echofold::dedupe_title_guard_test
