"""The plan of the labelled library: labels are right by construction, and the same on every run."""

import random
import re
import sys
import unittest
from collections import Counter
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "datasets"))
from labelled import altered, edits, manifest, midi, negatives, originals, plan, sources  # noqa: E402
from labelled.model import Source, Track, seed_of  # noqa: E402

VERSIONS = {"timgm6mb-soundfont": "1", "musescore-general-soundfont-small": "2"}


def track(number, seconds=200, quiet=(), kin=(), side_db=-20.0):
    mid = tuple(-99.0 if second in quiet else -6.0 for second in range(seconds))
    return Track(f"pack-t{number}", f"library/original/pack-t{number}.ogg", Source("pack", "1", "MIT", "/t"), float(seconds),
                 mid, (side_db,) * seconds, kin)


def tracks(count=40):
    return [track(number, 60 + 7 * number) for number in range(count)]


def parts_of(recipe):
    """(begin, end) of each part that an edit consists of."""
    words = " ".join(word for step in recipe.steps for word in step)
    return [(float(a), float(b)) for a, b in re.findall(r"atrim=start=([\d.]+):end=([\d.]+)", words)]


class PlanTest(unittest.TestCase):
    def test_the_same_originals_give_the_same_plan(self):
        shuffled = tracks()
        random.Random(1).shuffle(shuffled)
        first, again = plan.derived(tracks(), "full"), plan.derived(sorted(shuffled, key=lambda t: t.name), "full")
        by_file = lambda recipes: sorted(recipes, key=lambda r: r.file)
        self.assertEqual(by_file(first), by_file(plan.derived(tracks(), "full")))
        self.assertEqual([r.file for r in by_file(first)], [r.file for r in by_file(again)])

    def test_seeds_come_from_the_name_alone(self):
        self.assertEqual(seed_of("library/eq/a"), 0xcb6c06b1)
        self.assertNotEqual(seed_of("library/eq/a"), seed_of("library/eq/b"))

    def test_every_treatment_is_tried(self):
        stems = [replace(t, stems=("/a", "/b")) for t in tracks()]
        for size in ("small", "full"):
            used = {recipe.treatment for recipe in plan.derived(stems, size)}
            self.assertEqual(used, {treatment.name for treatment in plan.TREATMENTS})

    def test_speeds_are_for_review_and_other_tempos_are_versions(self):
        recipes = plan.derived(tracks(), "full", plan.SPEEDS)
        self.assertEqual({recipe.treatment for recipe in recipes}, {treatment.name for treatment in plan.SPEEDS})
        for recipe in recipes:
            label = "remaster" if recipe.treatment.startswith("played_") else "version"
            self.assertEqual([row[1] for row in recipe.labels], [label])
        self.assertEqual(len(plan.derived(tracks(), "small", plan.SPEEDS)), len(plan.SPEEDS))

    def test_each_file_is_planned_once_and_labels_name_planned_files(self):
        recipes = plan.derived(tracks(), "full") + negatives.recipes("full", VERSIONS)
        files = Counter(recipe.file for recipe in recipes)
        self.assertEqual(max(files.values()), 1)
        known = set(files) | {t.file for t in tracks()}
        for a, b, label, *_ in plan.labels(recipes):
            self.assertIn(a, known)
            self.assertIn(b, known)
            self.assertIn(label, manifest.KINDS)

    def test_every_step_writes_the_file_in_the_end(self):
        for recipe in plan.derived(tracks(), "small") + negatives.recipes("small", VERSIONS):
            self.assertEqual(recipe.steps[-1][-1], "@out", recipe.file)


class EditTest(unittest.TestCase):
    def edits_of(self, originals_):
        return [recipe for recipe in plan.derived(originals_, "small") if recipe.family == "edit"]

    def test_a_cut_always_misses_enough_to_hear(self):
        quiet = set(range(70, 120))  # a long rest: cutting out only that is not an edit
        originals_ = [track(number, 200, quiet) for number in range(60)]
        seen = 0
        for recipe in self.edits_of(originals_):
            if recipe.treatment not in ("radio_edit", "section_cut"):
                continue
            seen += 1
            (_, cut), (resumed, _) = parts_of(recipe)
            self.assertGreaterEqual(originals_[0].audible(cut, resumed), edits.MISSING_S, recipe.parameter)
            self.assertGreaterEqual(cut, edits.LEFT_S)
        self.assertGreater(seen, 60)

    def test_a_radio_edit_keeps_60_percent(self):
        for recipe in self.edits_of(tracks()):
            if recipe.treatment == "radio_edit":
                seconds = next(t.seconds for t in tracks() if t.name == recipe.tracks[0])
                self.assertAlmostEqual(sum(b - a for a, b in parts_of(recipe)) / seconds, 0.6, places=3)

    def test_silent_and_short_tracks_get_no_edits(self):
        self.assertEqual(self.edits_of([track(0, 200, set(range(200))), track(1, 40)]), [])

    def test_a_file_of_two_songs_is_labelled_with_both_and_never_of_kin(self):
        originals_ = [track(number, 200, kin=("pack-shared",) if number < 20 else ()) for number in range(40)]
        mixed = [r for r in self.edits_of(originals_) if r.treatment in ("intro_other_song", "two_songs", "cross_fade")]
        self.assertEqual(len(mixed), 120)
        for recipe in mixed:
            self.assertEqual({label for _, label in recipe.labels}, {"edit"})
            self.assertEqual(len({file for file, _ in recipe.labels}), 2)
            self.assertLessEqual(recipe.tracks.count("pack-shared"), 1)

    def test_mono_tracks_have_no_cancelled_vocals(self):
        mono = [track(0, side_db=-99.0), track(1, side_db=-20.0)]
        cancelled = [r.tracks for r in plan.derived(mono, "small") if r.treatment == "vocals_cancelled"]
        self.assertEqual(cancelled, [("pack-t1",)])


