"""The Debian packages, their tracks, and how these are related."""

import csv
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

from .model import Source, seed_of

HERE = Path(__file__).resolve().parent.parent

# package -> (short name, licence of the music according to its copyright file)
PACKAGES = {
    "wesnoth-1.16-music": ("wesnoth", "GPL-2+"),
    "warzone2100-music": ("warzone", "GPL-2+"),
    "singularity-music": ("singularity", "CC-BY-SA-3.0"),
    "hyperrogue-music": ("hyperrogue", "CC-BY-SA-3.0"),
    "pushover-data": ("pushover", "GPL-3+"),
    "fretsonfire-songs-sectoid": ("fretsonfire", "MIT"),
    "asc-music": ("asc", "GPL-2+"),
}

# Other versions in the packages themselves: version -> (original, treatment). Both run at the same offset.
TWINS = {
    "warzone-track3_enhanced": ("warzone-track3", "remix"),
    "warzone-menu_enhanced": ("warzone-menu", "long_short"),
}

# Originals that share passages of 15 s or more (bit error rate at most .24 in music that moves): pairs of them are
# neither the same nor different.
KIN = {name: "warzone-shared_passages" for name in
       ("warzone-track4", "warzone-track7", "warzone-track9", "warzone-track10", "warzone-track15", "warzone-track18")}

# The small library: these, each cut to 60 s from the given second on.
SMALL = {
    "singularity-Nebula": 15,
    "warzone-track3": 60,
    "warzone-track3_enhanced": 60,
    "warzone-menu": 20,
    "warzone-menu_enhanced": 20,
    "fretsonfire-Metal_madness": 30,
}
SMALL_SECONDS = 60
MEDIUM_SECONDS = 60  # the medium library: a third of them, half cut at the start and half at the end


@dataclass(frozen=True)
class Material:
    """An original before it is made: one file, or the stems (backing, guitar) to mix."""

    name: str
    files: tuple
    source: Source
    begin: float = 0
    seconds: float = 0  # 0: whole


def fetch(music, size):
    """Runs fetch_music.sh for what the size needs; raises CalledProcessError if it fails."""
    packages = list(PACKAGES)
    if size == "small":
        shorts = {name.split("-")[0] for name in SMALL}
        packages = [package for package in packages if PACKAGES[package][0] in shorts]
    subprocess.run(["bash", str(HERE / "fetch_music.sh"), str(music), *packages], check=True, stdout=subprocess.DEVNULL)
    return packages


def _stems(rows):
    """song -> its backing and its guitar."""
    songs = {}
    for row in rows:
        stem = Path(row["file"]).stem
        song, _, part = stem.rpartition("-")
        songs.setdefault(song, {})[part] = row
    return {song: (parts["song"], parts["guitar"]) for song, parts in songs.items() if {"song", "guitar"} <= set(parts)}


def _package_materials(music, package):
    short, licence = PACKAGES[package]
    folder = Path(music).resolve() / package
    with open(folder / "manifest.tsv", encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    found = []
    if short == "fretsonfire":
        for song, parts in _stems(rows).items():
            source = Source(package, parts[0]["version"], licence, parts[0]["path_in_package"])
            found.append(Material(f"{short}-{song}", tuple(str(folder / part["file"]) for part in parts), source))
        return found
    for row in rows:
        source = Source(package, row["version"], licence, row["path_in_package"])
        found.append(Material(f"{short}-{Path(row['file']).stem}", (str(folder / row["file"]),), source))
    return found


def _duration_s(file):
    query = ("ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", file)
    return float(subprocess.run(query, check=True, capture_output=True, text=True).stdout)


def _medium(found):
    """A third of the originals, half from their starts and half from their ends: many errors occur in quiet passages,
    and music is quiet at its ends. Twins run at the same offset, so both are included and cut at their start."""
    twins = set(TWINS) | {original for original, _ in TWINS.values()}
    for material in found:
        seed = seed_of(material.name)
        if material.name in twins:
            yield replace(material, seconds=MEDIUM_SECONDS)
        elif seed % 3 == 0:
            at_end = seed // 3 % 2 == 0
            begin = max(0.0, round(_duration_s(material.files[0]) - MEDIUM_SECONDS, 3)) if at_end else 0
            yield replace(material, begin=begin, seconds=MEDIUM_SECONDS)


def _some(found, count):
    """`count` originals (None: all) by a hash of their names, and their twins."""
    if count is None:
        return found
    originals = sorted({TWINS.get(m.name, (m.name,))[0] for m in found}, key=lambda name: seed_of(f"some/{name}"))[:count]
    return [material for material in found if TWINS.get(material.name, (material.name,))[0] in originals]


def materials(music, packages, size, count=None):
    """Every original of the size, or `count` of them, sorted by name."""
    found = [material for package in packages for material in _package_materials(music, package)]
    found.sort(key=lambda material: material.name)
    if size == "full":
        return _some(found, count)
    if size == "medium":
        return _some(list(_medium(found)), count)
    small = [Material(m.name, m.files, m.source, SMALL[m.name], SMALL_SECONDS) for m in found if m.name in SMALL]
    missing = set(SMALL) - {material.name for material in small}
    if missing:
        raise LookupError(f"the packages no longer hold {', '.join(sorted(missing))}")
    return _some(small, count)


def copy_licences(music, packages, out):
    """Copies each package's copyright file into the library."""
    folder = Path(out) / "licences"
    folder.mkdir(parents=True, exist_ok=True)
    for package in packages:
        (folder / package).write_bytes((Path(music) / package / "copyright").read_bytes())
