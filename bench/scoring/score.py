"""Computes the numbers from labels and from the output of the pipeline. Pure: no file, no clock."""

import random
import statistics
from collections import Counter

from .goals import interval
from .labels import FAMILIES, pair_of

RIGHT_RELATION = {"same": "same_recording", "remaster": "remaster", "altered": "same_recording", "edit": "edit",
                  "version": "version"}
NOT_FALSE = (None, "same", "remaster", "altered")  # moves of these are no false moves; some are counted separately
BANDS = ("auto", "review", "related")
NAMES_KEPT = 200  # of each list of pairs in the result


def share(part, whole):
    return round(part / whole, 6) if whole else None


def rate(part, whole, per):
    return round(part * per / whole, 4) if whole else None


def is_false(row):
    """Listed as more than "cannot tell"."""
    return row["relation"] != "insufficient"


def by_treatment(library, *labels):
    """(family, treatment, label) -> pairs; families in their order, treatments in that of labels.csv."""
    groups = {}
    for row in library.labelled(*labels):
        groups.setdefault((row.family, row.treatment, row.label), []).append(pair_of(row.a, row.b))
    order = {family: place for place, family in enumerate(FAMILIES)}
    return dict(sorted(groups.items(), key=lambda item: order.get(item[0][0], len(order))))


def treatment_row(key, pairs, run):
    family, treatment, label = key
    listed = [run.pairs[pair] for pair in pairs if pair in run.pairs]
    bands = Counter(row["band"] for row in listed)
    relations = Counter(row["relation"] for row in listed)
    similarities = sorted(row["similarity"] for row in listed)
    right = relations[RIGHT_RELATION[label]]
    n = len(pairs)
    return {
        "family": family, "treatment": treatment, "label": label, "n": n,
        "not_fingerprinted": sum(a not in run.ids or b not in run.ids for a, b in pairs),
        "candidates": share(sum(pair in run.candidates for pair in pairs), n),
        "auto": share(bands["auto"], n),
        "auto_or_review": share(bands["auto"] + bands["review"], n),
        "listed": share(len(listed), n),
        "right_relation": share(right, n),
        "wrong_relation": len(listed) - right,
        "auto_interval": interval(bands["auto"], n),
        "auto_or_review_interval": interval(bands["auto"] + bands["review"], n),
        "right_interval": interval(right, n),
        "bands": {band: bands[band] for band in BANDS},
        "relations": dict(sorted(relations.items())),
        "remasters_in_review": sum(row["band"] == "review" and row["relation"] == "remaster" for row in listed),
        "similarity_median": round(statistics.median(similarities), 4) if similarities else None,
        "similarity_worst": similarities[0] if similarities else None,
    }


def treatments(library, run):
    groups = by_treatment(library, *RIGHT_RELATION)
    return [treatment_row(key, pairs, run) for key, pairs in groups.items()]


def misses(library, run):
    """Labelled pairs that are in the wrong place: copies outside auto and review, remasters outside review, altered ones
    in auto, others with another relation."""
    out = []
    for row in library.labelled(*RIGHT_RELATION):
        line = run.pairs.get(pair_of(row.a, row.b))
        if row.label == "same":
            fine = line and line["band"] in ("auto", "review")
        elif row.label == "remaster":
            fine = line and line["band"] == "review"
        elif row.label == "altered":
            fine = line is None or line["band"] != "auto"
        else:
            fine = line and line["relation"] == RIGHT_RELATION[row.label] and line["band"] == "related"
        if not fine:
            out.append({"a": row.a, "b": row.b, "label": row.label, "treatment": row.treatment,
                        "candidate": pair_of(row.a, row.b) in run.candidates, **described(line)})
    return out


def described(line):
    fields = ("relation", "band", "guard", "similarity")
    return {field: line.get(field) if line else None for field in fields}


