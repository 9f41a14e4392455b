#!/usr/bin/env python3
"""Scans damaged files: run.py --program ECHOFOLD [--count 10000] [--seed 1] [--keep FOLDER]

Makes `--count` damaged files from small clips of every format, scans them in portions, and checks that no run is
aborted, that each file gives one row, that each failure has a reason, and that none takes more than 20 s. Prints what
became of the files, and every file whose decoder crashed or ran into a limit; those are kept in --keep. Exits with 1
if a check fails. The files depend only on the seed and on ffmpeg's encoders.
"""
import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time

from clips import make_clips
from mutate import mutated

CLIP = pathlib.Path(__file__).resolve().parent.parent / "data" / "nebula.ogg"
PORTION = 2000
LONGEST_S = 20


def scan(program, work, files):
    """Rows by name, and the longest time between two rows: no file can have taken longer than that."""
    command = [program, "--db", work / "db", "-q", "scan", "--format", "ndjson", files]
    rows, longest, last = [], 0.0, time.monotonic()
    with (tempfile.TemporaryFile("w+", dir=work) as errors,
          subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True) as process):
        for line in process.stdout:
            now = time.monotonic()
            longest, last = max(longest, now - last), now
            rows.append(json.loads(line))
        process.wait()
        errors.seek(0)
        return process.returncode, rows, errors.read(), longest


def check(code, rows, errors, longest, wanted):
    """What is wrong, as a list of sentences."""
    wrong = []
    if code not in (0, 1):
        wrong.append(f"the scan ended with {code}: {errors[-500:]}")
    paths = collections.Counter(pathlib.Path(row["path"]).name for row in rows)
    if sorted(paths) != wanted or max(paths.values(), default=0) > 1:
        wrong.append(f"{len(paths)} rows of {len(wanted)} files, {sum(paths.values())} in all")
    for row in rows:
        if (row["status"] == "failed") != bool(row["error"]):
            wrong.append(f"{row['path']}: {row['status']}, {row['error']}")
    if longest > LONGEST_S:
        wrong.append(f"{longest:.1f} s without a row")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, type=pathlib.Path)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=pathlib.Path)
    options = parser.parse_args()

    statuses, reasons, notable, wrong = collections.Counter(), collections.Counter(), [], []
    slowest, start = 0.0, time.monotonic()
    with tempfile.TemporaryDirectory(prefix="echofold-malformed-") as folder:
        work = pathlib.Path(folder)
        (work / "clips").mkdir()
        clips = make_clips(CLIP, work / "clips")
        for first in range(0, options.count, PORTION):
            with tempfile.TemporaryDirectory(dir=work) as portion:
                files = pathlib.Path(portion) / "files"
                files.mkdir()
                names = []
                for number in range(first, min(first + PORTION, options.count)):
                    name, data = mutated(clips, number, options.seed)
                    (files / name).write_bytes(data)
                    names.append(name)
                code, rows, errors, longest = scan(options.program, pathlib.Path(portion), files)
                slowest = max(slowest, longest)
                wrong += check(code, rows, errors, longest, sorted(names))
                for row in rows:
                    statuses[row["status"]] += 1
                    if row["error"]:
                        reasons[re.sub(r"[0-9]+", "N", row["error"])] += 1
                    if row["error"] and re.search(r"SIG[A-Z]+|without a whole answer|memory", row["error"]):
                        notable.append((pathlib.Path(row["path"]).name, row["error"]))
                        if options.keep:
                            options.keep.mkdir(parents=True, exist_ok=True)
                            name = pathlib.Path(row["path"]).name
                            (options.keep / name).write_bytes((files / name).read_bytes())

    seconds = time.monotonic() - start
    print(f"{options.count} damaged files of {len(clips)} clips, seed {options.seed}, in {seconds:.0f} s; "
          f"longest time without a row {slowest:.1f} s")
    print(", ".join(f"{count} {status}" for status, count in statuses.most_common()))
    for reason, count in reasons.most_common(25):
        print(f"{count:7} {reason}")
    print(f"{len(notable)} crashed or ran into a limit")
    for name, error in notable[:50]:
        print(f"        {name}: {error}")
    for sentence in wrong[:20]:
        print(f"WRONG: {sentence}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
