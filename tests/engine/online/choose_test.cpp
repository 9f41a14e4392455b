// Which recording and which album are chosen for a file, and when none is.
#include "engine/online/choose.h"

#include <gtest/gtest.h>

#include "tests/support/read_file.h"
#include "tests/support/source_tree.h"

namespace echofold::online_choose_test {
namespace {

AcoustidAnswer read(const std::string& name) {
  return std::get<AcoustidAnswer>(parse_acoustid_answer(
      test::read_file(test::source_tree() / "tests/engine/online/data" / (name + ".json"))));
}

Tags with_album(const std::string& album) {
  Tags tags;
  tags.album = album;
  return tags;
}

TEST(ChooseTest, TheFirstPlainAlbumOfTheHeaviestRecording) {
  for (const char* name : {"one_recording", "one_recording_compressed"}) {
    const AcoustidAnswer answer = read(name);
    const Choice choice = choose(answer, 214.6, {});
    ASSERT_EQ(choice.status, ChoiceStatus::chosen) << choice.why;
    EXPECT_DOUBLE_EQ(choice.score, 0.98);
    const Recording& lights = answer.results[0].recordings[0];
    const Release& german = lights.groups[2].releases[1];
    const FoundTags expected{"Jörð feat. The Quiet Ones",
                             "Norðurljós",
                             "Ís og eldur",
                             "Jörð",
                             "4/12",
                             "1/1",
                             "2003-02-17",
                             lights.id,
                             german.id,
                             lights.groups[2].id,
                             german.mediums[0].tracks[0].id,
                             "",
                             german.artists[0].id,
                             answer.results[0].id};
    EXPECT_EQ(choice.tags, expected);
  }
}

TEST(ChooseTest, NothingFoundSaysWhy) {
  EXPECT_EQ(choose(read("no_result"), 213, {}).why, "AcoustID does not know it");
  EXPECT_EQ(choose(read("id_only"), 213, {}).why,
            "AcoustID knows the fingerprint, but not what recording it is");
  AcoustidAnswer answer = read("one_recording");
  const Choice other_length = choose(answer, 250, {});
  EXPECT_EQ(other_length.status, ChoiceStatus::not_found);
  EXPECT_NE(other_length.why.find("differ by more than 7 s"), std::string::npos) << other_length.why;
  answer.results.erase(answer.results.begin());
  const Choice unlike = choose(answer, 213, {});
  EXPECT_EQ(unlike.status, ChoiceStatus::not_found);
  EXPECT_NE(unlike.why.find("0.9"), std::string::npos) << unlike.why;
  EXPECT_DOUBLE_EQ(unlike.score, 0.55);
}

TEST(ChooseTest, TheEdgesOfScoreAndLength) {
  AcoustidAnswer answer = read("one_recording");
  answer.results[0].score = 0.9;
  EXPECT_EQ(choose(answer, 220, {}).status, ChoiceStatus::chosen);
  EXPECT_EQ(choose(answer, 221.5, {}).status, ChoiceStatus::not_found);
  answer.results[0].score = 0.899;
  EXPECT_EQ(choose(answer, 213, {}).status, ChoiceStatus::not_found);
}

TEST(ChooseTest, TwoRecordingsNearOneAnotherAreAmbiguous) {
  const AcoustidAnswer answer = read("many_recordings");
  const Choice choice = choose(answer, 212, {});
  EXPECT_EQ(choice.status, ChoiceStatus::ambiguous);
  ASSERT_EQ(choice.candidates.size(), 2u) << "the demo that two people sent is not near";
  EXPECT_EQ(choice.candidates[0], answer.results[0].recordings[0].id);
  EXPECT_NE(choice.why.find("Norðurljós (live)"), std::string::npos) << choice.why;
  EXPECT_EQ(choice.tags, FoundTags{});
}

TEST(ChooseTest, AnIdThatTheFileHasSettlesIt) {
  const AcoustidAnswer answer = read("many_recordings");
  Tags tags;
  tags.musicbrainz_recording_id = answer.results[0].recordings[1].id;
  const Choice live = choose(answer, 212, tags);
  ASSERT_EQ(live.status, ChoiceStatus::chosen);
  EXPECT_EQ(live.tags.title, "Norðurljós (live)");
  tags.musicbrainz_recording_id = answer.results[0].recordings[2].id;
  EXPECT_EQ(choose(answer, 212, tags).status, ChoiceStatus::ambiguous) << "not one of those that are near";
}

TEST(ChooseTest, OneRecordingInTwoResultsIsOneRecording) {
  const AcoustidAnswer answer = read("two_results");
  const Choice choice = choose(answer, 213, {});
  ASSERT_EQ(choice.status, ChoiceStatus::chosen) << choice.why;
  EXPECT_EQ(choice.tags.recording_id, answer.results[0].recordings[0].id);
  EXPECT_EQ(choice.tags.acoustid_id, answer.results[1].id) << "that of the better score";
}

TEST(ChooseTest, TheAlbumThatTheTagsName) {
  const AcoustidAnswer answer = read("one_recording");
  const Choice sampler = choose(answer, 213, with_album("winter hits, 2001"));
  EXPECT_EQ(sampler.tags.album, "Winter Hits 2001");
  EXPECT_EQ(sampler.tags.album_artist, "Various Artists");
  EXPECT_EQ(sampler.tags.track, "9/20");
  Tags deluxe = with_album("Ís og eldur");
  deluxe.track = "5";
  EXPECT_EQ(choose(answer, 213, deluxe).tags.disc, "2/2") << "the edition whose track agrees";
  deluxe.track = "4/12";
  EXPECT_EQ(choose(answer, 213, deluxe).tags.date, "2003-02-17");
  deluxe.track = "5-1";
  EXPECT_EQ(choose(answer, 213, deluxe).tags.date, "2003-02-17") << "no number: it decides nothing";
  EXPECT_EQ(choose(answer, 213, with_album("ÍS OG ELDUR")).tags.album, "Ís og eldur")
      << "case does not count";
  EXPECT_EQ(choose(answer, 213, with_album("I\u0301s og eldur")).tags.album, "Ís og eldur")
      << "nor does the normal form";
  EXPECT_EQ(choose(answer, 213, with_album("Norðurljós")).tags.title, "Norðurljós (radio)")
      << "as it is named there";
}

TEST(ChooseTest, OfAnotherAlbumNothingIsSaid) {
  const AcoustidAnswer answer = read("one_recording");
  const Choice choice = choose(answer, 213, with_album("My Party Tape"));
  ASSERT_EQ(choice.status, ChoiceStatus::chosen);
  EXPECT_EQ(choice.tags.title, "Norðurljós");
  EXPECT_EQ(choice.tags.album, "");
  EXPECT_EQ(choice.tags.release_id, "");
  EXPECT_EQ(choice.tags.track, "");
  ChooseSettings settings;
  settings.replace_album = true;
  EXPECT_EQ(choose(answer, 213, with_album("My Party Tape"), settings).tags.album, "Ís og eldur");
}

TEST(ChooseTest, WithoutAnAlbumTheRecordingIsEnough) {
  AcoustidAnswer answer = read("one_recording");
  answer.results[0].recordings[0].groups.clear();
  const Choice choice = choose(answer, 0, {});
  ASSERT_EQ(choice.status, ChoiceStatus::chosen) << "nor is a length needed";
  EXPECT_EQ(choice.tags.album, "");
  EXPECT_EQ(choice.tags.artist, "Jörð feat. The Quiet Ones");
}

TEST(ChooseTest, PlainAlbumsBeforeOthersAndKnownDatesBeforeUnknown) {
  AcoustidAnswer answer = read("one_recording");
  auto& groups = answer.results[0].recordings[0].groups;
  groups.pop_back();
  EXPECT_EQ(choose(answer, 213, {}).tags.album, "Norðurljós")
      << "a single before a compilation, though later";
  groups.erase(groups.begin() + 1);
  EXPECT_EQ(choose(answer, 213, {}).tags.date, "2001");
  groups[0].releases.push_back(groups[0].releases[0]);
  groups[0].releases[0].date = {};
  groups[0].releases[0].title = "undated";
  EXPECT_EQ(choose(answer, 213, {}).tags.album, "Winter Hits 2001");
}

}  // namespace
}  // namespace echofold::online_choose_test
