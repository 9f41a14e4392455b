#!/usr/bin/env python3
"""Honest lossless files and fakes made from them by real encoders: make_quality.py OUT [--set tuning|held_out]

OUT/genuine/<kind>/<track>.flac never passed a lossy codec; OUT/fake/<codec>/<track>.flac did. bench/quality.py judges
echofold with them. With --music, a folder of fetch_music.sh, fakes of music that exists only in lossy form are added
as OUT/fake/<package>/. Existing files are not made again. Needs apt-get, dpkg-deb, fluidsynth and ffmpeg.
"""
import argparse
import concurrent.futures
import csv
import hashlib
import os
import pathlib
import sys
import tempfile

from quality.sources import Originals, ffmpeg, run

# Honest treatments: what happens to music in studios, in archives and when copied from tape, without a codec.
TREATMENTS = {
    "quiet": "volume=-36dB",
    "dark": "lowpass=f=2500:p=1,lowpass=f=6000:p=2",
    "very_dark": "lowpass=f=1500:p=2,lowpass=f=4000:p=2",
    "old": "pan=mono|c0=.5*c0+.5*c1,highpass=f=120,lowpass=f=5500:p=2,aeval='val(0)+0.004*(random(0)-0.5)'",
    "limited": "volume=14dB,alimiter=level=false",
    "clipped": "volume=14dB",
    "from_48_khz": "aresample=48000:resampler=soxr:precision=28,aresample=44100:resampler=soxr:precision=28",
    "from_48_khz_swr": "aresample=48000,aresample=44100",
    "dithered": "aresample=osf=s16:dither_method=triangular_hp",
    "fm_radio": "lowpass=f=15000:p=2,aresample=32000:resampler=soxr,aresample=44100:resampler=soxr,"
                "aeval='val(0)+0.0012*(random(0)-0.5)|val(1)+0.0012*(random(1)-0.5)'",
    "tape": "lowpass=f=11000:p=2,aeval='val(0)+0.0006*(random(0)-0.5)|val(1)+0.0006*(random(1)-0.5)'",
    "restored": "pan=stereo|c0=.5*c0+.5*c1|c1=.5*c0+.5*c1,highpass=f=120,lowpass=f=5500:p=2,"
                "aeval='val(0)+0.004*(random(0)-0.5)|val(0)+0.004*(random(0)-0.5)',afftdn=nr=20:nf=-50",
    "loud_master": "acompressor=threshold=0.1:ratio=6:attack=5:release=80,volume=12dB,alimiter=level=false:limit=0.97",
    "from_32_khz": "aresample=32000:resampler=soxr:precision=28,aresample=44100:resampler=soxr:precision=28",
}

CODECS = {  # name -> (extension, ffmpeg options)
    "mp3_128": ("mp3", "-c:a libmp3lame -b:a 128k"),
    "mp3_192": ("mp3", "-c:a libmp3lame -b:a 192k"),
    "mp3_v0": ("mp3", "-c:a libmp3lame -q:a 0"),
    "mp3_320": ("mp3", "-c:a libmp3lame -b:a 320k"),
    "aac_128": ("m4a", "-c:a aac -b:a 128k"),
    "aac_192": ("m4a", "-c:a aac -b:a 192k"),
    "vorbis_q3": ("ogg", "-c:a libvorbis -q:a 3"),
    "vorbis_q6": ("ogg", "-c:a libvorbis -q:a 6"),
    "opus_96": ("opus", "-c:a libopus -b:a 96k"),
    "opus_160": ("opus", "-c:a libopus -b:a 160k"),
}


class Library:
    def __init__(self, out, seconds, threads):
        self.out, self.seconds, self.threads, self.rows, self.jobs = out, seconds, threads, [], []

    def want(self, file, row, make):
        """make(path) will be called if `file` does not exist yet."""
        path = self.out / file
        path.parent.mkdir(parents=True, exist_ok=True)
        self.rows.append((file, row))
        if not path.exists():
            self.jobs.append((make, path))
        return path

    def make(self):
        with concurrent.futures.ThreadPoolExecutor(self.threads) as pool:
            for count, _ in enumerate(pool.map(lambda job: job[0](job[1]), self.jobs), 1):
                print(f"\r{count} of {len(self.jobs)} files", end="", file=sys.stderr)
        if self.jobs:
            print(file=sys.stderr)
        self.jobs = []

    def write_manifest(self):
        columns = ["file", "track", "source_package", "source_version", "licence", "source_file", "family",
                   "treatment", "parameter", "seed", "sha256"]
        with open(self.out / "manifest.csv", "w", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(columns)
            for file, row in sorted(self.rows):
                digest = hashlib.sha256((self.out / file).read_bytes()).hexdigest()
                writer.writerow([file, *row, digest])


def treat(source, filters):
    arguments = ["-af", filters] if filters else []
    return lambda path: ffmpeg(path, "-i", source, *arguments, "-c:a", "flac", "-sample_fmt", "s16")


def fake(source, extension, options):
    """Encoded, decoded to 16 bits at its own rate, packed as FLAC."""
    def make(path):
        with tempfile.TemporaryDirectory() as temp:
            coded = pathlib.Path(temp) / f"coded.{extension}"
            run("ffmpeg", "-nostdin", "-v", "error", "-i", source, *options.split(), coded)
            ffmpeg(path, "-i", coded, "-c:a", "flac", "-sample_fmt", "s16")
    return make


def lossy_music(folder):
    """The lossy tracks of a folder of fetch_music.sh: (package, file)."""
    for package in sorted(path for path in folder.iterdir() if path.is_dir()):
        for file in sorted(package.iterdir()):
            if file.suffix in (".ogg", ".opus", ".mp3"):
                yield package.name, file


def want_fakes_of_lossy_music(library, folder):
    for package, file in lossy_music(folder):
        cut = ["-ss", 20, "-t", library.seconds, "-i", file, "-c:a", "flac", "-sample_fmt", "s16"]
        library.want(f"fake/{package}/{file.stem}.flac",
                     [file.stem, package, "", "", file.name, "copy", file.suffix[1:], "", ""],
                     lambda path, cut=cut: ffmpeg(path, *cut))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--set", choices=("tuning", "held_out"), default="tuning")
    for kind in ("songs", "montages", "modules"):
        parser.add_argument(f"--{kind}", type=int, default=8, help="originals of this kind (default 8)")
    parser.add_argument("--seconds", type=int, default=40)
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="default: one a core")
    parser.add_argument("--music", type=pathlib.Path, help="what fetch_music.sh made")
    arguments = parser.parse_args()
    library = Library(arguments.out, arguments.seconds, arguments.jobs)
    originals = Originals(arguments.out / "sources", vars(arguments), arguments.seconds)
    bases = [(library.want(f"genuine/original/{track}.flac", [*head, "original", "original", "", ""], make), track, head)
             for track, head, make in getattr(originals, arguments.set)()]
    library.make()
    for source, track, head in bases:
        for name, filters in TREATMENTS.items():
            library.want(f"genuine/{name}/{track}.flac", [*head, "remaster", name, filters, ""], treat(source, filters))
        for name, (extension, options) in CODECS.items():
            library.want(f"fake/{name}/{track}.flac", [*head, "copy", name, options, ""], fake(source, extension, options))
    if arguments.music:
        want_fakes_of_lossy_music(library, arguments.music)
    library.make()
    library.write_manifest()


if __name__ == "__main__":
    main()
