"""Compares the ratio of bench/rivals with the difflib of this Python: difflib_equality.py PROGRAM SONG.

PROGRAM is difflib_lines, SONG a music file whose texts are compared. All doubles must be equal.
"""

import difflib
import random
import string
import subprocess
import sys
import tempfile
from pathlib import Path

BASE64 = string.ascii_letters + string.digits + "-_"


def mutated(numbers, text, changes, alphabet):
    letters = list(text)
    for _ in range(changes):
        place = numbers.randrange(len(letters) + 1)
        kind = numbers.randrange(3)
        if kind == 0 or place == len(letters):
            letters.insert(place, numbers.choice(alphabet))
        elif kind == 1:
            letters[place] = numbers.choice(alphabet)
        else:
            del letters[place]
    return "".join(letters)


def random_pairs(numbers):
    for alphabet in ("ab", "abcdefgh", BASE64):
        # From 200 on, difflib ignores popular characters.
        for length in (0, 1, 2, 7, 50, 198, 199, 200, 201, 600, 2500):
            text = "".join(numbers.choices(alphabet, k=length))
            yield text, text
            yield text, "".join(numbers.choices(alphabet, k=length))
            yield text, mutated(numbers, text, 1 + length // 40, alphabet)
            yield mutated(numbers, text, 3, alphabet), text
            yield text, text[length // 3:] + text[:length // 4]
    yield "ab" * 150, "ba" * 150
    yield "x" * 300, "x" * 299 + "y"


def song_texts(song):
    """fpcalc's text for the song itself, as MP3 at two bit rates, and with 0.2 s cut off."""
    with tempfile.TemporaryDirectory() as folder:
        files = [song]
        for number, options in enumerate((["-b:a", "320k"], ["-b:a", "64k"], ["-ss", "0.2", "-b:a", "128k"])):
            file = Path(folder) / f"{number}.mp3"
            subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-i", song, *options, file], check=True)
            files.append(file)
        for file in files:
            # It exits with 3 for short files, although the fingerprint is good.
            said = subprocess.run(["fpcalc", "-plain", file], check=False, capture_output=True, text=True)
            yield said.stdout.strip()


def main(program, song):
    texts = list(song_texts(song))
    if len(texts) != 4 or min(map(len, texts)) < 200:
        sys.exit("FAILED: the song has no long text")
    pairs = list(random_pairs(random.Random(3))) + [(a, b) for a in texts for b in texts]
    lines = "".join(f"{a}\t{b}\n" for a, b in pairs)
    done = subprocess.run([program], input=lines, capture_output=True, text=True, check=True)
    ratios = [float(line) for line in done.stdout.splitlines()]
    wanted = [difflib.SequenceMatcher(None, a, b).ratio() for a, b in pairs]
    if len(ratios) != len(wanted):
        sys.exit(f"FAILED: {len(ratios)} ratios for {len(wanted)} pairs")
    for (a, b), ratio, right in zip(pairs, ratios, wanted):
        if ratio != right:
            sys.exit(f"FAILED: {ratio!r} instead of {right!r} for {a[:60]!r} ({len(a)}) and {b[:60]!r} ({len(b)})")
    if not any(0 < ratio < 0.5 for ratio in wanted[-16:]):
        sys.exit("FAILED: no text of the song is far from another, the popular characters were not tried")
    print(f"{len(pairs)} pairs have Python's own ratio")


main(*sys.argv[1:])
