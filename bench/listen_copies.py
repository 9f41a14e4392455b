#!/usr/bin/env python3
"""How many honest copies the ear takes for something else: listen_copies.py PROGRAM FOLDER tuning|held_out [TRACKS]

Encodes 60 s of each track of one half of the music (datasets/fetch_music.sh) in many codecs and rates with FFmpeg, and
four times compares two of the copies. Prints one line for each pair that does not sound the same, and a summary by
codec. FOLDER keeps what was made: a second run makes only what is missing.
"""

import collections
import concurrent.futures
import json
import os
import random
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "datasets"))
from labelled.music_half import half_of  # noqa: E402
from labelled.sources import PACKAGES  # noqa: E402

BEGIN_S, SECONDS = 20, 60
STEMS = "fretsonfire-songs-sectoid"  # its files are parts of songs
CODECS = {
    f"{name}_{rate}": (ending, f"-c:a {encoder} {option}{rate}{unit}")
    for name, ending, encoder, option, unit, rates in (
        ("aac", "m4a", "aac", "-b:a ", "k", (48, 64, 96, 128, 192, 256, 320)),
        ("opus", "opus", "libopus", "-b:a ", "k", (40, 48, 64, 96, 128, 192)),
        ("mp3", "mp3", "libmp3lame", "-b:a ", "k", (40, 64, 96, 128, 192, 320)),
        ("mp3_v", "mp3", "libmp3lame", "-q:a ", "", (0,)),
        ("vorbis", "ogg", "libvorbis", "-q:a ", "", (0, 3, 6, 9)),
        ("wma", "wma", "wmav2", "-b:a ", "k", (64, 96, 128, 192)),
        ("ac3", "mka", "ac3", "-b:a ", "k", (128, 192)),
        ("mp2", "mka", "mp2", "-b:a ", "k", (128, 192)))
    for rate in rates
}


def run(*command):
    return subprocess.run(command, capture_output=True, check=False)


def originals(folder, half):
    """A FLAC of each track of this half."""
    music = Path(os.environ.get("ECHOFOLD_MUSIC", Path.home() / ".cache/echofold/music"))
    for package, (short, _) in PACKAGES.items():
        if package == STEMS:
            continue
        for file in sorted((music / package).iterdir()):
            name = f"{short}-{file.stem}"
            if half_of([name]) != half:
                continue
            made = folder / f"{name}.flac"
            if not made.exists():
                run("ffmpeg", "-nostdin", "-v", "error", "-y", "-ss", str(BEGIN_S), "-t", str(SECONDS), "-i", str(file), "-vn",
                    "-ac", "2", "-ar", "44100", "-sample_fmt", "s16", str(made))
            yield made


def copy_of(original, codec):
    ending, options = CODECS[codec]
    copy = original.with_name(f"{original.stem}-{codec}.{ending}")
    if not copy.exists():
        run("ffmpeg", "-nostdin", "-v", "error", "-y", "-i", str(original), "-vn", *options.split(), str(copy))
    return copy


def pairs_of(original):
    """(what, one file, the other)"""
    for codec in CODECS:
        yield codec.rsplit("_", 1)[0], original, copy_of(original, codec)
    choice = random.Random(original.name)
    for _ in range(4):
        one, other = choice.sample(sorted(CODECS), 2)
        yield "two copies", copy_of(original, one), copy_of(original, other)


def hearing(program, one, other):
    line = run(program, "compare", "--format", "ndjson", str(one), str(other)).stdout
    heard = (json.loads(line) if line else {}).get("heard") or {}
    return heard.get("hearing", "not heard"), heard.get("reason")


def main(program, folder, half, most=None):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    counts = collections.defaultdict(collections.Counter)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        def listen(pair):
            return pair, hearing(program, *pair[1:])
        for original in list(originals(folder, half))[:int(most) if most else None]:
            for (what, one, other), (heard, reason) in pool.map(listen, pairs_of(original)):
                counts[what][heard] += 1
                if heard != "same":
                    print(f"{one.name}\t{other.name}\t{heard}\t{reason}")
    pairs = sum(sum(of.values()) for of in counts.values())
    print(json.dumps({"half": half, "pairs": pairs, "same": sum(of["same"] for of in counts.values()), "by_codec": counts}))


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    main(*sys.argv[1:])
