#!/usr/bin/env python3
"""What a change costs a scan in CPU time: scan_cost.py BEFORE AFTER FOLDER... [--rounds N] [--json FILE]

BEFORE and AFTER are two echofold programs. Each round scans each folder with both in turn, on one thread, into a
separate store. User and system time of the process count, so that load on the machine has little effect. Prints the
median of the rounds' ratios for each folder.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import tempfile

from scoring import machine


def cpu_seconds(program, folder):
    with tempfile.TemporaryDirectory() as store:
        before = os.times()
        subprocess.run([program, "--db", store, "--progress", "never", "--threads", "1", "-q", "scan", folder],
                       check=True, stdout=subprocess.DEVNULL)
        after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system


def measure(arguments, folder):
    files = sum(path.is_file() for path in folder.rglob("*"))
    cpu_seconds(arguments.before, folder)  # brings the files into the page cache
    rounds = []
    for _ in range(arguments.rounds):
        seconds = [cpu_seconds(program, folder) for program in (arguments.before, arguments.after)]
        rounds.append([round(value, 2) for value in seconds])
    more = statistics.median(100 * (after / before - 1) for before, after in rounds)
    print(f"{folder.name}: {files} files, {more:+.1f} % CPU; before, after in s: {rounds}", flush=True)
    return {"folder": folder.name, "files": files, "cpu_s_before_after": rounds, "median_more_percent": round(more, 1)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("before", type=pathlib.Path)
    parser.add_argument("after", type=pathlib.Path)
    parser.add_argument("folders", type=pathlib.Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--compiler", help="of both programs, for the JSON")
    parser.add_argument("--json", type=pathlib.Path, help="write the result here, too")
    arguments = parser.parse_args()
    rows = [measure(arguments, folder.resolve()) for folder in arguments.folders]
    if arguments.json:
        top = pathlib.Path(__file__).resolve().parent.parent
        about = machine.describe(top, {"compiler": arguments.compiler})
        arguments.json.write_text(json.dumps({"schema": "echofold.scan_cost/1", "machine": about, "rows": rows},
                                             indent=1) + "\n")


if __name__ == "__main__":
    main()
