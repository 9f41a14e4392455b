#!/usr/bin/env python3
"""What a scan costs that finds nothing new.

    unchanged_scan.py [--files N] [--rounds N] [--work DIR] [--echofold PROGRAM]

Makes a tree of albums of ten small files, real WAV files of a tenth of a second, and scans them once with echofold,
which then knows them like any other track (`too_short`). Then it alternates a scan of the unchanged tree with `find
-printf` of what a stamp consists of: device, inode, size, time of the last change, name. Prints one line of JSON with
the median of the rounds' ratios.

The tree of 500,000 files takes 2 GB and some minutes to make and to scan first. With --work, the tree and the library
are kept for the next run.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
import wave

from scoring import machine

TOP = pathlib.Path(__file__).resolve().parent.parent
TRACKS = 10  # per album
ALBUMS = 10  # per artist


def small_wave(folder):
    path = folder / "one.wav"
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(1)
        out.setframerate(8000)
        out.writeframes(bytes(range(256)) * 3)
    return path.read_bytes()


def make_tree(tree, files):
    """Existing files of an earlier run are kept."""
    content = small_wave(tree.parent)
    for number in range(files):
        album, track = divmod(number, TRACKS)
        folder = tree / f"artist {album // ALBUMS:06}" / f"album {album % ALBUMS:02}"
        path = folder / f"{track + 1:02} a track of some usual name {number:07}.wav"
        if track == 0:
            folder.mkdir(parents=True, exist_ok=True)
        try:
            with open(path, "xb") as out:
                out.write(content)
        except FileExistsError:
            pass


def seconds(command):
    start = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - start


def scan_once(command, files):
    """Scans until the library knows all files. @return seconds of the scan that read them, or None"""
    start = time.monotonic()
    first = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    first_s = time.monotonic() - start
    second = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    if f"{files} unchanged" not in second:
        sys.exit(f"the second scan should find {files} files unchanged: {second}")
    return None if f"{files} unchanged" in first else round(first_s, 1)


def measure(arguments, work):
    tree = work / "tree"
    tree.mkdir(parents=True, exist_ok=True)
    make_tree(tree, arguments.files)
    scan = [str(arguments.echofold), "--db", str(work / "db"), "--progress", "never", "scan", str(tree)]
    find = ["find", str(tree), "-type", "f", "-printf", r"%D %i %s %T@ %p\n"]
    first_s = scan_once(scan, arguments.files)
    rounds = [[round(seconds(command), 3) for command in (find, scan)] for _ in range(arguments.rounds)]
    ratios = [scan_s / find_s for find_s, scan_s in rounds]
    return {"schema": "echofold.bench.unchanged_scan/1", "files": arguments.files, "first_scan_s": first_s,
            "find_scan_s": rounds, "median_find_s": statistics.median(r[0] for r in rounds),
            "median_scan_s": statistics.median(r[1] for r in rounds), "median_ratio": round(statistics.median(ratios), 3),
            "machine": machine.describe(TOP, {})}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=500_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--work", type=pathlib.Path, help="where tree and library are made, and stay; else a temporary folder")
    parser.add_argument("--echofold", type=pathlib.Path, default=TOP / "build/release/tools/echofold")
    arguments = parser.parse_args()
    if arguments.work:
        print(json.dumps(measure(arguments, arguments.work.resolve())))
        return
    with tempfile.TemporaryDirectory() as work:
        print(json.dumps(measure(arguments, pathlib.Path(work).resolve())))


if __name__ == "__main__":
    main()
