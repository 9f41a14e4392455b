"""The goals of echofold, and how close it is: sums over treatments, with 95 % intervals. Pure functions."""

from collections import namedtuple
from math import sqrt

# Encoders below 96 kb/s; two_copies uses some of them on one side.
LOW = frozenset(("mp3_64", "mp3_40", "aac_64", "opus_48", "mp3_64_flac", "start_cut_low", "start_pad_low",
                 "two_copies"))
TONE = frozenset(("eq", "speed_0.3", "speed_0.5"))
HALVES = frozenset(("held_chord", "held_note", "near_silent_half"))
MASTERED = frozenset(("eq", "compressor", "limiter", "master_eq", "master_compressor", "master_limiter", "master_loud"))
BEYOND = frozenset(("speed_1.0",))  # part of no goal: 1 % is another tempo, and so is the key

Goal = namedtuple("Goal", "name of count wanted at_least")


def _any_rate(row):
    """Copies of which each has another rate, from 40 kb/s up."""
    return row["family"] == "copy" and row["treatment"].startswith("any_")


def _copies(low):
    return lambda row: (row["family"] in ("copy", "shifted") and row["treatment"] != "fades" and not _any_rate(row)
                        and (row["treatment"] in LOW) == low)


def _remasters(tone):
    return lambda row: (row["family"] == "remaster" and row["treatment"] not in BEYOND
                        and (row["treatment"] in TONE) == tone)


def _family(*names):
    return lambda row: row["family"] in names


def _mastered(row):
    return row["treatment"] in MASTERED


def _moments(row):
    return row["family"] == "altered" and row["treatment"] not in HALVES


def _halves(row):
    return row["family"] == "altered" and row["treatment"] in HALVES


def _speed(*treatments):
    return lambda row: row["treatment"] in treatments


def _share(field):
    return lambda row: round(row[field] * row["n"])


def _listed(row):
    return sum(row["bands"].values())


GOALS = tuple(Goal(f"{what}: {measure}", of, count, wanted, True) for what, of, auto in (
    ("copies from 96 kb/s up", _copies(low=False), 0.995), ("copies below 96 kb/s", _copies(low=True), 0.95),
) for measure, count, wanted in (
    ("candidates", _share("candidates"), 1.0), ("auto or review", _share("auto_or_review"), 1.0),
    ("auto", _share("auto"), auto),
)) + (
    Goal("remasters without equaliser and speed: auto or review", _remasters(tone=False), _share("auto_or_review"),
         0.99, True),
    Goal("equaliser, speed up to 0.5 %: listed", _remasters(tone=True), _listed, 0.97, True),
    Goal("words and moments that differ: auto", _moments, _share("auto"), 0.1, False),
    Goal("quiet or held halves that differ: auto", _halves, _share("auto"), 0.0, False),
    Goal("copies of any codec from 40 kb/s up: auto", _any_rate, _share("auto"), 0.995, True),
    Goal("equaliser, compressor, limiter: remaster in review", _mastered, lambda row: row["remasters_in_review"], 0.97, True),
    Goal("moments of .2 s and more that differ: auto", _family("moment"), _share("auto"), 0.0, False),
    Goal("voices at -12 dB and louder: auto", _family("voice"), _share("auto"), 0.0, False),
    Goal("passages and backgrounds that differ: auto", _family("passage", "background"), _share("auto"), 0.0, False),
    Goal("arrangements and channels: auto", _family("arrangement", "channels"), _share("auto"), 0.0, False),
    Goal("other performances: auto", _family("performance"), _share("auto"), 0.0, False),
    Goal("other sound above 4.5 kHz: auto", _family("treble"), _share("auto"), 0.0, False),
    Goal("played 0.5 and 1 % faster or slower: listed", _speed("played_0.5", "played_1"), _listed, 0.99, True),
    Goal("played 2 % faster or slower: listed", _speed("played_2"), _listed, 0.95, True),
    Goal("played 4 % faster or slower: listed", _speed("played_4"), _listed, 0.9, True),
    Goal("other tempo, up to 4 %: listed", _speed("tempo_1", "tempo_2", "tempo_4"), _listed, 0.9, True),
    Goal("other speeds: auto", _family("speed"), _share("auto"), 0.0, False),
    Goal("edits: auto", _family("edit"), _share("auto"), 0.0, False),
    Goal("edits: right relation", _family("edit"), _share("right_relation"), 0.95, True),
    Goal("versions: auto", _family("version"), _share("auto"), 0.0, False),
    Goal("versions: right relation", _family("version"), _share("right_relation"), 0.95, True),
)


def interval(part, whole, z=1.959964):
    """Wilson's score interval of a share, 95 %: (low, high)."""
    if whole == 0:
        return (0.0, 1.0)
    p, zz = part / whole, z * z / whole
    middle, reach = p + zz / 2, z * sqrt(p * (1 - p) / whole + zz / (4 * whole))
    low, high = (middle - reach) / (1 + zz), (middle + reach) / (1 + zz)
    return (0.0 if part == 0 else round(low, 6), 1.0 if part == whole else round(high, 6))


# Goals that are not reached yet: docs/THRESHOLDS.md ("Listening", "Other speeds") says how close they are.
OPEN = frozenset(("played 4 % faster or slower: listed", "other sound above 4.5 kHz: auto"))


def _row(name, part, whole, wanted, at_least):
    value = part / whole if whole else None
    met = None if value is None else (value >= wanted if at_least else value <= wanted)
    return {"goal": name, "part": part, "n": whole, "value": None if value is None else round(value, 6),
            "interval": interval(part, whole), "wanted": wanted, "at_least": at_least, "met": met}


def reached(treatments, negatives):
    """One row per goal; `met` is None if the library has nothing to measure it with."""
    rows = []
    for goal in GOALS:
        chosen = [row for row in treatments if goal.of(row)]
        part, whole = sum(map(goal.count, chosen)), sum(row["n"] for row in chosen)
        rows.append(_row(goal.name, part, whole, goal.wanted, goal.at_least))
    for band in ("auto", "review"):
        rows.append(_row(f"must not match: {band}", negatives["bands"][band], negatives["pairs"], 0.0, False))
    rows.append(_row("moves that are false", negatives["false_moves"], negatives["moves"], 0.0, False))
    return rows