class ShiftTest(unittest.TestCase):
    def test_a_same_recording_never_lacks_what_makes_an_edit(self):
        for recipe in plan.derived(tracks(), "small"):
            for seconds in re.findall(r"cut=([\d.]+)", recipe.parameter):
                self.assertLessEqual(float(seconds), 3 if recipe.treatment == "end_cut" else 5)


class AlteredTest(unittest.TestCase):
    def altered_of(self, originals_):
        return [recipe for recipe in plan.derived(originals_, "small") if recipe.family == "altered"]

    def test_words_are_short_apart_and_where_something_sounds(self):
        quiet = set(range(60, 100))
        originals_ = [track(number, 200, quiet) for number in range(20)]
        seen = 0
        for recipe in self.altered_of(originals_):
            if not recipe.treatment.startswith("words"):
                continue
            seen += 1
            words = [(float(a), float(b)) for a, b in re.findall(r"([\d.]+)\.\.([\d.]+)", recipe.parameter)]
            self.assertGreaterEqual(len(words), 2, recipe.parameter)
            for (begin, end), (after, _) in zip(words, words[1:] + [(200, 200)]):
                self.assertLess(end - begin, 0.75)
                self.assertGreaterEqual(after - begin, 4 - 0.01)
                self.assertNotIn(int(begin), quiet)
        self.assertEqual(seen, 60)

    def test_another_sound_is_heard_for_a_moment(self):
        for recipe in self.altered_of(tracks()):
            if recipe.treatment.endswith("_other"):
                begin, end = map(float, re.search(r"other=([\d.]+)\.\.([\d.]+)", recipe.parameter).groups())
                self.assertTrue(0.6 < end - begin < 2.6, recipe.parameter)
                self.assertEqual(recipe.tracks, (recipe.tracks[0],), "too short to be heard as the other track")

    def test_halves_share_their_first_notes_alone(self):
        for size in ("small", "full"):
            found = altered.halves(size, VERSIONS)
            self.assertEqual({recipe.treatment for recipe in found}, set(altered.HALVES))
            for a, b in zip(found[::2], found[1::2]):
                self.assertEqual(a.tracks, b.tracks)
                self.assertEqual(b.labels, ((a.file, "same" if a.treatment == "pause" else "altered"),))
                self.assertEqual(a.midi == b.midi, a.treatment == "pause")

    def test_silent_tracks_have_no_words(self):
        self.assertEqual(self.altered_of([track(0, 200, set(range(200)))]), [])


class SourcesTest(unittest.TestCase):
    def test_other_versions_carry_the_name_of_their_original(self):
        source = Source("warzone2100-music", "1", "GPL-2+", "/x")
        found = originals.recipes([sources.Material(name, (f"/{name}.opus",), source)
                                   for name in ("warzone-track3", "warzone-track3_enhanced", "warzone-track4")])
        self.assertEqual([r.family for r in found], ["original", "version", "original"])
        self.assertEqual(found[1].tracks, ("warzone-track3",))
        self.assertEqual(found[1].labels, (("library/original/warzone-track3.opus", "version"),))
        self.assertEqual(found[2].tracks, ("warzone-track4", "warzone-shared_passages"))


class NegativeTest(unittest.TestCase):
    def test_each_is_a_track_of_its_own_and_of_every_kind_there_are_some(self):
        for size in ("small", "full"):
            found = negatives.recipes(size, VERSIONS)
            self.assertEqual(len({recipe.tracks for recipe in found}), len(found))
            self.assertEqual({recipe.treatment for recipe in found}, set(negatives.COUNTS))
            self.assertTrue(all(label == "different" for recipe in found for _, label in recipe.labels))

    def test_two_sound_fonts_play_the_same_notes(self):
        found = [r for r in negatives.recipes("small", VERSIONS) if r.treatment == "two_sound_fonts"]
        self.assertEqual(found[0].midi, found[1].midi)
        self.assertNotEqual(found[0].steps, found[1].steps)

    def test_midi_is_what_the_standard_says(self):
        data = midi.midi_file([midi.Note(0, 1, 60, 64)], 120, {0: 5})
        self.assertEqual(data.hex(" "), "4d 54 68 64 00 00 00 06 00 00 00 01 01 e0 4d 54 72 6b 00 00 00 17 "
                                        "00 ff 51 03 07 a1 20 00 c0 05 00 90 3c 40 83 60 80 3c 00 00 ff 2f 00")


if __name__ == "__main__":
    unittest.main()
