// Hazards: plans that are old, of another library, cut short or edited by hand.
#include "tests/engine/act/hazards/hazard_support.h"
#include "tests/support/plan_text.h"

#include "engine/act/journal/step.h"

namespace echofold::hazards_plans_test {
namespace {

struct PlanHazard : test::HazardTest {
  std::string text() const { return test::plan_text(plan, library.store.library_id()); }

  /// The plan with `from` replaced by `to` wherever it stands.
  std::string edited(const std::string& from, const std::string& to) const {
    std::string lines = text();
    EXPECT_NE(lines.find(from), std::string::npos) << from;
    for (auto at = lines.find(from); at != std::string::npos; at = lines.find(from, at + to.size()))
      lines.replace(at, from.size(), to);
    return lines;
  }

  ApplySummary apply_text(const std::string& lines, const ApplySettings& settings = {}) {
    std::istringstream in(lines);
    const Plan read = read_plan(in);
    library.reported.clear();
    return apply(library.store, read, settings,
                 [&](const PlanGroup&, const Step& step) { library.reported.push_back(step); });
  }

  /// Nothing is moved, and the message says why.
  void expect_refused(const std::string& lines, const std::string& words) {
    const auto picture = test::tree(library.root);
    std::string said;
    EXPECT_EQ(test::fault_of([&] { apply_text(lines); }, &said), Fault::usage);
    EXPECT_NE(said.find(words), std::string::npos) << said;
    EXPECT_EQ(test::tree(library.root), picture);
  }

