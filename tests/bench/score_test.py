"""Tests the numbers of bench/accuracy with handmade labels and output: score_test.py BENCH_FOLDER."""

import sys
import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv.pop(1))

from scoring import goals, rivals, score  # noqa: E402
from scoring.labels import LabelError, Library, pair_of  # noqa: E402
from scoring.pipeline import Pipeline  # noqa: E402

HEAD = "a,b,label,treatment,family\n"


def library(tracks, labels, folder):
    (Path(folder) / "manifest.csv").write_text("file,track\n" + "".join(f"{f},{t}\n" for f, t in tracks.items()))
    (Path(folder) / "labels.csv").write_text(HEAD + "".join(line + "\n" for line in labels))
    return Library(folder)


def listed(band, relation, similarity):
    return {"band": band, "relation": relation, "similarity": similarity, "guard": None}


def output_of(run, library):
    """As a Pipeline: the output for a part of the library."""
    run.statuses = {}
    return Pipeline.of(run, library)


class ScoreTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.tracks = {"a1": "a", "a2": "a", "a3": "a", "a4": "a", "b1": "b", "b2": "b", "c1": "c"}
        self.labels = ["a1,a2,same,mp3,copy", "b1,b2,same,mp3,copy", "a1,a3,same,cut,shifted", "a4,a1,edit,radio,edit"]
        self.run = SimpleNamespace(
            ids={file: number for number, file in enumerate(self.tracks, 1)},
            changed_bits={file: float(number) for number, file in enumerate(self.tracks)},
            candidates={("a1", "a2"): "first", ("a1", "a3"): "later", ("a1", "a4"): "first"},
            pairs={("a1", "a2"): listed("auto", "same_recording", 0.99),
                   ("a1", "a3"): listed("related", "version", 0.9),
                   ("a1", "a4"): listed("related", "edit", 0.97),
                   ("a2", "a3"): listed("review", "same_recording", 0.96)},
            moves=[("a1", "a2"), ("a1", "a3")])

    def library(self, labels=None):
        return library(self.tracks, self.labels if labels is None else labels, self.folder)

    def rows(self):
        return {row["treatment"]: row for row in score.treatments(self.library(), self.run)}

    def test_a_treatment_counts_its_own_pairs(self):
        row = self.rows()["mp3"]
        self.assertEqual((row["n"], row["candidates"], row["auto"], row["auto_or_review"]), (2, 0.5, 0.5, 0.5))
        self.assertEqual((row["similarity_median"], row["similarity_worst"], row["wrong_relation"]), (0.99, 0.99, 0))

    def test_another_relation_is_wrong(self):
        row = self.rows()["cut"]
        self.assertEqual((row["listed"], row["right_relation"], row["wrong_relation"]), (1, 0, 1))
        self.assertEqual(row["relations"], {"version": 1})

    def test_the_direction_of_a_label_does_not_matter(self):
        row = self.rows()["radio"]
        self.assertEqual((row["right_relation"], row["auto_or_review"], row["wrong_relation"]), (1, 0, 0))

    def test_a_remaster_belongs_in_review(self):
        labels = [*self.labels, "a2,a4,remaster,master_eq,master", "a3,a4,remaster,eq,remaster",
                  "a2,a3,remaster,limiter,remaster"]
        self.run.pairs[("a2", "a4")] = listed("review", "remaster", 0.96)
        self.run.pairs[("a3", "a4")] = listed("auto", "same_recording", 0.99)
        self.run.moves = [("a3", "a4")]
        known = self.library(labels)
        rows = {row["goal"]: row for row in goals.reached(score.treatments(known, self.run), score.negatives(known, self.run))}
        row = rows["equaliser, compressor, limiter: remaster in review"]
        self.assertEqual((row["part"], row["n"], row["met"]), (1, 3, False), "another relation in review is not enough")
        self.assertEqual(rows["moves that are false"]["part"], 0, "counted beside")
        self.assertEqual(score.negatives(known, self.run)["remasters_moved"], [["a3", "a4"]])
        missed = [(row["a"], row["b"]) for row in score.misses(known, self.run) if row["label"] == "remaster"]
        self.assertEqual(missed, [("a3", "a4")])

    def test_copies_of_any_rate_have_a_goal_of_their_own(self):
        known = self.library(["a1,a2,same,any_mp3,copy", "a1,a3,same,mp3_128,copy", "a1,a4,altered,moment_muted,moment"])
        self.run.pairs[("a1", "a4")] = listed("auto", "same_recording", 0.99)
        rows = {row["goal"]: row for row in goals.reached(score.treatments(known, self.run), score.negatives(known, self.run))}
        self.assertEqual(rows["copies of any codec from 40 kb/s up: auto"]["part"], 1)
        self.assertEqual(rows["copies from 96 kb/s up: auto"]["n"], 1)
        self.assertEqual(rows["moments of .2 s and more that differ: auto"]["met"], False)
        self.assertLessEqual(goals.OPEN, set(rows))

    def test_a_half_has_the_pairs_whose_files_are_both_in_it(self):
        halves = {"a1": "tuning", "a2": "tuning", "a3": "", "a4": "tuning", "b1": "held_out", "b2": "held_out", "c1": "tuning"}
        self.library()
        (Path(self.folder) / "manifest.csv").write_text(
            "file,track,half\n" + "".join(f"{f},{t},{halves[f]}\n" for f, t in self.tracks.items()))
        known = Library(self.folder)
        tuning, held_out = known.of_half("tuning"), known.of_half("held_out")
        self.assertEqual([(row.a, row.b) for row in tuning.labels], [("a1", "a2"), ("a4", "a1")])
        self.assertEqual([(row.a, row.b) for row in held_out.labels], [("b1", "b2")])
        run = output_of(self.run, tuning)
        self.assertEqual((sorted(run.ids), run.moves), (["a1", "a2", "a4", "c1"], [("a1", "a2")]))
        self.assertEqual(score.negatives(tuning, run)["pairs"], 3, "c1 with each of a1, a2, a4")
        self.assertEqual(score.negatives(held_out, output_of(self.run, held_out))["pairs"], 0)

    def test_a_library_without_halves_has_no_half(self):
        known = self.library()
        self.assertFalse(known.has_halves())
        with self.assertRaises(LabelError):
            known.of_half("tuning")

    def test_misses_are_what_is_not_where_it_belongs(self):
        missed = [(row["a"], row["b"], row["candidate"]) for row in score.misses(self.library(), self.run)]
        self.assertEqual(missed, [("b1", "b2", False), ("a1", "a3", True)])

    def test_an_altered_copy_may_be_asked_about_and_never_moved(self):
        labels = [*self.labels, "a2,a4,altered,words_muted,altered", "a3,a4,altered,held_chord,altered"]
        self.run.pairs[("a2", "a4")] = listed("auto", "same_recording", 0.99)
        self.run.pairs[("a3", "a4")] = listed("review", "same_recording", 0.99)
        self.run.moves = [("a2", "a4")]
        known = self.library(labels)
        rows = {row["goal"]: row for row in goals.reached(score.treatments(known, self.run), score.negatives(known, self.run))}
        self.assertEqual(rows["words and moments that differ: auto"]["part"], 1)
        self.assertEqual((rows["quiet or held halves that differ: auto"]["part"], rows["edits: auto"]["part"]), (0, 0))
        self.assertEqual(rows["moves that are false"]["part"], 0, "counted beside")
        self.assertEqual(score.negatives(known, self.run)["altered_moved"], [["a2", "a4"]])
        missed = [(row["a"], row["b"]) for row in score.misses(known, self.run) if row["label"] == "altered"]
        self.assertEqual(missed, [("a2", "a4")])

    def test_a_file_without_fingerprint_is_told(self):
        del self.run.ids["b2"]
        self.assertEqual(self.rows()["mp3"]["not_fingerprinted"], 1)

    def test_pairs_of_one_track_are_no_negatives(self):
        numbers = score.negatives(self.library(), self.run)
        self.assertEqual((numbers["pairs"], numbers["false_pairs"]), (21 - 6 - 1, 0))
        self.assertEqual((numbers["moves"], numbers["false_moves"], numbers["moves_not_counted"]), (2, 0, 0))

    def test_moves_among_copies_and_edits_follow_from_their_labels_with_the_original(self):
        self.run.moves = [("a2", "a3"), ("a2", "a4"), ("a3", "a2")]
        numbers = score.negatives(self.library(), self.run)
        self.assertEqual((numbers["moves"], numbers["false_moves"]), (3, 1))
        self.assertEqual(numbers["moved"], [["a2", "a4"]])

    def test_goals_count_over_treatments_and_can_be_missed(self):
        rows = {row["goal"]: row for row in goals.reached(score.treatments(self.library(), self.run),
                                                          score.negatives(self.library(), self.run))}
        auto = rows["copies from 96 kb/s up: auto"]
        self.assertEqual((auto["part"], auto["n"], auto["met"]), (1, 3, False))
        self.assertEqual(rows["edits: right relation"]["met"], True)
        self.assertIsNone(rows["versions: auto"]["met"], "nothing to measure it on")
        self.assertEqual(rows["must not match: auto"]["met"], True)

    def test_wilsons_interval(self):
        for part, whole, low, high in ((0, 10, 0, 0.277533), (5, 10, 0.236593, 0.763407), (10, 10, 0.722467, 1)):
            self.assertEqual([round(end, 5) for end in goals.interval(part, whole)], [round(low, 5), round(high, 5)])

    def test_a_file_of_two_tracks_is_no_negative_of_either(self):
        self.tracks["b2"] = "b+a"  # not a negative of a1 to a4 and b1, but one of c1
        numbers = score.negatives(self.library(), self.run)
        self.assertEqual(numbers["pairs"], 14 - 4)
        self.assertEqual(len(score.Negatives(self.library(), self.run).sample(100)), 10)
        self.assertEqual(sum(row["pairs"] for row in numbers["deciles"]), 10)

    def test_false_pairs_and_moves_stand_in_the_decile_of_the_sparser(self):
        self.run.pairs[("a3", "c1")] = listed("auto", "same_recording", 0.98)
        self.run.pairs[("b1", "c1")] = listed("related", "insufficient", 0.9)
        self.tracks["b2"] = "b+a"
        self.run.moves += [("a3", "c1"), ("a1", "a4"), ("a2", "b2")]
        numbers = score.negatives(self.library(), self.run)
        self.assertEqual((numbers["false_pairs"], numbers["insufficient"]), (1, 1))
        self.assertEqual(numbers["false_pairs_per_million"], round(1e6 / 10, 4))
        self.assertEqual((numbers["moves"], numbers["false_moves"], numbers["moves_not_counted"]), (4, 2, 1))
        self.assertEqual(numbers["false_moves_per_1000"], 500)
        false = {row["decile"]: row["false_pairs"] for row in numbers["deciles"]}
        self.assertEqual([decile for decile, count in false.items() if count], [2 * 10 // 7 + 1])
        self.assertEqual(sum(row["pairs"] for row in numbers["deciles"]), numbers["pairs"])

    def test_a_label_wins_over_the_name_of_the_track(self):
        labels = self.labels + ["a2,a4,different,other,negative", "b1,c1,version,remix,version"]
        numbers = score.negatives(self.library(labels), self.run)
        self.assertEqual(numbers["pairs"], 14 + 1 - 1)

    def test_the_sample_is_of_negatives_and_always_the_same(self):
        negatives = score.Negatives(self.library(), self.run)
        everything = negatives.sample(100)
        self.assertEqual(len(everything), 14)
        some = negatives.sample(5)
        self.assertEqual(some, score.Negatives(self.library(), self.run).sample(5))
        self.assertEqual(len(set(some)), 5)
        self.assertLessEqual(set(some), set(everything))

    def test_a_rival_is_scored_on_the_pairs_it_was_given(self):
        def compare(name, pairs):
            right = {pair_of("a1", "a2"): 0.9, pair_of("a1", "a3"): 0.4, pair_of("a1", "c1"): 0.5}
            scores = {pair: {"score": right.get(pair, 0), "found": right.get(pair, 0) >= 0.5} for pair in pairs}
            return scores, {"pairs": len(pairs), "cpu_s": 0.001 * len(pairs), "searched": False}
        self.run.rival = compare
        row, _ = rivals.score_rival("any", self.library(), self.run, 100)
        self.assertEqual((row["negatives"], row["false_pairs"], row["us_per_pair"]), (14, 1, 1000))
        self.assertEqual(row["found_of_same"], round(1 / 3, 6))
        self.assertEqual(row["found_of_same_without_false"], round(1 / 3, 6))

    def test_what_a_judging_rival_does_not_claim_has_no_score(self):
        def compare(name, pairs):
            rows = {pair_of("a1", "a2"): ("same_recording", 0.9), pair_of("a1", "c1"): ("insufficient", 1.0),
                    pair_of("a1", "a3"): ("insufficient", 1.0)}
            scores = {pair: {"score": score, "found": True, "relation": relation}
                      for pair, (relation, score) in rows.items() if pair in pairs}
            return scores, {"pairs": len(pairs), "cpu_s": 1, "searched": False}
        self.run.rival = compare
        row, _ = rivals.score_rival("any", self.library(), self.run, 100)
        self.assertEqual(row["false_pairs"], 0)
        self.assertEqual((row["found_of_same"], row["found_of_same_without_false"]), (round(1 / 3, 6), round(1 / 3, 6)))

    def test_candidates_missed_are_those_that_the_exhaustive_search_relates(self):
        scores = {("a1", "a2"): {"found": True, "relation": "same_recording"},
                  ("b1", "b2"): {"found": True, "relation": "version"},
                  ("a1", "c1"): {"found": True, "relation": "insufficient"},
                  ("a2", "c1"): {"found": False, "relation": "unrelated"}}
        self.assertEqual(rivals.candidates_missed(scores, self.run), [("b1", "b2")])

    def test_labels_that_contradict_are_refused(self):
        for line in ("a2,a1,edit,mp3,copy", "a1,x,same,mp3,copy", "a1,a4,alike,mp3,copy", "c1,c1,same,mp3,copy", "a1,a2"):
            with self.assertRaises(LabelError, msg=line):
                self.library(self.labels + [line])


unittest.main()
