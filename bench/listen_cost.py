#!/usr/bin/env python3
"""The CPU time of listening to two files beside that of decoding both: listen_cost.py MUSIC... --work DIR [--json FILE]

Makes copies of whole tracks from the folders MUSIC (made by datasets/fetch_music.sh) in --work, where they are kept for
the next run. For each pair of copies bench_listen_cost decodes both with libav and does nothing else, and listens to
them, in turn, in one process. Ratios are medians over all rounds of all tracks.
"""
import argparse
import json
import pathlib
import statistics

import scan_speed
from scoring import machine

# As in scan_speed.py: folder, extension, encoder.
FORMATS = [
    ("flac", "flac", ["-c:a", "flac", "-sample_fmt", "s16", "-ar", "44100"]),
    ("mp3_192", "mp3", ["-c:a", "libmp3lame", "-b:a", "192k", "-ar", "44100"]),
    ("mp3_128", "mp3", ["-c:a", "libmp3lame", "-b:a", "128k", "-ar", "44100"]),
    ("aac_192", "m4a", ["-c:a", "aac", "-b:a", "192k", "-ar", "44100"]),
    ("opus_128", "opus", ["-c:a", "libopus", "-b:a", "128k"]),
    ("opus_64", "opus", ["-c:a", "libopus", "-b:a", "64k"]),
]
PAIRS = [("flac", "mp3_192"), ("mp3_192", "mp3_128"), ("flac", "aac_192"), ("flac", "opus_128"),
         ("opus_128", "opus_64")]


def measure(arguments, folders, pair):
    """All rounds of all tracks of one pair of formats."""
    out = {"audio_s": 0, "decode_cpu_s": [], "listen_cpu_s": []}
    for a, b in zip(*(sorted(folders[name].iterdir()) for name in pair)):
        one = json.loads(scan_speed.run([arguments.program, str(arguments.rounds), a, b])["out"])
        out["audio_s"] += one["a_s"]
        for key in ("decode_cpu_s", "listen_cpu_s"):
            out[key] += one[key]
    return out


def row_of(pair, measured):
    ratios = [listen / decode for decode, listen in zip(measured["decode_cpu_s"], measured["listen_cpu_s"])]
    return {"pair": "+".join(pair), **measured, "listen_of_decode": round(statistics.median(ratios), 3)}


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("music", type=pathlib.Path, nargs="+", metavar="MUSIC")
    parser.add_argument("--work", type=pathlib.Path, required=True, help="for the encoded files; some 200 MB")
    parser.add_argument("--program", type=pathlib.Path, default="build/release/bench/bench_listen_cost",
                        help="(default: %(default)s)")
    parser.add_argument("--tracks", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--compiler", help="of the program, for the JSON")
    parser.add_argument("--json", type=pathlib.Path, help="write the result here, too")
    return parser.parse_args()


def main():
    arguments = parse()
    arguments.program = arguments.program.resolve()
    work = arguments.work.resolve() / "listen_cost"
    tracks = scan_speed.choose(arguments.music, arguments.tracks)
    made = scan_speed.encode(tracks, work, FORMATS)
    folders = {folder.name: folder for folder in made}
    rows = [row_of(pair, measure(arguments, folders, pair)) for pair in PAIRS]
    print("| pair | audio s | decoding both, CPU s a round | listening | listening / decoding |")
    print("| --- | --- | --- | --- | --- |")
    for row in rows:
        decode, listen = (sum(row[key]) / arguments.rounds for key in ("decode_cpu_s", "listen_cpu_s"))
        print(f"| {row['pair']} | {row['audio_s']:,.0f} | {decode:.2f} | {listen:.2f} "
              f"| {row['listen_of_decode']:.2f} |")
    if arguments.json:
        top = pathlib.Path(__file__).resolve().parent.parent
        about = machine.describe(top, {"compiler": arguments.compiler})
        arguments.json.write_text(json.dumps({"schema": "echofold.listen_cost/1", "machine": about, "rows": rows},
                                             indent=1) + "\n")


if __name__ == "__main__":
    main()
