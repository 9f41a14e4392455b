"""The kinds that only listening can tell apart: what is drawn lies in its range, and spans are where the files differ."""

import functools
import re
import sys
import unittest
from collections import Counter
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "datasets"))
from labelled import codecs, manifest, masters, moments, music_half, plan, scores, sources, speech  # noqa: E402
from labelled.model import Source, Span, Track, random_of  # noqa: E402
from labelled.sealing import sealed  # noqa: E402

VERSIONS = {"timgm6mb-soundfont": "1", "musescore-general-soundfont-small": "2"}
QUIET = (40, 44)  # seconds of the tracks that are 25 dB below the rest


def level(tenth):
    """Notes that swell and fade, and a quiet passage."""
    return -40.0 - tenth % 3 if QUIET[0] <= tenth / 10 < QUIET[1] else -15.0 - tenth % 7


def track(number, seconds=90):
    return Track(f"pack-t{number}", f"library/original/pack-t{number}.flac", Source("pack", "1", "MIT", "/t"), float(seconds),
                 (-6.0,) * seconds, (-15.0,) * seconds, rms_db=tuple(level(tenth) for tenth in range(10 * seconds)))


TRACKS = [track(number) for number in range(24)]


def plan_again(size):
    return plan.derived(TRACKS, size, plan.LISTEN) + scores.recipes(size, VERSIONS)


planned = functools.cache(plan_again)


def labelled(treatment):
    return [r for r in planned("full") if r.treatment.startswith(treatment) and r.labels]


def drawn(recipe, name):
    return float(re.search(rf"\b{name}=([-+\d.]+)", recipe.parameter)[1])


class PlanOfListeningTest(unittest.TestCase):
    def test_every_treatment_is_tried_and_planned_once(self):
        names = {t.name for t in plan.LISTEN} | set(scores.CHANGES) | {"held_after_pause"}
        for size in ("small", "full"):
            recipes = planned(size)
            self.assertEqual({r.treatment for r in recipes if r.labels}, names)
            self.assertEqual(max(Counter(r.file for r in recipes).values()), 1)

    def test_families_and_labels_are_known(self):
        for recipe in planned("full"):
            self.assertIn(recipe.family, manifest.FAMILIES)
            self.assertLessEqual({label for _, label in recipe.labels}, manifest.KINDS)

    def test_the_same_originals_give_the_same_plan(self):
        self.assertEqual(planned("small"), plan_again("small"))

    def test_the_small_library_has_few_of_each(self):
        counts = Counter(r.treatment for r in planned("small") if r.labels)
        self.assertEqual(max(counts.values()), 1)

    def test_a_label_names_planned_files_and_not_the_base_of_another(self):
        known = {r.file for r in planned("full")} | {t.file for t in TRACKS}
        for recipe in planned("full"):
            for other, _ in recipe.labels:
                self.assertIn(other, known)
            if recipe.file.split(".")[0].endswith("-base"):
                self.assertEqual((recipe.labels, recipe.spans), ((), ()))

    def test_one_side_of_most_pairs_is_lossy_and_some_are_lossless_on_both(self):
        lossless = [r for r in labelled("") if r.file.endswith(".flac")]
        self.assertTrue(0.05 * len(labelled("")) < len(lossless) < 0.3 * len(labelled("")))

    def test_every_input_of_a_step_is_made_before(self):
        for recipe in planned("full"):
            made = {"@midi", "@out"} | {f"@in{i}" for i in range(len(recipe.inputs))}
            for step in recipe.steps:
                wanted = {step[i + 1] for i, word in enumerate(step) if word == "-i" and step[i + 1].startswith("@")}
                self.assertLessEqual(wanted, made, recipe.file)
                made |= {word for word in step if word.startswith("@")}

    def test_inputs_of_a_graph_are_as_many_as_its_numbers(self):
        for recipe in planned("full"):
            inputs = sum(word == "-i" for word in recipe.steps[-1])
            graph = recipe.steps[-1][recipe.steps[-1].index("-filter_complex") + 1]
            used = {int(n) for n in re.findall(r"\[(\d+):a\]", graph)}
            unused = {0} if recipe.treatment == "any_copy_of_a_copy" else set()  # the first step alone reads the track
            self.assertEqual(used | unused, set(range(inputs)), recipe.file)

    def test_spans_lie_in_their_files(self):
        for recipe in labelled(""):
            for span in recipe.spans:
                self.assertGreaterEqual(span.start, 0, recipe.file)
                self.assertGreater(span.seconds, 0.1, recipe.file)


class MomentTest(unittest.TestCase):
    def test_lengths_and_levels(self):
        for recipe in labelled("moment_"):
            (span,) = recipe.spans
            self.assertTrue(0.149 <= span.seconds <= 1.001, recipe.parameter)
            if recipe.treatment == "moment_short":
                self.assertLess(span.seconds, 0.2)
            elif recipe.treatment == "moment_quiet":
                self.assertLess(span.level_db, -12)
            elif not recipe.treatment.startswith("moment_at"):
                self.assertGreaterEqual(span.seconds, 0.2)
                self.assertGreater(span.level_db, -8)

    def test_a_moment_at_the_end_is_in_the_last_second(self):
        for recipe in labelled("moment_at_end"):
            at = float(re.search(r"=([\d.]+)\+", recipe.parameter)[1])
            self.assertGreaterEqual(at, TRACKS[0].seconds - 1.06)

    def test_what_has_no_quiet_passage_has_no_quiet_moment(self):
        even = [replace(t, rms_db=(-15.0,) * 900) for t in TRACKS[:2]]
        found = {r.treatment for r in plan.derived(even, "small", moments.TREATMENTS)}
        self.assertNotIn("moment_quiet", found)
        self.assertNotIn("moment_reversed", found, "backwards it would sound the same")

    def test_the_gate_names_every_span(self):
        self.assertEqual(moments.gate([(1, 2), (5, 6)]).count("clip"), 2)


