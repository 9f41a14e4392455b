"""manifest.csv, labels.csv and spans.csv: written last, and checked against the files in the folder."""

import csv
import os
from pathlib import Path

from .build import digest
from .music_half import half_of

MANIFEST = ("file", "track", "source_package", "source_version", "licence", "source_file", "family", "treatment",
            "parameter", "seed", "sha256", "half")
LABELS = ("a", "b", "label", "treatment", "family", "half")
SPANS = ("a", "b", "start", "seconds", "level_db")
FAMILIES = {"original", "copy", "shifted", "remaster", "altered", "edit", "version", "negative", "moment", "faint_moment",
            "voice", "soft_voice", "passage", "arrangement", "performance", "channels", "treble", "background", "master"}
KINDS = {"same", "remaster", "altered", "edit", "version", "different"}


def _write(path, columns, rows):
    part = path.with_name(".part-" + path.name)
    with open(part, "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(columns)
        table.writerows(rows)
    os.replace(part, path)


def _read(path, columns):
    with open(path, encoding="utf-8", newline="") as file:
        table = csv.DictReader(file)
        if tuple(table.fieldnames or ()) != columns:
            raise ValueError(f"{path}: its columns are {table.fieldnames}")
        return list(table)


def write(out, recipes, labels, spans, digests):
    """Writes the tables; `digests` maps files to checksums. A `track` with several names is joined by +."""
    rows = [(r.file, "+".join(r.tracks), r.source.package, r.source.version, r.source.licence, r.source.file, r.family,
             r.treatment, r.parameter, r.seed, digests[r.file], half_of(r.tracks))
            for r in sorted(recipes, key=lambda r: r.file)]
    _write(Path(out) / "labels.csv", LABELS, labels)
    _write(Path(out) / "spans.csv", SPANS, spans)
    _write(Path(out) / "manifest.csv", MANIFEST, rows)


def read(out):
    """The rows of the manifest and of the labels as dicts."""
    return _read(Path(out) / "manifest.csv", MANIFEST), _read(Path(out) / "labels.csv", LABELS)


def problems(out):
    """What is wrong with a library, as text; empty if every file and label is as written."""
    out = Path(out)
    rows, labels = read(out)
    files = {row["file"]: row for row in rows}
    found = [] if len(files) == len(rows) else ["a file is listed twice"]
    for row in rows:
        if row["family"] not in FAMILIES:
            found.append(f"{row['file']}: unknown family {row['family']}")
        if not (out / row["file"]).is_file():
            found.append(f"{row['file']}: missing")
        elif digest(out / row["file"]) != row["sha256"]:
            found.append(f"{row['file']}: another checksum")
    lying = {str(path.relative_to(out)) for path in (out / "library").rglob("*") if path.is_file()}
    found += [f"{file}: not in the manifest" for file in sorted(lying - set(files))]
    for row in labels:
        found += [f"{row[side]}: labelled, not in the manifest" for side in ("a", "b") if row[side] not in files]
        if row["label"] not in KINDS:
            found.append(f"{row['a']}, {row['b']}: unknown label {row['label']}")
    return found
