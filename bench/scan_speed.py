#!/usr/bin/env python3
"""The cost of a scan compared with bare decoding and with fpcalc: scan_speed.py MUSIC... --work DIR [--json FILE]

Makes FLAC, MP3, AAC, Opus and Vorbis files of whole tracks from the folders MUSIC (made by datasets/fetch_music.sh)
in --work, where they are kept for the next run. Each round then runs in turn: bare demultiplexing and decoding with
libav (bench_bare_decode), an echofold scan into a new library on one thread, and fpcalc -length 0 started for each
file; for each format separately and for all in one job. Last come scans of everything on one thread and on two,
alternately. CPU seconds are user and system time of the processes, so that load on the machine has little effect;
ratios are medians over the rounds.
"""
import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import tempfile
import time

from scoring import machine

# Folder, extension, encoder: formats of real libraries.
FORMATS = [
    ("flac", "flac", ["-c:a", "flac", "-sample_fmt", "s16", "-ar", "44100"]),
    ("mp3_v2", "mp3", ["-c:a", "libmp3lame", "-q:a", "2", "-ar", "44100"]),
    ("aac_192", "m4a", ["-c:a", "aac", "-b:a", "192k", "-ar", "44100"]),
    ("opus_128", "opus", ["-c:a", "libopus", "-b:a", "128k"]),
    ("vorbis_q5", "ogg", ["-c:a", "libvorbis", "-q:a", "5", "-ar", "44100"]),
]
MUSIC = {".ogg", ".mp3", ".flac", ".opus", ".m4a"}


def choose(folders, wanted):
    """The largest files: whole tracks, no jingles. Sorted by name, so that later runs choose the same."""
    found = [path for folder in folders for path in folder.rglob("*") if path.suffix in MUSIC]
    largest = sorted(found, key=lambda path: (-path.stat().st_size, path.name))[:wanted]
    return sorted(largest, key=lambda path: path.name)


def encode(tracks, work, formats=None):
    """The complete folder of each format."""
    folders = []
    for name, extension, options in formats or FORMATS:
        folder = work / name
        folder.mkdir(parents=True, exist_ok=True)
        for track in tracks:
            out = folder / f"{track.stem}.{extension}"
            if out.exists():
                continue
            part = out.with_name(f"part-{out.name}")
            subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", "-i", track, "-map", "0:a:0", *options, part],
                           check=True)
            part.rename(out)
        folders.append(folder)
    return folders


def run(command, accepted=(0,)):
    """CPU and wall seconds, peak memory in MB and stdout of one process."""
    start = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    out = child.stdout.read()
    child.stdout.close()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in accepted:
        raise SystemExit(f"scan_speed: {command[0]} ended with {child.returncode}")
    return {"cpu_s": usage.ru_utime + usage.ru_stime, "wall_s": time.monotonic() - start,
            "peak_mb": usage.ru_maxrss / 1024, "out": out}


def scan(program, folder, threads=1):
    with tempfile.TemporaryDirectory() as library:
        return run([program, "--db", library, "--progress", "never", "--threads", str(threads), "-q", "scan", folder])


def fpcalc(files):
    """One process per file, as programs that use fpcalc do. It exits with 3 for intact files that it read well."""
    each = [run(["fpcalc", "-length", "0", "-raw", file], (0, 3)) for file in files]
    return {key: sum(one[key] for one in each) for key in ("cpu_s", "wall_s")}