class SealingTest(unittest.TestCase):
    def test_spans_move_with_the_start(self):
        for number in range(200):
            made = sealed(random_of(f"seal-{number}"), "x", "[0:a]anull[mix]", ("a.flac",), (Span(10, 1),))
            start = re.search(r"start=([-+][\d.]+)", made.parameter)
            self.assertAlmostEqual(made.spans[0].start, 10 + (float(start[1]) if start else 0), places=2)


class VoiceTest(unittest.TestCase):
    def test_levels(self):
        for recipe in labelled("voice_") + labelled("verse_words"):
            low, high = (-24, -12.1) if recipe.treatment.endswith("_soft") else (-12, 0)
            self.assertTrue(low <= drawn(recipe, "db") <= high, recipe.parameter)

    def test_two_voices_have_two_languages(self):
        by_file = {r.file: r for r in planned("full")}
        for recipe in labelled("voice_other"):
            voices = [re.search(r"voice=(\w\w)", each.parameter)[1] for each in (recipe, by_file[recipe.labels[0][0]])]
            self.assertNotEqual(*voices)

    def test_a_verse_is_long_enough(self):
        for language in speech.LANGUAGES:
            self.assertGreater(len(speech.verse(random_of(language), language, 60).split()), 175 / 60 * 60)


class MasterTest(unittest.TestCase):
    def test_an_equaliser_changes_3_to_9_db(self):
        for recipe in labelled("master_eq"):
            bands = re.search(r"eq=([^;]+)", recipe.parameter)[1]
            for _, db in (band.split(":") for band in bands.split(",")):
                self.assertTrue(3 <= abs(float(db)) <= 9, recipe.parameter)

    def test_copies_of_any_rate_are_the_same_and_have_40_kbps_at_least(self):
        for recipe in labelled("any_"):
            self.assertEqual({label for _, label in recipe.labels}, {"same"})
        for kind, rates in codecs.RATES.items():
            self.assertGreaterEqual(min(rates), -1 if kind == "vorbis" else 40)
        self.assertEqual({t.name for t in masters.TREATMENTS if t.family == "copy"},
                         {f"any_{kind}" for kind in codecs.RATES} | {"any_copy_of_a_copy", "any_two"})


class ScoreTest(unittest.TestCase):
    def song(self):
        return replace(scores.song(3, "full"), touch="first")

    def changed(self, name):
        song = self.song()
        return scores.CHANGES[name][2](song, random_of(name))

    def notes(self, song, part):
        return {n for n in scores.notes_of(song) if n.channel == scores._CHANNEL[part]}

    def test_one_part_alone_is_edited(self):
        for name in ("part_missing", "part_changed", "part_octave"):
            other, _, _ = self.changed(name)
            parts = [part for part in scores.PARTS if self.notes(self.song(), part) != self.notes(other, part)]
            self.assertEqual(len(parts), 1, name)

    def test_notes_differ_in_the_span_alone(self):
        for name in ("part_once", "verse_other", "last_chorus_other", "intro_other", "outro_other"):
            other, _, ((span),) = self.changed(name)
            song = self.song()
            differing = set(scores.notes_of(song)) ^ set(scores.notes_of(other))
            self.assertTrue(differing, name)
            for note in differing:
                at = note.beat * 60 / song.tempo
                self.assertTrue(span.start - 0.2 <= at <= span.start + span.seconds + 0.2, name)

    def test_another_performance_has_the_same_keys(self):
        other, _, _ = self.changed("touch_other")
        keys = lambda song: Counter((n.channel, n.key) for n in scores.notes_of(song))
        self.assertEqual(keys(self.song()), keys(other))
        self.assertNotEqual(scores.notes_of(self.song()), scores.notes_of(other))

    def test_the_last_chorus_is_the_first_one_again(self):
        song = self.song()
        self.assertEqual(scores._notes(song, "lead", "chorus", 8), scores._notes(song, "lead", "chorus2", 8))


class HalfTest(unittest.TestCase):
    def test_all_versions_of_a_song_are_in_one_half(self):
        kin = {music_half.half_of((name, group)) for name, group in sources.KIN.items()}
        self.assertEqual(len(kin), 1)
        for recipe in planned("full"):
            if recipe.labels and len(recipe.tracks) == 1:
                self.assertIn(music_half.half_of(recipe.tracks), (music_half.TUNING, music_half.HELD_OUT))

    def test_music_of_both_halves_is_in_neither(self):
        names = {music_half.half_of((t.name,)): t.name for t in TRACKS}
        self.assertEqual(music_half.half_of(tuple(names.values())), "")
        self.assertEqual(music_half.half_of_pair((names["tuning"],), (names["held_out"],)), "")

    def test_other_music_comes_from_the_same_half(self):
        crossing = [r.file for r in planned("full") if r.labels and not music_half.half_of(r.tracks)]
        self.assertEqual(crossing, [])

    def test_both_halves_have_a_fair_share(self):
        counts = Counter(music_half.half_of((f"song-{number}",)) for number in range(1000))
        self.assertTrue(all(450 < count < 550 for count in counts.values()), counts)


if __name__ == "__main__":
    unittest.main()
