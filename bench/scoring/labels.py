"""A labelled library: which files it has, and what is known about which pairs."""

import copy
import csv
import hashlib
from collections import defaultdict, namedtuple
from pathlib import Path

FAMILIES = ("original", "copy", "shifted", "remaster", "master", "altered", "moment", "faint_moment", "voice", "soft_voice",
            "passage", "background", "arrangement", "performance", "channels", "treble", "speed", "edit", "version", "negative")
LABELS = ("same", "remaster", "altered", "edit", "version", "different")
HALVES = ("tuning", "held_out")

Label = namedtuple("Label", "a b label treatment family")


class LabelError(Exception):
    """The library is invalid; the message names the file."""


def pair_of(a, b):
    """A pair without direction."""
    return (a, b) if a <= b else (b, a)


class Library:
    """manifest.csv and labels.csv of a folder. File names are relative to it."""

    def __init__(self, root):
        self.root = Path(root).resolve()
        self.tracks = {}  # file -> names of the originals in it
        self._halves = {}  # file -> the half of the music that it is of, or ""
        for row in self._rows("manifest.csv", ("file", "track")):
            self.tracks[row["file"]] = frozenset(row["track"].split("+"))
            self._halves[row["file"]] = row.get("half", "")
        self.digest_ = self._digest()
        self._take([Label(*(row[field] for field in Label._fields)) for row in self._rows("labels.csv", Label._fields)])

    def _take(self, labels):
        self.labels = []
        self._by_pair = {}
        self._others = defaultdict(dict)  # file -> the files it has a label with -> that label
        for row in labels:
            self._add(row)

    def has_halves(self):
        return any(self._halves.values())

    def of_half(self, half):
        """What lies in one half of the music: a pair counts if both of its files do."""
        if not self.has_halves():
            raise LabelError(f"{self.root / 'manifest.csv'}: no column half")
        part = copy.copy(self)
        part.tracks = {file: tracks for file, tracks in self.tracks.items() if self._halves[file] == half}
        part._take([row for row in self.labels if row.a in part.tracks and row.b in part.tracks])
        return part

    def expected(self, a, b):
        """One of LABELS, or None if nothing is known about two files that share a track."""
        label = self._by_pair.get(pair_of(a, b))
        if label:
            return label
        return "different" if self.tracks[a].isdisjoint(self.tracks[b]) else None

    def expected_of_move(self, a, b):
        """As `expected`, and what follows from labels with a third file: two copies of one original are the same, a
        copy and an edit of it are an edit."""
        label = self.expected(a, b)
        if label:
            return label
        found = {self._others[a][c] if self._others[b][c] == "same" else self._others[b][c]
                 for c in self._others[a].keys() & self._others[b].keys()
                 if "same" in (self._others[a][c], self._others[b][c])}
        return found.pop() if len(found) == 1 else None

    def labelled(self, *labels):
        return [row for row in self.labels if row.label in labels]

    def digest(self):
        """Distinguishes builds of a library."""
        return self.digest_

    def _digest(self):
        text = hashlib.sha256()
        for name in ("manifest.csv", "labels.csv"):
            text.update((self.root / name).read_bytes())
        return text.hexdigest()

    def _rows(self, name, columns):
        path = self.root / name
        try:
            with open(path, newline="", encoding="utf-8") as file:
                reader = csv.DictReader(file)
                missing = set(columns) - set(reader.fieldnames or ())
                if missing:
                    raise LabelError(f"{path}: no column {', '.join(sorted(missing))}")
                rows = list(reader)
        except OSError as error:
            raise LabelError(f"{path}: {error.strerror}") from error
        for line, row in enumerate(rows, 2):
            if any(row[column] is None for column in columns):
                raise LabelError(f"{path}: line {line}: too few columns")
        return rows

    def _add(self, row):
        where = f"{self.root / 'labels.csv'}: {row.a}, {row.b}"
        for file in (row.a, row.b):
            if file not in self.tracks:
                raise LabelError(f"{where}: {file} is not in manifest.csv")
        if row.label not in LABELS:
            raise LabelError(f"{where}: no such label: {row.label}")
        if self._by_pair.setdefault(pair_of(row.a, row.b), row.label) != row.label or row.a == row.b:
            raise LabelError(f"{where}: contradicts another line or itself")
        self._others[row.a][row.b] = self._others[row.b][row.a] = row.label
        self.labels.append(row)
