#!/usr/bin/env python3
"""How often fakes pass as lossless and honest files do not: quality.py LIB [--echofold PROGRAM] [--json FILE]

LIB is made by datasets/make_quality.py. Scans it into a separate store, takes echofold's judgement of each file from
`export`, and prints both error rates by codec, by treatment and by original: all files made from one original are one
trial.
"""
import argparse
import collections
import json
import pathlib
import subprocess
import tempfile

from scoring import goals, machine


def measure(program, lib):
    """echofold's judgement of each file, and the compiler and kernel of its build."""
    with tempfile.TemporaryDirectory() as store:
        base = [program, "--db", store, "--progress", "never"]
        subprocess.run([*base, "-q", "scan", lib / "genuine", lib / "fake"], check=True, stdout=subprocess.DEVNULL)
        out = subprocess.run([*base, "export", "--format", "ndjson"], check=True, capture_output=True).stdout
        inside = subprocess.run([program.resolve().parent.parent / "bench" / "bench_candidates", store], check=True,
                                capture_output=True).stdout
    build = [row for row in map(json.loads, inside.splitlines()) if row["schema"] == "echofold.bench.build/1"]
    return [json.loads(line) for line in out.splitlines()], build[0]


def percent(part, whole):
    """The 95 % confidence interval of a share (Wilson)."""
    return [round(100 * bound, 1) for bound in goals.interval(part, whole)]


def row_of(origin, kind, judged):
    """`judged`: (original, suspected) for each file. Files of one original are not independent, but originals are:
    one counts as wrong if any file made from it is wrong."""
    suspected = sum(hit for _, hit in judged)
    wrong = [original for original, hit in judged if hit != (origin == "fake")]
    originals = len({original for original, _ in judged})
    return {"origin": origin, "kind": kind, "files": len(judged), "suspected": suspected, "wrong": len(wrong),
            "interval_percent": percent(len(wrong), len(judged)), "originals": originals,
            "originals_wrong": len(set(wrong)), "originals_interval_percent": percent(len(set(wrong)), originals)}


def rows_of(tracks, lib):
    judged = collections.defaultdict(list)
    for track in tracks:
        origin, kind, name = pathlib.Path(track["path"]).relative_to(lib).parts
        hit = any(sign.startswith("suspected transcode") for sign in track["signs"])
        for key in (kind, "all"):
            judged[origin, key].append((name, hit))
    # "all" after the kinds, genuine first.
    order = sorted(judged, key=lambda key: (key[0] == "fake", key[1] == "all", key[1]))
    return [row_of(origin, kind, judged[origin, kind]) for origin, kind in order]


def print_table(rows):
    print("| made how | files | suspected | error | 95 % interval | by original |")
    print("| --- | --- | --- | --- | --- | --- |")
    for row in rows:
        low, high = row["interval_percent"]
        low_original, high_original = row["originals_interval_percent"]
        print(f"| {row['origin']}: {row['kind']} | {row['files']} | {row['suspected']} "
              f"| {100 * row['wrong'] / row['files']:.0f} % | {low:.1f} .. {high:.1f} % "
              f"| {row['originals_wrong']} of {row['originals']}: {low_original:.1f} .. {high_original:.1f} % |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lib", type=pathlib.Path)
    parser.add_argument("--echofold", type=pathlib.Path, default="build/release/tools/echofold",
                        help="the program; bench_candidates is taken from its build (default: %(default)s)")
    parser.add_argument("--json", type=pathlib.Path, help="write the rows here, too")
    arguments = parser.parse_args()
    lib = arguments.lib.resolve()
    tracks, build = measure(arguments.echofold, lib)
    rows = rows_of(tracks, lib)
    print_table(rows)
    if arguments.json:
        top = pathlib.Path(__file__).resolve().parent.parent
        arguments.json.write_text(json.dumps({"schema": "echofold.quality/1", "machine": machine.describe(top, build),
                                              "rows": rows}, indent=1) + "\n")


if __name__ == "__main__":
    main()