def measure(arguments, folder):
    """One round of one folder. The files are in the page cache by now."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    bare = run([arguments.bare, *files])
    scanned = scan(arguments.echofold, folder)
    return {"audio_s": json.loads(bare["out"])["audio_s"], "files": len(files), "bare_cpu_s": bare["cpu_s"],
            "scan_cpu_s": scanned["cpu_s"], "scan_peak_mb": scanned["peak_mb"], "fpcalc_cpu_s": fpcalc(files)["cpu_s"]}


def row_of(name, rounds):
    """Medians of the rounds, and of the ratios within each round, so that changes between rounds cancel out."""
    row = {"format": name, "files": rounds[0]["files"], "audio_s": rounds[0]["audio_s"]}
    for key in ("bare_cpu_s", "scan_cpu_s", "fpcalc_cpu_s"):
        row[key] = round(statistics.median(one[key] for one in rounds), 3)
    row["scan_peak_mb"] = round(max(one["scan_peak_mb"] for one in rounds), 1)
    row["scan_of_bare"] = round(statistics.median(one["scan_cpu_s"] / one["bare_cpu_s"] for one in rounds), 3)
    row["fpcalc_of_scan"] = round(statistics.median(one["fpcalc_cpu_s"] / one["scan_cpu_s"] for one in rounds), 3)
    row["rounds"] = [{key: round(value, 3) for key, value in one.items()} for one in rounds]
    return row


def threads(arguments, work):
    """Wall seconds of the scan of all formats on one thread and on two."""
    rounds = []
    for _ in range(arguments.rounds):
        one, two = scan(arguments.echofold, work, 1), scan(arguments.echofold, work, 2)
        rounds.append({"one_s": round(one["wall_s"], 3), "two_s": round(two["wall_s"], 3)})
    return {"times_faster": round(statistics.median(one["one_s"] / one["two_s"] for one in rounds), 3), "rounds": rounds}


def print_table(rows):
    print("| format | audio s | bare decode, CPU s | scan | fpcalc | scan / bare | fpcalc / scan |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for row in rows:
        print(f"| {row['format']} | {row['audio_s']:,.0f} | {row['bare_cpu_s']:.2f} | {row['scan_cpu_s']:.2f} "
              f"| {row['fpcalc_cpu_s']:.2f} | {row['scan_of_bare']:.3f} | {row['fpcalc_of_scan']:.2f} |")


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("music", type=pathlib.Path, nargs="+", metavar="MUSIC")
    parser.add_argument("--work", type=pathlib.Path, required=True, help="for the encoded files; some 500 MB")
    parser.add_argument("--echofold", type=pathlib.Path, default="build/release/tools/echofold",
                        help="the program; bench_bare_decode is taken from its build (default: %(default)s)")
    parser.add_argument("--tracks", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--prepare", action="store_true", help="encode and stop")
    parser.add_argument("--compiler", help="of the program, for the JSON")
    parser.add_argument("--json", type=pathlib.Path, help="write the result here, too")
    return parser.parse_args()


def main():
    arguments = parse()
    for tool in ("ffmpeg", "fpcalc"):
        if not shutil.which(tool):
            raise SystemExit(f"scan_speed: {tool} is needed and not installed")
    work = arguments.work.resolve() / "music"
    folders = encode(choose(arguments.music, arguments.tracks), work)
    if arguments.prepare:
        return
    arguments.echofold = arguments.echofold.resolve()
    arguments.bare = arguments.echofold.parent.parent / "bench" / "bench_bare_decode"
    jobs = {folder.name: folder for folder in folders} | {"all": work}
    rounds_of = {name: [] for name in jobs}
    for folder in folders:
        run([arguments.bare, *sorted(folder.iterdir())])  # brings the files into the page cache
    for _ in range(arguments.rounds):
        for name, folder in jobs.items():
            rounds_of[name].append(measure(arguments, folder))
    rows = [row_of(name, rounds) for name, rounds in rounds_of.items()]
    print_table(rows)
    two = threads(arguments, work)
    print(f"two threads: {two['times_faster']} times as fast as one")
    if arguments.json:
        top = pathlib.Path(__file__).resolve().parent.parent
        about = machine.describe(top, {"compiler": arguments.compiler})
        arguments.json.write_text(json.dumps({"schema": "echofold.scan_speed/1", "machine": about, "rows": rows,
                                              "threads": two}, indent=1) + "\n")


if __name__ == "__main__":
    main()
