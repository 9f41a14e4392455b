"""What is planned before anything is made: tracks, recipes for files, labels of pairs."""

import hashlib
import random
from dataclasses import dataclass
from functools import cached_property
from typing import Callable

SILENT_DB = -50.0  # a second with a lower peak does not count as audible


@dataclass(frozen=True)
class Source:
    """Where audio comes from: a Debian package, or (with an empty `package`) synthesis."""

    package: str = ""
    version: str = ""
    licence: str = "synthesised"
    file: str = ""


@dataclass(frozen=True)
class Recipe:
    """One file and how it is made.

    `steps` are commands without a shell. In them @in0, @in1, ... stand for `inputs` (paths relative to the library,
    or absolute), @out for the file, @midi for `midi` written to a file, any other @name for a temporary file.
    `tracks` names every original in the file; `labels` are (other file, label) pairs; `spans` say where it differs.
    """

    file: str
    tracks: tuple
    family: str
    treatment: str
    parameter: str
    seed: int
    source: Source
    steps: tuple
    inputs: tuple = ()
    midi: bytes = b""
    labels: tuple = ()
    spans: tuple = ()


@dataclass(frozen=True)
class Span:
    """A stretch of a file that differs from the other file of its pair, in the file's own time."""

    start: float
    seconds: float
    level_db: float = 0.0  # the music there, against the median of its track


@dataclass(frozen=True)
class Track:
    """A measured original: peaks in dB for each whole second of the middle and of the side channel."""

    name: str
    file: str
    source: Source
    seconds: float
    mid_db: tuple
    side_db: tuple
    kin: tuple = ()    # names of material that other originals also contain
    stems: tuple = ()  # files of backing and guitar, if the original was mixed from them
    stems_cut: str = ""  # the filter that cuts them in the same way as the original
    rms_db: tuple = ()   # the level of the middle in each tenth of a second

    def names(self):
        return (self.name, *self.kin)

    def audible(self, begin, end):
        """Seconds between `begin` and `end` that are not silent."""
        return sum(1 for db in self.mid_db[int(begin):int(end)] if db > SILENT_DB)

    def level_db(self):
        """The median peak of its audible seconds."""
        loud = sorted(db for db in self.mid_db if db > SILENT_DB)
        return loud[len(loud) // 2] if loud else SILENT_DB

    @cached_property
    def median_rms_db(self):
        """The median level of its audible tenths of seconds."""
        loud = sorted(db for db in self.rms_db if db > SILENT_DB)
        return loud[len(loud) // 2] if loud else SILENT_DB

    def span_db(self, begin, end):
        """(lowest, highest) level between two times, against the median; the lowest possible where nothing was measured."""
        cells = self.rms_db[int(10 * begin):max(int(10 * end + 0.999), int(10 * begin) + 1)] or (-99.0,)
        return min(cells) - self.median_rms_db, max(cells) - self.median_rms_db

    def is_stereo(self):
        """The sides have music of their own: cancelling the middle leaves more than a trace."""
        sides = sorted(self.side_db)
        return bool(sides) and sides[len(sides) // 2] > max(self.level_db() - 20, SILENT_DB)


@dataclass(frozen=True)
class Made:
    """The result of a treatment: how the file is made, without its name and folder."""

    extension: str
    parameter: str
    steps: tuple
    inputs: tuple
    partner: object = None  # the other Track that it contains
    midi: bytes = b""
    spans: tuple = ()
    partners: tuple = ()  # further Tracks that it contains and is labelled with
    heard: tuple = ()     # further Tracks that it contains, of which no label says anything
    base: object = None   # the Made that it is compared with, in place of the tracks


@dataclass(frozen=True)
class Treatment:
    """`make(track, rng, others)` returns a Made, or None if the track is not suitable.

    `share` is the part of the tracks that the medium and the full library treat; the small one treats all, or `few`.
    """

    name: str
    family: str
    label: str
    make: Callable
    share: float = 1.0
    min_seconds: float = 0.0
    few: int = 0  # how many tracks the small library treats; 0: all


def seed_of(name):
    """A seed that depends only on the name: the same on every machine and in every run."""
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16)


def random_of(name):
    return random.Random(seed_of(name))
