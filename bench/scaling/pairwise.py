"""Rivals that compare one pair after the other: what a comparison costs, and what all pairs of a library would cost."""

import csv
import random

from .programs import pairs_file

RIVALS = ("string_ratio", "exhaustive")
A_YEAR_S = 365.25 * 86_400


def planted(folder):
    """Pairs of track ids by kind."""
    pairs = {}
    with open(folder / "truth.csv", encoding="ascii", newline="") as file:
        for row in csv.DictReader(file):
            ids = tuple(int(row[side].rpartition("/")[2]) + 1 for side in ("a", "b"))
            pairs.setdefault(row["kind"], []).append(ids)
    return pairs


def strangers(tracks, count, known):
    chance = random.Random(1)
    pairs = set()
    while len(pairs) < count:
        pair = tuple(sorted(chance.sample(range(1, tracks + 1), 2)))
        if pair not in known:
            pairs.add(pair)
    return sorted(pairs)


def claims(row):
    return row["found"] and row.get("relation") not in ("insufficient", "unrelated")


def ids_of(row):
    return tuple(int(row[side].rpartition("/")[2]) + 1 for side in ("a", "b"))


def measure(programs, tracks, sizes, cores):
    """@param tracks  of the library that the pairs are taken from
    @param sizes  of the libraries that the cost is computed for"""
    folder = programs.library(tracks, form="store")
    kinds = planted(folder)
    known = {pair for pairs in kinds.values() for pair in pairs}
    others = strangers(tracks, len(known), known)
    rows = []
    for rival in RIVALS:
        with pairs_file(sorted(known) + others) as file:
            *scores, summary = programs.run(f"rival_{rival}", folder, file.name, rows=True)
        found = {ids_of(row) for row in scores if claims(row)}
        per_pair = summary["cpu_s"] / summary["pairs"]
        rows.append({"rival": rival, "pairs": summary["pairs"], "us_per_pair": round(per_pair * 1e6, 2),
                     "recall": {kind: sum(pair in found for pair in pairs) / len(pairs)
                                for kind, pairs in kinds.items()},
                     "false_pairs": sum(pair in found for pair in others), "strangers": len(others),
                     "seconds": {str(n): per_pair * n * (n - 1) / 2 / cores for n in sizes}})
    return rows