class Negatives:
    """Pairs of fingerprinted files that must not match, by the sparseness of the sparser file."""

    def __init__(self, library, run):
        self.library, self.run = library, run
        self.files = sorted(run.ids, key=lambda file: (run.changed_bits[file], file))
        self.places = {file: place for place, file in enumerate(self.files)}

    def decile(self, a, b):
        return min(self.places[a], self.places[b]) * 10 // len(self.files)

    def pairs_by_decile(self):
        """Counted, not listed: their number is quadratic in the number of files."""
        counts, later = Counter(), Counter()
        for place in range(len(self.files) - 1, -1, -1):
            tracks = self.library.tracks[self.files[place]]
            apart = sum(count for others, count in later.items() if tracks.isdisjoint(others))
            counts[place * 10 // len(self.files)] += apart
            later[tracks] += 1
        for pair in {pair_of(row.a, row.b) for row in self.library.labels}:
            if pair[0] in self.places and pair[1] in self.places:
                by_track = self.library.tracks[pair[0]].isdisjoint(self.library.tracks[pair[1]])
                by_label = self.library.expected(*pair) == "different"
                counts[self.decile(*pair)] += by_label - by_track
        return counts

    def sample(self, most):
        """At most this many pairs, always the same ones; all if there are no more."""
        total = sum(self.pairs_by_decile().values())
        if total <= most:
            return [pair_of(a, b) for i, a in enumerate(self.files) for b in self.files[i + 1:]
                    if self.library.expected(a, b) == "different"]
        chosen, numbers = set(), random.Random(1)
        while len(chosen) < most:
            pair = pair_of(*numbers.sample(self.files, 2))
            if self.library.expected(*pair) == "different":
                chosen.add(pair)
        return sorted(chosen)


def negatives(library, run):
    """False pairs and false moves, in total and by decile."""
    all_pairs = Negatives(library, run)
    false = {pair: row for pair, row in run.pairs.items() if library.expected(*pair) == "different"}
    told = {pair: row for pair, row in false.items() if is_false(row)}
    moves = [(pair, library.expected_of_move(*pair)) for pair in (pair_of(*move) for move in run.moves)]
    counted = [pair for pair, label in moves if label]
    altered = [pair for pair, label in moves if label == "altered"]
    remasters = [pair for pair, label in moves if label == "remaster"]
    wrong = [pair for pair, label in moves if label not in NOT_FALSE]
    per_decile = all_pairs.pairs_by_decile()
    count = lambda pairs: Counter(all_pairs.decile(*pair) for pair in pairs)
    tallies = (count(told), count(counted), count(wrong))
    deciles = []
    for number in range(10):
        bits = [run.changed_bits[file] for file in all_pairs.files
                if all_pairs.places[file] * 10 // len(all_pairs.files) == number]
        if bits:
            deciles.append({"decile": number + 1, "changed_bits_from": bits[0], "changed_bits_to": bits[-1],
                            **rates(per_decile[number], *(tally[number] for tally in tallies))})
    return {
        **rates(sum(per_decile.values()), len(told), len(counted), len(wrong)),
        "bands": {band: sum(row["band"] == band for row in told.values()) for band in BANDS},
        "insufficient": len(false) - len(told),
        "moves_not_counted": len(moves) - len(counted),
        "altered_moved": named_pairs(altered),
        "remasters_moved": named_pairs(remasters),
        "deciles": deciles,
        "listed": named(told.items()),
        "moved": named_pairs(wrong),
    }


def rates(pairs, false_pairs, moves, false_moves):
    return {"pairs": pairs, "false_pairs": false_pairs,
            "false_pairs_per_million": rate(false_pairs, pairs, 1_000_000),
            "moves": moves, "false_moves": false_moves,
            "false_moves_per_1000": rate(false_moves, moves, 1000)}


def named_pairs(pairs):
    return [list(pair) for pair in pairs[:NAMES_KEPT]]


def named(rows):
    worst = sorted(rows, key=lambda item: (BANDS.index(item[1]["band"]), -item[1]["similarity"], item[0]))
    return [{"a": a, "b": b, **described(row)} for (a, b), row in worst[:NAMES_KEPT]]
