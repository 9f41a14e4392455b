#!/usr/bin/env python3
"""Whether lossy files of one channel are distinguished from narrow stereo.

    channels.py MUSIC --work DIR [--half tuning|held_out]

From each track of MUSIC (stereo) takes 10 s: the mean in both channels, the same 30 dB quieter, and stereo whose side
is 30 and 40 dB below its middle, each through encoders. Prints how many of them echofold counts wrong. Every second
track set the threshold (tuning), the others did not. Files in DIR are kept. Needs ffmpeg.
"""
import argparse
import collections
import concurrent.futures
import json
import pathlib
import re
import subprocess
import tempfile

from scoring import goals

SECONDS, FROM_S = 10, 20
CODECS = {
    "aac48": ("m4a", "-c:a aac -b:a 48k"), "aac96": ("m4a", "-c:a aac -b:a 96k"), "aac128": ("m4a", "-c:a aac -b:a 128k"),
    "aac256": ("m4a", "-c:a aac -b:a 256k"), "mp3_64": ("mp3", "-b:a 64k"), "mp3_128": ("mp3", "-b:a 128k"),
    "mp2_64": ("mp2", "-b:a 64k"), "mp2_192": ("mp2", "-b:a 192k"), "twol64": ("mp2", "-c:a libtwolame -b:a 64k"),
    "twol192": ("mp2", "-c:a libtwolame -b:a 192k"), "opus32": ("opus", "-c:a libopus -b:a 32k"),
    "opus64": ("opus", "-c:a libopus -b:a 64k"), "opus128": ("opus", "-c:a libopus -b:a 128k"),
    "ffopus64": ("opus", "-c:a opus -strict -2 -b:a 64k"), "ac3_64": ("mka", "-c:a ac3 -b:a 64k"),
    "ac3_192": ("mka", "-c:a ac3 -b:a 192k"), "eac3_96": ("mka", "-c:a eac3 -b:a 96k"),
}
KINDS = {"dm": "one channel", "dmq": "one channel, 30 dB quieter", "n30": "side 30 dB down", "n40": "side 40 dB down"}


def ffmpeg(*arguments):
    return subprocess.run(["ffmpeg", "-nostdin", "-y", *map(str, arguments)], check=True, capture_output=True).stderr.decode()


def side_over_middle_db(source):
    said = ffmpeg("-i", source, "-filter_complex",
                  "pan=stereo|c0=.5*c0+.5*c1|c1=.5*c0-.5*c1,astats=measure_perchannel=RMS_level:measure_overall=none", "-f", "null", "-")
    middle, side = [float(level) for level in re.findall(r"RMS level dB: (\S+)", said)]
    return side - middle


def pan_of(kind, natural_db):
    if kind.startswith("dm"):
        return "pan=stereo|c0=.5*c0+.5*c1|c1=.5*c0+.5*c1" + (",volume=-30dB" if kind == "dmq" else "")
    half = 10 ** ((-int(kind[1:]) - natural_db) / 20) / 2
    return f"pan=stereo|c0={.5 + half}*c0+{.5 - half}*c1|c1={.5 - half}*c0+{.5 + half}*c1"


def make(track, work, half):
    folder = work / "wav" / track.stem
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / "src.wav"
    if not source.exists():
        ffmpeg("-ss", FROM_S, "-t", SECONDS, "-i", track, "-ar", 44100, "-ac", 2, "-c:a", "pcm_f32le", source)
    natural_db = side_over_middle_db(source)
    for kind in KINDS:
        wav = folder / (kind + ".wav")
        if not wav.exists():
            ffmpeg("-i", source, "-af", pan_of(kind, natural_db), "-c:a", "pcm_s16le", wav)
        for codec, (ending, options) in CODECS.items():
            out = work / "set" / half / kind / codec / f"{track.stem}.{ending}"
            if not out.exists():
                out.parent.mkdir(parents=True, exist_ok=True)
                ffmpeg("-i", wav, *options.split(), out)


def counted(program, folder):
    with tempfile.TemporaryDirectory() as store:
        base = [program, "--db", store, "--progress", "never"]
        subprocess.run([*base, "-q", "scan", "--extension", "mp2", folder], check=True, stdout=subprocess.DEVNULL)
        out = subprocess.run([*base, "export", "--format", "ndjson"], check=True, capture_output=True).stdout
    for row in map(json.loads, out.splitlines()):
        kind, codec, name = pathlib.Path(row["path"]).relative_to(folder).parts
        yield kind, codec, name, row["quality"]["distinct_channels"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("music", type=pathlib.Path)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--half", choices=("tuning", "held_out"), default="held_out")
    parser.add_argument("--echofold", type=pathlib.Path, default="build/gcc/tools/echofold")
    arguments = parser.parse_args()
    tracks = sorted(path for path in arguments.music.iterdir() if path.suffix in (".ogg", ".flac", ".mp3", ".opus"))
    tracks = tracks[0 if arguments.half == "tuning" else 1::2]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda track: make(track, arguments.work, arguments.half), tracks))
    wrong, files, codecs = collections.Counter(), collections.Counter(), collections.defaultdict(collections.Counter)
    for kind, codec, name, channels in counted(arguments.echofold, (arguments.work / "set" / arguments.half).resolve()):
        files[kind] += 1
        if channels != (1 if kind.startswith("dm") else 2):
            wrong[kind] += 1
            codecs[kind][codec] += 1
    print(f"{arguments.half}: {len(tracks)} tracks\n\n| | files | wrong | 95 % interval | which |\n| --- | --- | --- | --- | --- |")
    for kind, text in KINDS.items():
        low, high = (100 * bound for bound in goals.interval(wrong[kind], files[kind]))
        which = ", ".join(f"{codec} {count}" for codec, count in sorted(codecs[kind].items()))
        print(f"| {text} | {files[kind]} | {wrong[kind]} | {low:.1f} .. {high:.1f} % | {which} |")


if __name__ == "__main__":
    main()
