"""Which half of the music a file belongs to: thresholds come from one half, figures from the other."""

import hashlib

from .sources import KIN

TUNING, HELD_OUT = "tuning", "held_out"


def _half(music):
    return (TUNING, HELD_OUT)[hashlib.sha256(f"half of {music}".encode()).digest()[0] % 2]


def half_of(tracks):
    """The half of a file with these names in `track`; "" if it has music of both. All versions of a song, and originals
    that share passages, are in one half."""
    halves = {_half(KIN.get(name, name)) for name in tracks}
    return halves.pop() if len(halves) == 1 else ""


def half_of_pair(tracks_a, tracks_b):
    """The half of a pair; "" if its files have music of both: it counts in neither."""
    return half_of({*tracks_a, *tracks_b})