  /// The first group stays where it is, the second is moved.
  void expect_first_group_skipped(const std::string& lines, const std::string& words) {
    EXPECT_EQ(apply_text(lines).moved, 1u);
    ASSERT_FALSE(library.reported.empty());
    EXPECT_NE(outcome(library.reported[0]).note.find(words), std::string::npos)
        << outcome(library.reported[0]).note;
    EXPECT_EQ(test::read_file(loser()), "a copy");
    EXPECT_FALSE(test::exists(path("second/copy.mp3")));
  }
};

TEST_F(PlanHazard, AppliedTwice) {
  EXPECT_EQ(apply_text(text()).moved, 2u);
  const auto picture = test::tree(library.root);
  EXPECT_EQ(apply_text(text()).moved, 0u);
  EXPECT_NE(outcome(library.reported[0]).note.find("gone since"), std::string::npos)
      << outcome(library.reported[0]).note;
  EXPECT_EQ(test::tree(library.root), picture);
}

TEST_F(PlanHazard, AppliedAgainAfterUndo) {
  const auto picture = test::tree(library.root);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(apply_text(text()).moved, 2u);
    EXPECT_EQ(library.undo().restored, 2u);
  }
  EXPECT_EQ(test::tree(library.root), picture);
}

TEST_F(PlanHazard, OfAnotherLibrary) {
  const std::string other(library.store.library_id().size(), 'f');
  expect_refused(edited(library.store.library_id(), other), "another library");
}

TEST_F(PlanHazard, OfTwoLibraries) {
  std::string lines = text();
  const auto second = lines.find(library.store.library_id(), lines.find('\n'));
  lines[second] = lines[second] == 'a' ? 'b' : 'a';
  expect_refused(lines, "two libraries");
}

TEST_F(PlanHazard, OfTheLibraryBeforeItWasMadeAnew) {
  const std::string old = text();
  { const Store closed(std::move(library.store)); }
  std::filesystem::remove_all(library.dir / "db");
  library.store = library.open();
  expect_refused(old, "another library");
}

TEST_F(PlanHazard, CutInTheMiddle) {
  const std::string whole = text();
  expect_refused(whole.substr(0, whole.size() - 40), "line 2 of the plan");
}

TEST_F(PlanHazard, OneLineTwice) {
  const std::string whole = text();
  expect_refused(whole + whole.substr(0, whole.find('\n') + 1), "names a file twice");
}

TEST_F(PlanHazard, EditedSoThatTheLoserIsItsKeeper) {
  expect_refused(edited(loser(), keeper()), "names a file twice");
}

TEST_F(PlanHazard, EditedSoThatAnotherFileIsTheLoser) {
  // Its stamp stands in the plan, and is not that of the file which is named now.
  library.file("album/precious.flac", "the only copy");
  expect_first_group_skipped(edited(loser(), path("album/precious.flac")), "changed since the plan was made");
  EXPECT_EQ(test::read_file(path("album/precious.flac")), "the only copy");
}

TEST_F(PlanHazard, EditedSoThatAFileOutsideTheLibraryIsTheLoser) {
  // Even with a stamp that fits: no scan has seen it.
  const std::string outside = (library.dir / "precious.flac").native();
  test::write_file(outside, "the only copy");
  plan[0].drops[0].file.track.stamp = test::stamp(outside);
  expect_first_group_skipped(edited(loser(), outside), "is not in this library");
  EXPECT_EQ(test::read_file(outside), "the only copy");
}

TEST_F(PlanHazard, EditedSoThatAFileOutsideTheLibraryIsTheKeeper) {
  const std::string outside = (library.dir / "worse.mp3").native();
  test::write_file(outside, "another song");
  plan[0].keep.track.stamp = test::stamp(outside);
  expect_first_group_skipped(edited(keeper(), outside), "is not in this library");
}

TEST_F(PlanHazard, EditedPathThatClimbsUp) {
  expect_first_group_skipped(edited("album/copy.mp3", "album/../album/copy.mp3"),
                             "not a plain absolute path");
}

TEST_F(PlanHazard, EditedPathThatIsRelative) {
  expect_first_group_skipped(edited(loser(), "album/copy.mp3"), "not a plain absolute path");
}

TEST_F(PlanHazard, EditedPathWithAZeroByte) {
  expect_refused(edited("album/copy.mp3", "album/copy.mp3\\u0000"), "NUL byte");
}

TEST_F(PlanHazard, EditedPathThatIsAFolder) {
  expect_first_group_skipped(edited(loser(), path("second")), "not a regular file");
}

TEST_F(PlanHazard, WithoutStamps) { expect_refused(edited("\"stamp\"", "\"no_stamp\""), "imported"); }

TEST_F(PlanHazard, EditedSoThatItsTracksAreImported) {
  expect_refused(edited("\"present\"", "\"imported\""), "imported");
}

TEST_F(PlanHazard, EditedStampOfAbsurdSize) {
  expect_refused(edited("\"size_bytes\":6", "\"size_bytes\":99999999999999999999999"), "line 1 of the plan");
}

/// A library whose pairs can be told: the copies of each group sound alike, the groups do not.
struct SwappedPlanHazard : PlanHazard {
  SwappedPlanHazard() {
    settings.must_match = Thresholds{};
    std::uint64_t seed = 0;
    for (PlanGroup& group : plan) {
      const auto sound = test::make_items(++seed, 600);
      give(group.keep.track, sound);
      give(group.drops[0].file.track, test::with_bit_errors(sound, 0.005, seed));
    }
  }
  void give(TrackRecord& track, const std::vector<Item>& items) {
    library.store.write([&](Writer& writer) {
      writer.remove_track(track.id);
      track.id = 0;
      track.status = TrackStatus::fingerprinted;
      track.id = writer.put_track(track, items);
    });
    track = library.record(track.id);
  }
  void expect_refused_group(const std::vector<std::string>& words) {
    ASSERT_FALSE(library.reported.empty());
    for (const std::string& word : words)
      EXPECT_NE(outcome(library.reported[0]).note.find(word), std::string::npos)
          << outcome(library.reported[0]).note;
  }
  ApplySettings settings;
};

TEST_F(SwappedPlanHazard, KeepersOfTwoGroups) {
  std::swap(plan[0].keep.track, plan[1].keep.track);
  const auto picture = test::tree(library.root);
  const ApplySummary summary = apply_text(text(), settings);
  EXPECT_EQ(summary.moved, 0u);
  EXPECT_EQ(summary.skipped, 2u);
  expect_refused_group({loser(), path("second/keep.flac"), "is not a copy of", "--trust-plan"});
  EXPECT_EQ(test::tree(library.root), picture);
  // Told in advance, too.
  Steps preview;
  preview_apply(library.store, {library.store.library_id(), plan}, settings,
                [&](const PlanGroup&, const Step& step) { preview.push_back(step); });
  ASSERT_EQ(preview.size(), 2u);
  EXPECT_EQ(outcome(preview[0]).state, StepState::skipped);
  EXPECT_NE(outcome(preview[0]).note.find("is not a copy of"), std::string::npos) << outcome(preview[0]).note;
  // Who means it can have it.
  EXPECT_EQ(apply_text(text()).moved, 2u);
}

TEST_F(SwappedPlanHazard, ALoserInAnotherGroup) {
  plan[1].drops.push_back(test::certain_loser(plan[0].drops[0].file.track));
  plan.erase(plan.begin());
  EXPECT_EQ(apply_text(text(), settings).moved, 0u) << "the group stays as a whole";
  expect_refused_group({loser(), "is not a copy of"});
}

TEST_F(SwappedPlanHazard, HonestGroupsAndChosenKeepersAreMoved) {
  std::swap(plan[0].keep, plan[0].drops[0].file);
  EXPECT_EQ(apply_text(text(), settings).moved, 2u) << outcome(library.reported[0]).note;
}

TEST_F(SwappedPlanHazard, BothStayByAnAnswerThatIsYoungerThanThePlan) {
  library.store.write([&](Writer& writer) {
    writer.put_verdict(plan[0].keep.track.items_hash, plan[0].drops[0].file.track.items_hash,
                       Verdict::keep_both);
  });
  EXPECT_EQ(apply_text(text(), settings).moved, 1u);
  expect_refused_group({loser(), keeper(), "both stay"});
}

TEST_F(PlanHazard, WhoseLoserWasSetAsideByAnotherRunSince) {
  const std::string old = text();
  const auto run = library.apply({plan[0]}).run;
  EXPECT_EQ(apply_text(old).moved, 1u);
  EXPECT_EQ(test::read_file(library.set_aside(run, "album/copy.mp3")), "a copy");
}

}  // namespace
}  // namespace echofold::hazards_plans_test
